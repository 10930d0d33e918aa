//! What a form means, decided once: presence, filters, lengths, patterns, boxes, repetition, choices, numbers, addresses,
//! repetition of secrets, and the order in which all that is judged. Each rule has a case that fails and its twin that passes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

mod secrets;

use secure_forms::form::BodyProblem;
use secure_forms::form::{English, FormView, German, Messages, Problem, ProblemKind};
use secure_forms::{Accepted, Choice, EmailAddress, Form, Invalid, Rejected, Secret, Valid, testing};
use serde_json::json;

/// The kinds of the problems with their paths, or none.
fn problems<T: Form>(bound: &Result<Valid<T>, Rejected<T>>) -> Vec<(String, &'static str)> {
    let report: &[Problem] = bound.as_ref().err().map_or(&[], |rejected| rejected.report().problems());
    report.iter().map(|problem| (problem.path().to_owned(), problem.kind().name())).collect()
}

macro_rules! told {
    ($form:ty, $body:expr) => {
        problems(&testing::submission($body).bind::<$form>())
    };
}

/// One problem of one field.
fn only(path: &str, kind: &'static str) -> Vec<(String, &'static str)> {
    vec![(path.to_owned(), kind)]
}

#[derive(Debug, Form)]
struct Plain {
    name: String,
    #[field(length(3..=5))]
    nickname: Option<String>,
    count: Option<u8>,
}

#[test]
fn a_plain_field_must_come() {
    assert_eq!(told!(Plain, "nickname=abc"), only("name", "Missing"));
    assert_eq!(told!(Plain, "name="), only("name", "Empty"));
    assert_eq!(told!(Plain, "name=a"), []);
}

#[test]
fn missing_and_empty_read_the_same() {
    let sentence = |body: &str| {
        let rejected = testing::submission(body).bind::<Plain>().unwrap_err();
        English.problem(&rejected.report().problems()[0])
    };
    assert_eq!(sentence(""), sentence("name="));
}

#[test]
fn zero_is_a_value() {
    let mut submission = testing::submission("name=0&count=0");
    let form = submission.bind::<Plain>().unwrap();
    assert_eq!((form.name.as_str(), form.count), ("0", Some(0)));
}

#[test]
fn an_optional_field_that_is_empty_after_filters_is_none_and_not_judged() {
    for body in ["name=a", "name=a&nickname=", "name=a&nickname=+++"] {
        assert_eq!(testing::submission(body).bind::<Plain>().unwrap().nickname, None, "{body}");
    }
    assert_eq!(told!(Plain, "name=a&nickname=ab"), only("nickname", "TooShort"));
}

#[derive(Debug, Form)]
struct Filters {
    line: String,
    #[field(trim = false)]
    raw: String,
    #[field(multiline)]
    area: String,
    secret: Secret,
}

#[test]
fn lines_are_trimmed_and_secrets_and_text_areas_are_not() {
    let mut submission = testing::submission("line=+a+&raw=+b+&area=+c%0D%0A&secret=+d+");
    let form = submission.bind::<Filters>().unwrap();
    assert_eq!((form.line.as_str(), form.raw.as_str(), form.area.as_str()), ("a", " b ", " c\r\n"));
    assert_eq!(form.secret, Secret::from(" d ".to_owned()));
}

#[test]
fn control_characters_are_refused() {
    for code in ["%00", "%07", "%0A", "%1B", "%7F", "%C2%85"] {
        let body = format!("line=a{code}b&raw=b&area=c&secret=d");
        assert_eq!(told!(Filters, body), only("line", "ControlCharacter"), "{code}");
    }
    assert_eq!(told!(Filters, "line=a&raw=b&area=c%00&secret=d"), only("area", "ControlCharacter"));
    assert_eq!(told!(Filters, "line=a%C2%A0b&raw=b&area=c%0A%09&secret=d"), []);
}

#[derive(Debug, Form)]
struct Lengths {
    #[field(length(..=2))]
    units: Option<String>,
    #[field(length(..=2, unit = chars))]
    chars: Option<String>,
    #[field(length(..=2, unit = bytes))]
    bytes: Option<String>,
    #[field(multiline, length(..=3))]
    area: Option<String>,
}

#[test]
fn lengths_count_in_their_unit() {
    // U+1F600 has two UTF-16 units, one character, four bytes.
    assert_eq!(told!(Lengths, "units=%F0%9F%98%80&chars=%F0%9F%98%80%F0%9F%98%80&bytes=%C3%A9"), []);
    assert_eq!(told!(Lengths, "units=%F0%9F%98%80a"), only("units", "TooLong"));
    assert_eq!(told!(Lengths, "chars=%C3%A9%C3%A9%C3%A9"), only("chars", "TooLong"));
    assert_eq!(told!(Lengths, "bytes=%C3%A9a"), only("bytes", "TooLong"));
}

