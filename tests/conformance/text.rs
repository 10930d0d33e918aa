//! Text that people can see (UTS 39, RFC 8264) and that is one text however it was typed (UAX 15), through whole forms.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::borrow::Cow;

use secure_forms::form::{Bind, English, Messages, NoAsyncChecks, NoContext};
use secure_forms::guard::Submission;
use secure_forms::{Choice, Form, Secret, testing};

#[derive(Debug, Form)]
struct Seen<'a> {
    line: &'a str,
    #[field(multiline)]
    area: Option<Cow<'a, str>>,
    #[field(allow(invisible))]
    any: Option<String>,
    #[field(trim = false)]
    raw: Option<String>,
    secret: Option<Secret>,
}

#[derive(Debug, Form)]
struct Composed<'a> {
    #[field(nfc, length(..=4))]
    name: String,
    #[field(nfc, pattern("[\\p{L}]+"))]
    word: Option<Cow<'a, str>>,
    #[field(length(4..=4))]
    pin: Option<Secret>,
}

#[derive(Debug, Form)]
struct Twice {
    one: String,
    #[field(equal_to = one)]
    other: String,
    secret: Secret,
    #[field(equal_to = secret)]
    again: Secret,
}

/// The kinds of problems by field, or none.
fn problems<'a, T: Bind<'a, Context = NoContext> + NoAsyncChecks>(
    sent: &'a mut Submission,
) -> Vec<(String, &'static str)> {
    match sent.bind::<T>() {
        Ok(_) => Vec::new(),
        Err(rejected) => {
            rejected.report().problems().iter().map(|found| (found.path().to_owned(), found.kind().name())).collect()
        }
    }
}

macro_rules! told {
    ($form:ty, $($name:literal: $value:expr),*) => {{
        let mut pairs = form_urlencoded();
        $(pairs.append_pair($name, $value);)*
        let mut sent = testing::submission(pairs.finish());
        problems::<$form>(&mut sent)
    }};
}

fn form_urlencoded() -> url::form_urlencoded::Serializer<'static, String> {
    url::form_urlencoded::Serializer::new(String::new())
}

fn only(field: &str, kind: &'static str) -> Vec<(String, &'static str)> {
    vec![(field.to_owned(), kind)]
}

#[test]
fn a_line_without_anything_to_see_is_empty_or_refused() {
    for nothing in
        ["\u{3164}", "\u{2800}", "\u{200b}", "\u{2060}", "\u{feff}", "\u{ad}", "\u{115f}", "\u{180e}", "\u{61c}"]
    {
        assert_eq!(told!(Seen<'_>, "line": nothing), only("line", "Empty"), "{}", nothing.escape_unicode());
        assert_eq!(
            told!(Seen<'_>, "line": &format!("a{nothing}b")),
            only("line", "Invisible"),
            "{}",
            nothing.escape_unicode()
        );
    }
    assert_eq!(told!(Seen<'_>, "line": "\u{301}"), only("line", "Invisible"));
    assert_eq!(told!(Seen<'_>, "line": "a", "raw": "\u{3164}"), only("raw", "Invisible"));
}

#[test]
fn no_line_is_read_in_another_order_than_it_is_stored() {
    for bidi in ["\u{202a}", "\u{202e}", "\u{2066}", "\u{2069}", "\u{200f}", "\u{61c}"] {
        let text = format!("ada{bidi}nimda");
        assert_eq!(told!(Seen<'_>, "line": &text), only("line", "Invisible"), "{}", bidi.escape_unicode());
    }
    assert_eq!(told!(Seen<'_>, "line": "a", "area": "a\u{202e}b"), only("area", "Invisible"));
    assert_eq!(told!(Seen<'_>, "line": "a", "area": "\u{2067}אב\u{2069} b\u{ad}"), []);
}

#[test]
fn what_scripts_and_emoji_need_is_taken() {
    for text in ["می\u{200c}خواهم", "ශ\u{dca}\u{200d}රී", "👩🏽\u{200d}🚀", "❤\u{fe0f}", "葛\u{e0100}城", "Zoe\u{308}"]
    {
        assert_eq!(told!(Seen<'_>, "line": text, "area": text), [], "{}", text.escape_unicode());
    }
}

#[test]
fn invisible_text_is_taken_where_the_field_allows_it_and_in_secrets() {
    let hidden = "\u{200b}\u{202e}";
    assert_eq!(told!(Seen<'_>, "line": "a", "any": hidden, "secret": hidden), []);
}

#[test]
fn names_are_composed_before_the_rules_judge_them() {
    let apart = "Zoe\u{308}";
    assert_eq!(told!(Composed<'_>, "name": &format!("{apart}s"), "word": apart), []);
    let body = form_urlencoded().append_pair("name", apart).append_pair("word", apart).finish();
    let mut sent = testing::submission(body);
    let form = sent.bind::<Composed<'_>>().unwrap();
    assert_eq!((form.name.as_str(), form.word.as_deref()), ("Zoë", Some("Zoë")));
}

#[test]
fn a_secret_is_composed_and_its_composed_text_is_counted() {
    assert_eq!(told!(Composed<'_>, "name": "a", "pin": "123e\u{301}"), []);
    assert_eq!(told!(Composed<'_>, "name": "a", "pin": "12e\u{301}"), only("pin", "TooShort"));
}

#[test]
fn what_looks_the_same_repeats_what_it_looks_like() {
    let (apart, whole) = ("o\u{302}\u{323}", "\u{1ed9}");
    assert_eq!(told!(Twice, "one": apart, "other": whole, "secret": whole, "again": apart), []);
    assert_eq!(told!(Twice, "one": "o", "other": whole, "secret": "a", "again": "a"), only("other", "NotEqual"));
}

#[derive(Choice, Debug, PartialEq)]
#[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "names as people write them")]
enum Kind {
    USA,
    HTTPServer,
    Foo_Bar,
    IvoryCoast,
}

#[test]
fn names_are_split_into_words_as_heck_splits_them() {
    let offers: Vec<_> = Kind::OPTIONS.iter().map(|offer| (offer.value, offer.label)).collect();
    let expected =
        [("usa", "USA"), ("http-server", "HTTP server"), ("foo-bar", "Foo bar"), ("ivory-coast", "Ivory coast")];
    assert_eq!(offers, expected);
    assert_eq!(Kind::from_value("http-server"), Some(Kind::HTTPServer));
}

#[derive(Debug, Form)]
#[expect(non_snake_case, reason = "a name as people write it")]
struct HTTPOffer {
    unit_price: f64,
    how__many: u8,
}

#[test]
fn a_number_that_is_none_is_told_how_numbers_are_written() {
    assert_eq!(<HTTPOffer as Form>::SPEC.name, "http-offer");
    let mut sent = testing::submission("unit_price=1,5&how__many=1.5");
    let rejected = sent.bind::<HTTPOffer>().unwrap_err();
    let told: Vec<String> = rejected.report().problems().iter().map(|problem| English.problem(problem)).collect();
    let expected = [
        "Unit price must be a number: digits with a point and no comma, as in 1250.5.",
        "How many must be a whole number: digits alone, as in 1250.",
    ];
    assert_eq!(told, expected);
}
