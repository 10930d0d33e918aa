//! serde_urlencoded 0.7 with validator 0.21, whose patterns are `regex` statics of the user.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;
use uuid::Uuid;
use validator::{Validate, ValidationError, ValidationErrors};

use super::garde_side::trimmed;
use super::{Person, Version};

static USERNAME: LazyLock<Regex> = LazyLock::new(|| regex("^[A-Za-z][A-Za-z0-9_.]*$"));
static ANY_NAME: LazyLock<Regex> = LazyLock::new(|| regex(r"^[\p{L}\p{M}' -]+$"));
static COUNTED_NAME: LazyLock<Regex> = LazyLock::new(|| regex(r"^[\p{L}\p{M}' -]{1,64}$"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this file")
}

/// The struct, and what only differs in its rule for the name.
macro_rules! form {
    ($form:ident, $title:literal, $(#[$rule:meta])*) => {
        #[derive(Deserialize, Validate)]
        pub(super) struct $form {
            #[validate(length(min = 3, max = 32), regex(path = *USERNAME))]
            #[serde(deserialize_with = "trimmed")]
            username: String,
            #[validate(length(min = 3, max = 254), email)]
            #[serde(deserialize_with = "trimmed")]
            email: String,
            $(#[$rule])*
            #[serde(deserialize_with = "trimmed")]
            name: String,
            #[validate(range(min = 18, max = 120))]
            age: u8,
            id: Uuid,
            #[validate(length(max = 200))]
            #[serde(deserialize_with = "trimmed")]
            bio: String,
        }

        impl Version for $form {
            const NAME: &'static str = $title;
            type Bound = $form;
            type Problems = ValidationErrors;

            fn bind(body: &[u8]) -> Result<$form, ValidationErrors> {
                let form: $form = serde_urlencoded::from_bytes(body).map_err(unreadable)?;
                form.validate().map(|()| form)
            }

            fn person($form { username, email, name, age, id, bio }: $form) -> Person {
                Person { username, email, name, age, id, bio }
            }

            fn faults(problems: ValidationErrors) -> BTreeMap<String, String> {
                let fields = problems.field_errors();
                fields.into_iter().map(|(field, errors)| (field.to_string(), format!("{errors:?}"))).collect()
            }
        }
    };
}

form!(
    Fair,
    "form, fair: serde_urlencoded + validator",
    #[validate(length(min = 1, max = 64), regex(path = *ANY_NAME))]
);
form!(
    Literal,
    "form, literal: serde_urlencoded + validator",
    #[validate(regex(path = *COUNTED_NAME))]
);

fn unreadable(_: impl std::fmt::Display) -> ValidationErrors {
    let mut errors = ValidationErrors::new();
    errors.add("", ValidationError::new("unreadable"));
    errors
}
