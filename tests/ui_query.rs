//! The compile-fail suite of `query!`: one mistake a file, its messages beside it in `.stderr`.
//! `TRYBUILD=overwrite cargo test -p secure-forms-tests --test ui_query` writes them anew; read them before you commit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::path::Path;
use std::process::Command;

/// The cases are compiled in a crate of their own, which has no migrations: a variable names the manifest that does. A test cannot set variables
/// of its own process safely, so it starts itself again for the test `cases`.
fn again(cases: &str) {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", cases, "--ignored", "--nocapture"]).env("SECURE_FORMS_MANIFEST", manifest);
    assert!(again.status().unwrap().success());
}

#[test]
fn mistakes_in_queries_are_told_and_good_queries_compile() {
    again("cases");
}

#[test]
#[ignore = "started by the test above, which sets SECURE_FORMS_MANIFEST"]
fn cases() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/query/pass/*.rs");
    cases.compile_fail("ui/query/fail/*.rs");
}

/// The guide's chapter on SQL injection: its vulnerable line compiles neither as it stands nor with the name in braces between the
/// quotes; its safe line does.
#[test]
fn guide_sql_vulnerable() {
    for (case, message) in [
        ("guide_sql_vulnerable", "SQL made by `format!` is open to injection"),
        ("guide_sql_vulnerable_in_quotes", "values are bound without quotes"),
    ] {
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("ui/query/fail/{case}.stderr"));
        assert!(std::fs::read_to_string(golden).unwrap().starts_with(&format!("error: {message}\n")), "{case}");
    }
    again("guide_sql_vulnerable_cases");
}

#[test]
#[ignore = "started by the test above, which sets SECURE_FORMS_MANIFEST"]
fn guide_sql_vulnerable_cases() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/query/pass/guide_sql_safe.rs");
    cases.compile_fail("ui/query/fail/guide_sql_vulnerable*.rs");
}