#[test]
fn a_line_break_counts_once_as_in_a_browser() {
    assert_eq!(told!(Lengths, "area=a%0D%0Ab"), []);
    assert_eq!(told!(Lengths, "area=a%0D%0Abc"), only("area", "TooLong"));
}

#[derive(Debug, Form)]
struct Patterns {
    #[field(pattern("[a-z]+"))]
    whole: Option<String>,
    #[field(pattern("[0-9]", search))]
    part: Option<String>,
    #[field(pattern(r"\d+"))]
    ascii: Option<String>,
    #[field(pattern(r"\d+", unicode))]
    unicode: Option<String>,
    #[field(pattern("a|b"))]
    either: Option<String>,
}

#[test]
fn a_pattern_matches_the_whole_value() {
    assert_eq!(told!(Patterns, "whole=abc&either=b"), []);
    for body in ["whole=abc1", "whole=1abc"] {
        assert_eq!(told!(Patterns, body), only("whole", "Pattern"), "{body}");
    }
    assert_eq!(told!(Patterns, "either=ab"), only("either", "Pattern"));
}

#[test]
fn a_search_asks_for_a_part() {
    assert_eq!(told!(Patterns, "part=a1b"), []);
    assert_eq!(told!(Patterns, "part=ab"), only("part", "Pattern"));
}

#[test]
fn classes_are_ascii_unless_unicode_is_said() {
    assert_eq!(told!(Patterns, "unicode=%D9%A3&ascii=3"), []);
    assert_eq!(told!(Patterns, "ascii=%D9%A3"), only("ascii", "Pattern"));
}

#[derive(Debug, Form)]
struct Boxes {
    newsletter: bool,
    terms: Accepted,
}

#[test]
fn a_box_takes_only_the_value_that_was_rendered() {
    assert!(testing::submission("terms=on&newsletter=on").bind::<Boxes>().unwrap().newsletter);
    assert!(!testing::submission("terms=on").bind::<Boxes>().unwrap().newsletter);
    for value in ["", "true", "1", "ON", "off", "+on", "on+"] {
        assert_eq!(told!(Boxes, format!("terms=on&newsletter={value}")), only("newsletter", "NotOffered"), "{value}");
        assert_eq!(told!(Boxes, format!("terms={value}")), only("terms", "NotOffered"), "{value}");
    }
}

#[test]
fn terms_must_be_ticked() {
    assert_eq!(told!(Boxes, "newsletter=on"), only("terms", "NotAccepted"));
}

#[test]
fn a_repeated_single_field_is_an_error() {
    assert_eq!(told!(Plain, "name=a&name=a"), only("name", "Repeated"));
    assert_eq!(told!(Plain, "name=a&other=b&other=b"), []);
}

#[derive(Choice, Clone, Copy, Debug, PartialEq)]
enum Country {
    Austria,
    #[choice(value = "ci", label = "Côte d’Ivoire")]
    IvoryCoast,
}

#[derive(Debug, Form)]
struct Address {
    country: Country,
    other: Option<Country>,
}

#[test]
fn only_offered_values_are_chosen() {
    let mut submission = testing::submission("country=ci&other=");
    let form = submission.bind::<Address>().unwrap();
    assert_eq!((form.country, form.other), (Country::IvoryCoast, None));
    for value in ["atlantis", "Austria", "ivory-coast", "0", "ci%00", "C%C3%B4te+d%E2%80%99Ivoire"] {
        let told = told!(Address, format!("country={value}"));
        assert!(
            told == only("country", "NotOffered") || told == only("country", "ControlCharacter"),
            "{value}: {told:?}"
        );
    }
}

#[derive(Debug, Form)]
struct Numbers {
    small: Option<u8>,
    signed: Option<i64>,
    float: Option<f64>,
    #[field(range(13..=150))]
    age: Option<u8>,
    #[field(range(-0.5..))]
    ratio: Option<f32>,
}

#[test]
fn numbers_are_ascii_digits() {
    assert_eq!(told!(Numbers, "small=255&signed=-9223372036854775808&float=-1.50&age=13&ratio=-0.5"), []);
    for value in ["1e2", "%2B1", "0x10", "%D9%A3", "1_000", "1.0", "NaN"] {
        assert_eq!(told!(Numbers, format!("small={value}")), only("small", "NotANumber"), "{value}");
    }
    for value in ["NaN", "inf", "1e3", "1.", "%2B1.0"] {
        assert_eq!(told!(Numbers, format!("float={value}")), only("float", "NotANumber"), "{value}");
    }
}

