//! Browser and server agree: what the server accepts, a browser sends as it was typed. A small model of a browser reads the control as it was
//! rendered, and is asked about every text, for every rule, with and without trimming, for every type.

mod model;

use secure_forms::form::FieldValue;
use secure_forms::{Accepted, Blank, EmailAddress, Form, Secret, testing};

use self::model::sent;
use super::{area_of, encoded, value_of};

/// One form with one field: how it is rendered, and what the server takes for its value.
struct Case {
    name: &'static str,
    blank: String,
    server: fn(&str) -> Option<String>,
}

/// The value of a field, secrets too.
trait Value {
    fn value(&self) -> String;
}

impl Value for Secret {
    fn value(&self) -> String {
        self.expose().to_owned()
    }
}

impl<T: Value> Value for Option<T> {
    fn value(&self) -> String {
        self.as_ref().map_or("none".to_owned(), |value| format!("some {}", value.value()))
    }
}

macro_rules! values {
    ($($type:ty),*) => {$(
        impl Value for $type {
            fn value(&self) -> String {
                FieldValue::to_text(self).into_owned()
            }
        }
    )*};
}

values!(String, EmailAddress, u8, i8, i64, u64, f32, f64);

macro_rules! case {
    ($cases:ident, [$($key:tt)*] $type:ty) => {{
        #[derive(Debug, Form)]
        struct One {
            #[field($($key)*)]
            v: $type,
        }
        fn server(typed: &str) -> Option<String> {
            let mut submission = testing::submission(format!("v={}", encoded(typed)));
            submission.bind::<One>().ok().map(|form| form.v.value())
        }
        let name = concat!("[", stringify!($($key)*), "] ", stringify!($type));
        $cases.push(Case { name, blank: Blank::<One>::new().page().field_by_name("v").unwrap().to_string(), server });
    }};
}

/// Every way of trimming and every type, for one list of rules of text.
macro_rules! texts {
    ($cases:ident: $([$($rule:tt)*])*) => {$(
        case!($cases, [$($rule)*] String);
        case!($cases, [$($rule)*] Option<String>);
        case!($cases, [trim = false, $($rule)*] String);
        case!($cases, [trim = false, $($rule)*] Option<String>);
        case!($cases, [multiline, $($rule)*] String);
        case!($cases, [multiline, trim, $($rule)*] String);
        case!($cases, [multiline, trim, $($rule)*] Option<String>);
        case!($cases, [search, $($rule)*] Option<String>);
        case!($cases, [$($rule)*] Secret);
        case!($cases, [trim, $($rule)*] Option<Secret>);
    )*};
}

fn texts() -> Vec<Case> {
    let mut cases = Vec::new();
    texts! { cases:
        [label = "Text"]
        [length(2..=3)]
        [length(..=3, unit = chars)]
        [length(2..=6, unit = bytes)]
        [pattern("[a-z]{3}")]
        [pattern("^[a-z]{2,3}$")]
        [pattern("a|bc")]
        [pattern("^a|bc$")]
        [pattern("(^a)bc")]
        [pattern("[^0-9]+")]
        [pattern("[0-9]", search)]
        [pattern("[a-z]+"), pattern(".*c")]
        [length(..=3), pattern("[a-z]+")]
        [email(html)]
        [email]
        [date]
        [slug]
        [one_of("a", "abc")]
    }
    case!(cases, [url] String);
    case!(cases, [url] Option<String>);
    case!(cases, [trim = false] EmailAddress);
    case!(cases, [length(..=12)] EmailAddress);
    case!(cases, [tel, length(2..=3)] Option<String>);
    cases
}

macro_rules! numbers {
    ($cases:ident: $([$($rule:tt)*])* for $types:tt) => {$( numbers!(each $cases, [$($rule)*] $types); )*};
    (each $cases:ident, $rule:tt [$($type:ty),*]) => {$( case!($cases, $rule $type); )*};
}

