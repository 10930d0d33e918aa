//! What must not compile about cookies, and what must.

#[test]
fn cookies_that_must_not_compile() {
    trybuild::TestCases::new().compile_fail("ui/cookie/fail/*.rs");
}

#[test]
fn cookies_that_compile() {
    trybuild::TestCases::new().pass("ui/cookie/pass/*.rs");
}
