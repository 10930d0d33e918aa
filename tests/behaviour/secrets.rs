//! A secret is never shown again, whatever type it has and whatever control asks for it, and its length is not told.

use std::borrow::Cow;

use secure_forms::form::{English, FieldKind, FieldValue, Input, Messages, NeverShown, ProblemKind, Textual};
use secure_forms::{Blank, Form, Secret, testing};

/// A secret of the application, asked for by a control in which one can read what one types.
macro_rules! secret {
    ($name:ident, $input:expr) => {
        #[derive(Debug)]
        struct $name(#[allow(dead_code, reason = "what is bound is not always looked at")] Secret);

        impl FieldValue<'_> for $name {
            type Text<'t> = NeverShown;

            const KIND: FieldKind = FieldKind::required($input);

            fn parse(text: &str) -> Result<Self, ProblemKind> {
                Secret::parse(text).map(Self)
            }

            fn to_text(&self) -> NeverShown {
                NeverShown
            }
        }

        impl Textual for $name {}
    };
}

secret!(Pin, Input::Text);
secret!(Phone, Input::Tel);
secret!(Word, Input::Search);
secret!(Link, Input::Url);
secret!(Address, Input::Email);
secret!(Number, Input::Integer { min: 0, max: 9999 });
secret!(Fraction, Input::Float);
secret!(Unseen, Input::Hidden);

/// Says of itself that it is secret, although it has a text.
#[derive(Debug)]
struct Flagged(String);

impl FieldValue<'_> for Flagged {
    type Text<'t> = Cow<'t, str>;

    const KIND: FieldKind = FieldKind::required(Input::Text).secret();

    fn parse(text: &str) -> Result<Self, ProblemKind> {
        Ok(Self(text.to_owned()))
    }

    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }
}

#[derive(Debug, Form)]
struct Secrets {
    pin: Pin,
    #[field(multiline)]
    area: Option<Pin>,
    #[field(hidden)]
    hidden: Option<Pin>,
    #[field(date)]
    day: Option<Pin>,
    #[field(search)]
    searched: Option<Secret>,
    phone: Phone,
    word: Option<Word>,
    link: Link,
    address: Address,
    number: Number,
    fraction: Option<Fraction>,
    unseen: Unseen,
    flagged: Flagged,
    password: Secret,
    /// What makes the form be refused.
    count: u8,
}

const SECRET: &str = "hunter2";

/// Every field holds the secret but the last, which is wrong.
fn body(count: &str) -> String {
    let secrets = Secrets::SPEC.fields.iter().filter(|field| field.name != "count");
    secrets.map(|field| format!("{}={SECRET}&", field.name)).collect::<String>() + "count=" + count
}

#[test]
fn a_refused_form_shows_no_secret_whatever_control_asks_for_it() {
    let rejected = testing::submission(body("visible")).bind::<Secrets>().unwrap_err();
    let html = rejected.render().to_string();
    assert!(html.contains("value=\"visible\""), "{html}");
    for shown in [html, format!("{rejected:?}"), rejected.page().problem_details().to_string()] {
        assert!(!shown.contains(SECRET), "{shown}");
    }
    for field in Secrets::SPEC.fields.iter().filter(|field| field.name != "count") {
        let html = rejected.page().field_by_name(field.name).unwrap().to_string();
        assert!(field.kind.is_secret() && !html.contains(" value="), "{html}");
    }
}

/// The same, and nothing is wrong.
fn good_body() -> String {
    body("7").replace(&format!("day={SECRET}&"), "")
}

#[test]
fn a_form_that_is_filled_shows_no_secret() {
    let mut submission = testing::submission(good_body());
    let form = submission.bind::<Secrets>().unwrap();
    let filled = Blank::new().with(&*form).render().to_string();
    assert!(filled.contains("value=\"7\"") && !filled.contains(SECRET), "{filled}");
    let set = Blank::new().set(Secrets::FIELDS.flagged, &form.flagged).set(Secrets::FIELDS.count, &8).page().render();
    assert!(set.as_str().contains("value=\"8\"") && !set.as_str().contains(SECRET), "{set}");
}

#[test]
fn an_optional_secret_is_secret() {
    assert!(Secrets::SPEC.fields[1].kind.is_secret());
    assert!(!Secrets::SPEC.fields.last().unwrap().kind.is_secret());
    assert!(Secrets::SPEC.holds_secrets());
}

#[test]
fn what_is_typed_into_a_secret_stays_as_it_came_and_is_kept_by_no_browser() {
    let field = |name: &str| Blank::<Secrets>::new().page().field_by_name(name).unwrap().to_string();
    for name in ["pin", "area", "hidden", "searched", "phone", "number", "flagged"] {
        assert!(field(name).contains("autocomplete=\"off\""), "{}", field(name));
    }
    // Password managers need to fill it in (NIST SP 800-63B, 3.1.1.2).
    assert!(!field("password").contains("autocomplete"), "{}", field("password"));
    let form = testing::submission(good_body().replace("pin=", "pin=+")).bind::<Secrets>().unwrap().into_inner();
    assert_eq!(form.pin.0.expose(), format!(" {SECRET}"));
}

#[derive(Debug, Form)]
struct Lengths {
    #[field(length(4..=6))]
    pin: Option<Pin>,
    #[field(length(4..=6))]
    name: Option<String>,
}

fn told(body: &str) -> (String, String) {
    let rejected = testing::submission(body).bind::<Lengths>().unwrap_err();
    (English.problem(&rejected.report().problems()[0]), format!("{rejected:?}"))
}

#[test]
fn the_length_of_a_secret_is_not_told() {
    assert_eq!(told("pin=123").0, "Pin needs at least 4 characters.");
    assert_eq!(told("pin=1234567").0, "Pin takes at most 6 characters.");
    for (_, debug) in [told("pin=123"), told("pin=1234567")] {
        assert!(debug.contains("count: None") && !debug.contains('3') && !debug.contains('7'), "{debug}");
    }
    assert_eq!(told("name=123").0, "Name has 3 characters; at least 4 are needed.");
}

#[test]
fn a_secret_without_a_length_does_not_tell_it_either() {
    let long = format!("{}&count=1", body("1").replace("pin=hunter2", &format!("pin={}", "x".repeat(20_001))));
    let rejected = testing::submission(long).bind::<Secrets>().unwrap_err();
    assert!(rejected.report().for_field("pin").is_some());
    assert!(!rejected.render().as_str().contains("20001"));
}
