//! The allocation contract: a form that passes costs one allocation per owned `String`, and none for `&str` and `Cow` fields,
//! not even for escaped values. The submission's own buffer exists before and is not counted.

use std::borrow::Cow;

use allocation_counter::measure;
use secure_forms::{EmailAddress, Form, Secret, Submission};

#[derive(Form)]
struct Owned {
    #[field(length(1..=32), pattern("[a-zé ]+"))]
    name: String,
    nickname: Option<String>,
    #[field(range(1..=150))]
    age: u8,
    newsletter: bool,
}

#[derive(Form)]
struct Borrowed<'a> {
    #[field(length(1..=32), pattern("[a-zé ]+"))]
    name: &'a str,
    nickname: Option<&'a str>,
    #[field(range(1..=150))]
    age: u8,
    newsletter: bool,
}

#[derive(Form)]
struct Shared<'a> {
    #[field(length(1..=32), pattern("[a-zé ]+"))]
    name: Cow<'a, str>,
    nickname: Option<Cow<'a, str>>,
    #[field(range(1..=150))]
    age: u8,
    newsletter: bool,
}

#[derive(Form)]
struct Proven {
    email: EmailAddress,
    #[field(length(8..=128))]
    password: Secret,
    #[field(equal_to = password)]
    confirm: Secret,
}

const PLAIN: &str = "name=ada&nickname=countess&age=36&newsletter=on";
const ESCAPED: &str = "name=%61d%C3%A9+l%6Fvelace&nickname=%63ountess%21&age=%33%36&newsletter=%6fn";
const WITHOUT_NICKNAME: &str = "name=ada&nickname=&age=36";

/// How often binding this form to a body allocates; the body must pass.
macro_rules! allocations {
    ($form:ty, $body:expr) => {{
        let mut submission = Submission::from_urlencoded($body);
        let mut passed = false;
        let counted = measure(|| passed = submission.bind::<$form>().is_ok());
        assert!(passed, "{}", $body);
        counted.count_total
    }};
}

#[test]
fn an_owned_form_allocates_once_for_each_string() {
    for body in [PLAIN, ESCAPED] {
        assert_eq!(allocations!(Owned, body), 2, "{body}");
    }
    assert_eq!(allocations!(Owned, WITHOUT_NICKNAME), 1);
}

#[test]
fn a_borrowed_form_allocates_nothing() {
    for body in [PLAIN, ESCAPED, WITHOUT_NICKNAME] {
        assert_eq!(allocations!(Borrowed<'_>, body), 0, "{body}");
    }
}

#[test]
fn a_form_of_cows_allocates_nothing() {
    for body in [PLAIN, ESCAPED, WITHOUT_NICKNAME] {
        assert_eq!(allocations!(Shared<'_>, body), 0, "{body}");
    }
}

#[test]
fn an_address_and_a_secret_are_one_string_each() {
    let body = "email=ada%40example.org&password=correct+horse&confirm=correct+horse";
    assert_eq!(allocations!(Proven, body), 3);
}

#[test]
fn the_counter_counts() {
    assert_eq!(measure(|| drop(vec![1u8])).count_total, 1);
}