#[derive(Debug, Form)]
struct Kinds {
    #[field(url)]
    website: Option<String>,
    #[field(ip(v4))]
    address: Option<String>,
    #[field(mac)]
    card: Option<String>,
    #[field(hostname, none_of("localhost", message = "Another one."))]
    host: Option<String>,
    #[field(slug, one_of("a-b", "c"))]
    slug: Option<String>,
    #[field(color)]
    color: Option<String>,
    #[field(date)]
    day: Option<String>,
    #[field(time)]
    hour: Option<String>,
    #[field(uuid(v4))]
    reference: Option<String>,
    #[field(range(0.05..), step(0.05, message = "Five cents."))]
    price: Option<f64>,
}

#[test]
fn every_kind_of_text_and_every_list_is_a_rule() {
    assert_eq!(
        told!(
            Kinds,
            "website=https://example.org&address=192.0.2.1&card=00-1a-2b-3c-4d-5e&host=example.org&slug=a-b&color=%23fF8000&day=2024-02-29&hour=23:59&reference=67e55044-10b1-426f-9247-bb680e5fe0c8&price=19.95"
        ),
        []
    );
    for (field, value, kind) in [
        ("website", "javascript:alert(1)", "Url"),
        ("website", "https://bank.example@evil.example", "Url"),
        ("address", "::1", "Ip"),
        ("card", "00-1a", "Mac"),
        ("host", "a_b", "Hostname"),
        ("host", "localhost", "Excluded"),
        ("slug", "A", "Slug"),
        ("slug", "d", "NotOffered"),
        ("color", "red", "Color"),
        ("day", "2023-02-29", "Date"),
        ("hour", "24:00", "Time"),
        ("reference", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "Uuid"),
        ("price", "0.07", "Step"),
        ("price", "0", "TooSmall"),
    ] {
        assert_eq!(told!(Kinds, format!("{field}={value}")), only(field, kind), "{value}");
    }
}

#[test]
fn a_sentence_of_a_rule_stands_for_its_own_problem() {
    let sentence = |body: &str| {
        let rejected = testing::submission(body).bind::<Kinds>().unwrap_err();
        English.problem(&rejected.report().problems()[0])
    };
    assert_eq!(sentence("host=localhost"), "Another one.");
    assert_eq!(sentence("host=a_b"), "Host is not the name of a host; it should look like www.example.com.");
    assert_eq!(sentence("price=0.07"), "Five cents.");
    assert_eq!(sentence("price=0"), "Price must be at least 0.05.");
}

#[test]
fn what_a_type_cannot_hold_is_out_of_range() {
    for body in ["small=256", "small=-1", "small=99999999999999999999999999999999999999999999"] {
        assert_eq!(told!(Numbers, body), only("small", "OutOfRange"), "{body}");
    }
    assert_eq!(told!(Numbers, "signed=9223372036854775808"), only("signed", "OutOfRange"));
}

#[test]
fn both_ends_of_a_range_belong_to_it() {
    assert_eq!(told!(Numbers, "age=12"), only("age", "TooSmall"));
    assert_eq!(told!(Numbers, "age=151"), only("age", "TooLarge"));
    assert_eq!(told!(Numbers, "age=150"), []);
    assert_eq!(told!(Numbers, "ratio=-0.6"), only("ratio", "TooSmall"));
}

#[derive(Debug, Form)]
struct Addresses {
    strict: Option<EmailAddress>,
    #[field(email(html))]
    html: Option<String>,
    #[field(email(rfc))]
    rfc: Option<String>,
}

#[test]
fn each_level_of_addresses_takes_what_its_standard_takes() {
    assert_eq!(told!(Addresses, "strict=ada%40example.org&html=ada%40localhost&rfc=%22a+b%22%40example.org"), []);
    assert_eq!(told!(Addresses, "strict=ada%40localhost"), only("strict", "Email"));
    assert_eq!(told!(Addresses, "html=%22a+b%22%40example.org"), only("html", "Email"));
    assert_eq!(told!(Addresses, "rfc=a+b%40example.org"), only("rfc", "Email"));
}

#[test]
fn an_address_keeps_its_case() {
    let mut submission = testing::submission("strict=Ada%40Example.org");
    let form = submission.bind::<Addresses>().unwrap();
    assert_eq!(form.strict.as_ref().map(EmailAddress::as_str), Some("Ada@Example.org"));
}

