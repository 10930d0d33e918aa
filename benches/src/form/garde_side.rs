//! serde_html_form 0.4 and serde_urlencoded 0.7 with garde 0.23. White space is cut off while deserialising.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use garde::Validate;
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};
use uuid::Uuid;

use super::{Person, Version};

/// Trims before the one allocation.
pub(super) fn trimmed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Trimmed;

    impl Visitor<'_> for Trimmed {
        type Value = String;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("text")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
            Ok(text.trim().to_owned())
        }
    }

    deserializer.deserialize_str(Trimmed)
}

/// The struct, and what only differs in its rule for the name.
macro_rules! form {
    ($form:ident, $html_form:literal, $urlencoded:literal, $(#[$rule:meta])*) => {
        #[derive(Deserialize, Validate)]
        pub(super) struct $form {
            #[garde(length(chars, min = 3, max = 32), pattern("^[A-Za-z][A-Za-z0-9_.]*$"))]
            #[serde(deserialize_with = "trimmed")]
            username: String,
            #[garde(length(chars, min = 3, max = 254), email)]
            #[serde(deserialize_with = "trimmed")]
            email: String,
            $(#[$rule])*
            #[serde(deserialize_with = "trimmed")]
            name: String,
            #[garde(range(min = 18, max = 120))]
            age: u8,
            #[garde(skip)]
            id: Uuid,
            #[garde(length(chars, max = 200))]
            #[serde(deserialize_with = "trimmed")]
            bio: String,
        }

        impl From<$form> for Person {
            fn from($form { username, email, name, age, id, bio }: $form) -> Self {
                Self { username, email, name, age, id, bio }
            }
        }

        impl Names for $form {
            const HTML_FORM: &'static str = $html_form;
            const URLENCODED: &'static str = $urlencoded;
        }
    };
}

form!(
    Fair,
    "form, fair: serde_html_form + garde",
    "form, fair: serde_urlencoded + garde",
    #[garde(length(chars, min = 1, max = 64), pattern(r"^[\p{L}\p{M}' -]+$"))]
);
form!(
    Literal,
    "form, literal: serde_html_form + garde",
    "form, literal: serde_urlencoded + garde",
    #[garde(pattern(r"^[\p{L}\p{M}' -]{1,64}$"))]
);

pub(super) trait Names: for<'de> Deserialize<'de> + Validate<Context = ()> + Into<Person> + 'static {
    const HTML_FORM: &'static str;
    const URLENCODED: &'static str;
}

/// Read by serde_html_form.
pub(super) struct HtmlForm<F>(PhantomData<F>);
/// Read by serde_urlencoded.
pub(super) struct Urlencoded<F>(PhantomData<F>);

impl<F: Names> Version for HtmlForm<F> {
    const NAME: &'static str = F::HTML_FORM;
    type Bound = F;
    type Problems = garde::Report;

    fn bind(body: &[u8]) -> Result<F, garde::Report> {
        let form: F = serde_html_form::from_bytes(body).map_err(unreadable)?;
        form.validate().map(|()| form)
    }

    fn person(bound: F) -> Person {
        bound.into()
    }

    fn faults(report: garde::Report) -> BTreeMap<String, String> {
        faults(&report)
    }
}

impl<F: Names> Version for Urlencoded<F> {
    const NAME: &'static str = F::URLENCODED;
    type Bound = F;
    type Problems = garde::Report;

    fn bind(body: &[u8]) -> Result<F, garde::Report> {
        let form: F = serde_urlencoded::from_bytes(body).map_err(unreadable)?;
        form.validate().map(|()| form)
    }

    fn person(bound: F) -> Person {
        bound.into()
    }

    fn faults(report: garde::Report) -> BTreeMap<String, String> {
        faults(&report)
    }
}

/// serde stops at the first value that does not fit its type, and does not always say which.
fn unreadable(error: impl std::fmt::Display) -> garde::Report {
    let mut report = garde::Report::new();
    report.append(garde::Path::empty(), garde::Error::new(error.to_string()));
    report
}

fn faults(report: &garde::Report) -> BTreeMap<String, String> {
    report.iter().map(|(path, error)| (path.to_string(), error.to_string())).collect()
}
