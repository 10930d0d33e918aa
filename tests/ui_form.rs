//! What `derive(Form)` and `derive(Choice)` refuse at compile time, one mistake a file, its messages beside it in `.stderr`.
//! `TRYBUILD=overwrite cargo test -p secure-forms-tests --test ui_form` writes them anew; read them before you commit. They
//! belong to the compiler of `rust-toolchain.toml`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::path::Path;

#[test]
fn mistakes_in_forms_are_told_and_good_forms_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/form/pass/*.rs");
    cases.pass("ui/choice/pass/*.rs");
    cases.compile_fail("ui/form/fail/*.rs");
    cases.compile_fail("ui/choice/fail/*.rs");
}

/// How many `.rs` files are in the directory.
fn cases_in(directory: &Path) -> usize {
    let files = std::fs::read_dir(directory).into_iter().flatten().flatten();
    files.filter(|file| file.path().extension().is_some_and(|extension| extension == "rs")).count()
}

#[test]
fn the_workspace_has_at_least_sixty_cases_that_do_not_compile() {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let macros = std::fs::read_dir(ui).unwrap().flatten();
    let count: usize = macros.map(|of| cases_in(&of.path().join("fail"))).sum();
    assert!(count >= 60, "{count} cases");
}

#[test]
fn every_message_of_several_mistakes_has_its_mend() {
    let golden = include_str!("ui/form/fail/all_errors_at_once.stderr");
    let count = |part: &str| golden.matches(part).count();
    assert!(count("error: ") >= 5, "{golden}");
    assert_eq!(count("error: "), count("help: "), "{golden}");
}