#[derive(Debug, Form)]
struct Passwords {
    #[field(length(8..=128))]
    password: Secret,
    #[field(equal_to = password)]
    confirm: Secret,
}

#[test]
fn a_secret_must_be_repeated() {
    assert_eq!(told!(Passwords, "password=correct+horse&confirm=correct+horse"), []);
    assert_eq!(told!(Passwords, "password=correct+horse&confirm=correct+Horse"), only("confirm", "NotEqual"));
    // Only good fields are compared.
    assert_eq!(told!(Passwords, "password=short&confirm=other"), only("password", "TooShort"));
}

#[test]
fn a_secret_is_never_shown() {
    let rejected =
        testing::submission("password=hunter2hunter2&confirm=hunter3hunter3").bind::<Passwords>().unwrap_err();
    for shown in [rejected.render().to_string(), format!("{rejected:?}"), rejected.page().problem_details().to_string()]
    {
        assert!(!shown.contains("hunter"), "{shown}");
    }
    let mut submission = testing::submission("password=hunter2hunter2&confirm=hunter2hunter2");
    assert!(!format!("{submission:?}").contains("hunter"));
    let valid = submission.bind::<Passwords>().unwrap();
    assert!(!format!("{valid:?}").contains("hunter"));
}

#[derive(Debug, Form)]
#[form(context = Calls, check = whole)]
struct Ordered {
    #[field(length(2..), check = first, check(async) = later)]
    name: String,
    other: u8,
}

#[derive(Default)]
struct Calls(std::sync::Mutex<Vec<&'static str>>);

impl Calls {
    fn note(&self, call: &'static str) -> Result<(), Invalid> {
        self.0.lock().unwrap().push(call);
        Ok(())
    }
}

fn first(name: &str, calls: &Calls) -> Result<(), Invalid> {
    calls.note("field")?;
    if name == "refused" { Err(Invalid::new("Not this one.")) } else { Ok(()) }
}

fn whole(_: &Ordered, calls: &Calls) -> Result<(), Invalid> {
    calls.note("form")
}

async fn later(_: &str, calls: &Calls) -> Result<(), Invalid> {
    calls.note("async")
}

async fn called(body: &str) -> Vec<&'static str> {
    let calls = Calls::default();
    let _ = testing::submission(body).validate::<Ordered>(&calls).await;
    calls.0.into_inner().unwrap()
}

#[tokio::test]
async fn each_stage_waits_for_the_one_before() {
    assert_eq!(called("name=ab&other=1").await, ["field", "async", "form"]);
    // The checks of a good field run, whatever is wrong elsewhere; the form's own sees good forms alone.
    assert_eq!(called("name=ab&other=x").await, ["field", "async"]);
    assert_eq!(called("name=refused&other=1").await, ["field"]);
    assert_eq!(called("name=a&other=1").await, Vec::<&str>::new());
}

#[test]
fn all_fields_are_judged_and_each_tells_its_first_problem() {
    let told = told!(Numbers, "small=x&signed=y&age=1000");
    assert_eq!(told, [("small".into(), "NotANumber"), ("signed".into(), "NotANumber"), ("age".into(), "OutOfRange")]);
}

#[derive(Debug, Form)]
#[form(unknown = reject)]
struct Closed {
    #[field(rename = "user-name")]
    name: String,
}

#[test]
fn unknown_fields_are_ignored_or_rejected_as_the_form_says() {
    assert_eq!(told!(Plain, "name=a&extra=1"), []);
    assert_eq!(told!(Closed, "user-name=a&extra=1"), only("", "UnknownField"));
    assert_eq!(told!(Closed, "user-name=a&csrf_token=t&next=%2F"), []);
}

#[test]
fn problems_are_told_under_the_wire_name() {
    assert_eq!(told!(Closed, "user-name="), only("user-name", "Empty"));
}

#[test]
fn a_body_that_cannot_be_decoded_is_bad_input() {
    for (body, kind) in [
        (&b"name=%zz"[..], "BadPercentEncoding"),
        (b"name=%4", "BadPercentEncoding"),
        (b"name=a&count=%zz&nickname=%zz", "BadPercentEncoding"),
        (b"name=\xff", "BadUtf8"),
        (b"name=%C3", "BadUtf8"),
        (b"n%zz=a&name=b", "BadPercentEncoding"),
        (b"name=b&\xff=1&\xfe=1", "BadUtf8"),
    ] {
        let bound = testing::submission(body.to_vec()).bind::<Plain>();
        assert_eq!(problems(&bound), only("", kind), "{body:?}");
        assert_eq!(bound.unwrap_err().status(), 400, "{body:?}");
    }
}

