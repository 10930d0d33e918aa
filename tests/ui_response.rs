//! What `csp!`, `asset!` and the types of pages refuse at compile time; the goldens belong to the compiler of `rust-toolchain.toml`.

#[test]
fn refusals_and_their_messages() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/csp/pass/*.rs");
    cases.pass("ui/html/pass/*.rs");
    cases.compile_fail("ui/asset/fail/*.rs");
    cases.compile_fail("ui/csp/fail/*.rs");
    cases.compile_fail("ui/html/fail/*.rs");
}