fn numbers() -> Vec<Case> {
    let mut cases = Vec::new();
    numbers! { cases:
        [label = "Number"]
        [range(1..=10)]
        [range(0.5..=9.5)]
        [range(..=7)]
        [step(5)]
        [range(3..), step(5)]
        for [u8, u64, i8, Option<i8>, f32, Option<f64>]
    }
    numbers! { cases:
        [range(0.1..)]
        [range(..=0.3)]
        [step(0.05)]
        [range(0.05..), step(0.05)]
        [range(-0.5..=0.5)]
        [range(-5..=5), step(2)]
        for [f32, f64]
    }
    numbers! { cases: [range(-5..=5), step(2)] for [i8, i64, Option<i8>] }
    cases
}

const CORES: [&str; 20] = [
    "",
    "a",
    "bc",
    "abc",
    "abcd",
    "ab1",
    "12",
    "äöü",
    "😀",
    "😀😀",
    "a b",
    "a\nb",
    "a\r\nb",
    "a@b.co",
    "ada@localhost",
    "https://example.org/x",
    "2024-02-29",
    "a-b",
    "-",
    "\u{e9}",
];
const PADS: [&str; 6] = ["", "  ", "\t", "\n", "\u{a0}\u{3000}", "\u{85}"];

/// The one difference that is left: around an address or a URL a browser cuts ASCII white space alone.
fn is_excepted(html: &str, typed: &str) -> bool {
    let is_trimmed_by_type = matches!(value_of(html, "type").as_deref(), Some("email" | "url"));
    is_trimmed_by_type && typed.trim() != typed.trim_matches([' ', '\t', '\n', '\r'])
}

fn agree(case: &Case, typed: &str) {
    // Whoever sends a text area's line breaks sends CRLF.
    let lines = if case.blank.contains("<textarea") {
        typed.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        typed.to_owned()
    };
    let Some(value) = (case.server)(&lines) else { return };
    let browser = sent(&case.blank, typed);
    let arrived = browser.as_deref().map(case.server);
    // Of a text area every line break comes as CRLF.
    let lines = |value: String| value.replace("\r\n", "\n");
    assert_eq!(
        arrived.map(|value| value.map(lines)),
        Some(Some(lines(value))),
        "{} {typed:?} in {}",
        case.name,
        case.blank
    );
}

#[test]
fn a_browser_sends_every_text_that_the_server_accepts() {
    let cases = texts();
    let mut accepted = 0;
    for case in &cases {
        for core in CORES {
            for (before, behind) in PADS.into_iter().flat_map(|before| PADS.map(|behind| (before, behind))) {
                let typed = format!("{before}{core}{behind}");
                if !is_excepted(&case.blank, &typed) {
                    accepted += usize::from((case.server)(&typed).is_some());
                    agree(case, &typed);
                }
            }
        }
    }
    assert!(cases.len() > 180 && accepted > 10_000, "{} cases, {accepted} texts", cases.len());
}

#[test]
fn a_browser_sends_every_number_that_the_server_accepts() {
    for case in numbers() {
        for hundredths in -200..=1100 {
            for typed in [format!("{}", f64::from(hundredths) / 100.0), format!(" {hundredths} ")] {
                agree(&case, &typed);
            }
        }
        for typed in ["007", "-0", ".5", "-.5", "255", "256", "18446744073709551615", "0.10", "", " "] {
            agree(&case, typed);
        }
    }
}

#[derive(Debug, Form)]
struct Typed {
    number: u8,
    signed: Option<i8>,
    #[field(range(0.5..))]
    fraction: Option<f64>,
    #[field(date)]
    day: Option<String>,
    #[field(multiline)]
    area: Option<String>,
    line: Option<String>,
}

