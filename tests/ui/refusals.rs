//! What does not compile: one mistake a file, its messages beside it in `.stderr`. `TRYBUILD=overwrite cargo test -p secure-forms-ui --test refusals`
//! writes them anew, `-- trybuild=PART` tries those whose path has this part; read them before you commit. They belong to the compiler of
//! `rust-toolchain.toml`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// The cases are compiled in a crate of their own, which has no migrations: a variable names the manifest that does. A test cannot set variables
/// of its own process safely, so it starts itself again for the test `cases`. One run for all: cargo then checks them side by side.
#[test]
fn mistakes_are_reported_with_what_to_write_instead() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let mut again = Command::new(std::env::current_exe().unwrap());
    again
        .args(["--exact", "cases", "--ignored", "--nocapture"])
        .args(std::env::args().filter(|it| it.starts_with("trybuild=")));
    assert!(again.env("SECURE_FORMS_MANIFEST", manifest).status().unwrap().success());
}

#[test]
#[ignore = "started by the test above, which sets SECURE_FORMS_MANIFEST"]
fn cases() {
    trybuild::TestCases::new().compile_fail("*/fail/*.rs");
}

/// The `.rs` files in the folders of this name.
fn files_in(name: &str) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap().flatten().map(|of| of.path().join(name));
    let files = folders.filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten().map(|file| file.path());
    files.filter(|file| file.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn golden(case: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(case)).unwrap()
}

#[test]
fn there_are_many_cases_and_each_has_its_message() {
    let cases = files_in("fail");
    assert!(cases.len() >= 300, "{} cases", cases.len());
    for case in cases {
        assert!(case.with_extension("stderr").exists(), "{}", case.display());
    }
}

#[test]
fn every_program_that_must_compile_is_a_test_of_the_manifest() {
    let manifest = golden("Cargo.toml");
    for file in files_in("pass") {
        let name = file.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_str().unwrap().replace('\\', "/");
        assert!(manifest.contains(&format!("path = \"{name}\"")), "{name} is missing in Cargo.toml");
    }
}

#[test]
fn every_message_of_several_mistakes_has_its_fix() {
    let golden = golden("form/fail/all_errors_at_once.stderr");
    let count = |part: &str| golden.matches(part).count();
    assert!(count("error: ") >= 5, "{golden}");
    assert_eq!(count("error: "), count("help: "), "{golden}");
}

/// The guide's chapter on SQL injection: its vulnerable line compiles neither as it stands nor with the name in braces between the
/// quotes; its safe line does (`query/pass/guide_sql_safe.rs`).
#[test]
fn guide_sql_vulnerable() {
    for (case, message) in [
        ("guide_sql_vulnerable", "SQL made by `format!` is open to injection"),
        ("guide_sql_vulnerable_in_quotes", "values are bound without quotes"),
    ] {
        assert!(golden(&format!("query/fail/{case}.stderr")).starts_with(&format!("error: {message}\n")), "{case}");
    }
}