#[test]
fn too_many_fields_are_too_much() {
    let rejected = testing::submission("a=b&".repeat(1001)).bind::<Plain>().unwrap_err();
    assert!(matches!(
        rejected.report().problems()[0].kind(),
        ProblemKind::Body(BodyProblem::TooManyFields { max: 1000 })
    ));
    assert_eq!(rejected.status(), 413);
    // What stands behind the last pair that was read is not missing.
    assert_eq!(told!(Plain, format!("{}name=a", "a=b&".repeat(1000))), only("", "TooManyFields"));
    assert_eq!(told!(Plain, format!("name=a&{}", "a=b&".repeat(999))), []);
}

#[test]
fn a_submission_is_bound_once() {
    let mut submission = testing::submission("name=a");
    assert!(submission.bind::<Plain>().is_ok());
    assert_eq!(problems(&submission.bind::<Plain>()), only("", "AlreadyBound"));
}

#[test]
fn a_problem_found_afterwards_stands_beside_its_field() {
    let rejected = testing::submission("name=")
        .bind::<Plain>()
        .unwrap_err()
        .into_page()
        .reject(Invalid::new("Taken.").on(Plain::FIELDS.count));
    assert!(rejected.report().for_field("count").is_some());
    assert!(rejected.render().as_str().contains("Taken."));
}

#[test]
fn json_tells_the_problems_without_the_values() {
    let rejected = testing::submission("name=&nickname=ab").bind::<Plain>().unwrap_err();
    assert_eq!(
        rejected.page().problem_details(),
        json!({
            "type": "about:blank",
            "title": "Unprocessable Entity",
            "status": 422,
            "errors": [
                { "detail": "Name is required.", "pointer": "#/name", "kind": "Empty" },
                { "detail": "Nickname has 2 characters; at least 3 are needed.", "pointer": "#/nickname", "kind": "TooShort" },
            ],
        })
    );
}

#[test]
fn problems_stand_in_the_order_of_the_fields_whenever_they_were_found() {
    #[derive(Debug, Form)]
    struct Account {
        #[field(check = no_robots)]
        name: String,
        #[field(equal_to = repeated)]
        password: Secret,
        repeated: Secret,
        age: u8,
    }
    fn no_robots(name: &str) -> Result<(), Invalid> {
        if name == "robot" { Err(Invalid::new("People only.")) } else { Ok(()) }
    }
    let body = "name=robot&password=aaaaaaaa&repeated=bbbbbbbb&age=x&bad%zz=1";
    let page = testing::submission(body).bind::<Account>().unwrap_err().into_page();
    let paths = |page: &FormView| page.report().problems().iter().map(|p| p.path().to_owned()).collect::<Vec<_>>();
    assert_eq!(paths(&page), ["", "name", "password", "age"]);
    let page = page.reject(Invalid::new("Too long ago.").on(Account::FIELDS.repeated)).into_page();
    assert_eq!(paths(&page), ["", "name", "password", "repeated", "age"]);
}

/// The sentence for a length of this text.
fn length_sentence(length: &str, text: &str) -> String {
    #[derive(Debug, Form)]
    struct One {
        #[field(length(2..=4))]
        name: Option<String>,
        #[field(length(..=1, unit = bytes))]
        byte: Option<String>,
    }
    let rejected = testing::submission(format!("{length}={text}")).bind::<One>().unwrap_err();
    English.problem(&rejected.report().problems()[0])
}

#[test]
fn english_has_singular_and_plural() {
    assert_eq!(length_sentence("name", "a"), "Name has 1 character; at least 2 are needed.");
    assert_eq!(length_sentence("name", "abcde"), "Name has 5 characters; at most 4 are allowed.");
    assert_eq!(length_sentence("byte", "ab"), "Byte has 2 bytes; at most 1 is allowed.");
    assert_ne!(English.summary(1), English.summary(2));
}

#[test]
fn a_page_speaks_another_language() {
    let page = testing::submission("name=&nickname=ab").bind::<Plain>().unwrap_err().into_page().messages(&German);
    let html = page.render().to_string();
    for words in ["Es gibt 2 Probleme mit Ihren Angaben.", "Name ist erforderlich.", "2 Zeichen; mindestens 3"] {
        assert!(html.contains(words), "{words} in {html}");
    }
}