#[test]
fn what_was_typed_comes_back_in_a_control_that_can_show_it() {
    for typed in ["1,5", "abc", "1e3", " 5", "5", "2024-13-45", "31.12.2024", "2024-12-31", "-", "٣", ""] {
        for name in ["number", "signed", "fraction", "day", "area", "line"] {
            // The form is refused for another field.
            let other = if name == "number" { "line=%00" } else { "number=x" };
            let body = format!("{name}={}&{other}", encoded(typed));
            let html =
                testing::submission(body).bind::<Typed>().unwrap_err().page().field_by_name(name).unwrap().to_string();
            let shown = match value_of(&html, "type").as_deref() {
                None => area_of(&html),
                Some("number") if typed.is_empty() || typed.parse::<f64>().is_ok() => value_of(&html, "value"),
                Some("date") if typed.is_empty() || typed == "2024-12-31" => value_of(&html, "value"),
                Some("text") => value_of(&html, "value"),
                // A browser empties it.
                Some(_) => None,
            };
            assert_eq!(shown.as_deref(), Some(typed), "{html}");
        }
    }
}

#[test]
fn a_browser_that_does_not_check_sends_what_was_typed() {
    let field = |name: &str| Blank::<Typed>::new().page().novalidate().field_by_name(name).unwrap().to_string();
    for name in ["number", "signed", "fraction", "line"] {
        for typed in ["1,5", "abc", "5"] {
            assert_eq!(sent(&field(name), typed).as_deref(), Some(typed), "{}", field(name));
        }
    }
    assert_eq!(value_of(&field("number"), "inputmode").as_deref(), Some("numeric"));
}

#[test]
fn a_number_shown_as_text_has_a_keyboard_of_digits() {
    let field = |name: &str| {
        let body = format!("{name}=1%2C5&line=%00");
        testing::submission(body).bind::<Typed>().unwrap_err().page().field_by_name(name).unwrap().to_string()
    };
    assert_eq!(value_of(&field("number"), "inputmode").as_deref(), Some("numeric"));
    assert_eq!(value_of(&field("fraction"), "inputmode").as_deref(), Some("decimal"));
    // Such a keyboard may have no minus.
    assert_eq!(value_of(&field("signed"), "inputmode"), None);
}

#[derive(Debug, Form)]
struct Hidden {
    #[field(hidden)]
    subscribed: bool,
    #[field(hidden)]
    page: Option<u16>,
    #[field(hidden, url)]
    from: Option<String>,
}

#[test]
fn a_hidden_box_is_sent_as_it_is() {
    for subscribed in [true, false] {
        let form = Hidden { subscribed, page: Some(2), from: None };
        let html = Blank::new().with(&form).render().to_string();
        let inputs = html.split("<input").skip(1).filter(|input| input.contains("type=\"hidden\""));
        let pairs = inputs.map(|input| {
            assert!(input.contains("autocomplete=\"off\""), "{input}");
            format!("{}={}", value_of(input, "name").unwrap(), encoded(&value_of(input, "value").unwrap()))
        });
        let body = pairs.collect::<Vec<_>>().join("&");
        let bound = testing::submission(body.clone()).bind::<Hidden>().map(|form| form.into_inner());
        assert_eq!(bound.map(|form| (form.subscribed, form.page)).ok(), Some((subscribed, Some(2))), "{body}");
    }
}

#[test]
fn a_browser_says_the_sentence_of_the_pattern() {
    #[derive(Form)]
    struct Name {
        #[field(pattern("[a-z]+", message = "Small \"letters\" only."))]
        name: String,
        #[field(pattern("[a-z]+"))]
        other: String,
    }
    let field = |name: &str| Blank::<Name>::new().page().field_by_name(name).unwrap().to_string();
    assert_eq!(value_of(&field("name"), "title").as_deref(), Some("Small \"letters\" only."));
    assert_eq!(value_of(&field("other"), "title"), None);
}

#[test]
fn a_secret_is_never_cut() {
    #[derive(Form)]
    struct Choose {
        #[field(length(8..=72))]
        password: Secret,
        terms: Accepted,
    }
    let page = Blank::<Choose>::new().page();
    let password = page.field(Choose::FIELDS.password);
    assert!(!password.as_str().contains("maxlength"), "{password}");
    assert!(page.field(Choose::FIELDS.terms).as_str().contains(" required"));
}
