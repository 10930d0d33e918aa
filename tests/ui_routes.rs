//! The compile-fail suite of routes and redirects: one mistake a file, its messages beside it in `.stderr`.
//! `TRYBUILD=overwrite cargo test -p secure-forms-tests --test ui_routes` writes them anew; read them before you commit.

#[test]
fn mistakes_in_routes_are_told_and_good_routes_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/routes/pass/*.rs");
    cases.compile_fail("ui/routes/fail/*.rs");
}

#[test]
fn places_off_this_site_do_not_compile_and_good_paths_do() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/safe_path/pass/*.rs");
    cases.compile_fail("ui/safe_path/fail/*.rs");
}

#[test]
fn handlers_that_do_not_fit_are_told_once_and_what_to_write() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/axum/fail/*.rs");
}
