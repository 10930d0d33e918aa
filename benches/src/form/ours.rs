//! `derive(Form)`, bound from an owned copy of the body, as an extractor owns it.

use std::collections::BTreeMap;

use secure_forms::{Form, Rejected, Valid, testing};
use uuid::Uuid;

use super::{Person, Version};

#[derive(Form)]
pub(super) struct Fair {
    #[field(length(3..=32, unit = chars), pattern("[A-Za-z][A-Za-z0-9_.]*"))]
    username: String,
    #[field(length(3..=254, unit = chars), email)]
    email: String,
    #[field(length(1..=64, unit = chars), pattern(r"[\p{L}\p{M}' -]+"))]
    name: String,
    #[field(range(18..=120))]
    age: u8,
    id: Uuid,
    #[field(length(..=200, unit = chars))]
    bio: String,
}

#[derive(Form)]
pub(super) struct Literal {
    #[field(length(3..=32, unit = chars), pattern("[A-Za-z][A-Za-z0-9_.]*"))]
    username: String,
    #[field(length(3..=254, unit = chars), email)]
    email: String,
    #[field(pattern(r"[\p{L}\p{M}' -]{1,64}"))]
    name: String,
    #[field(range(18..=120))]
    age: u8,
    id: Uuid,
    #[field(length(..=200, unit = chars))]
    bio: String,
}

/// Both forms differ only in an attribute.
macro_rules! version {
    ($form:ident, $name:literal) => {
        impl Version for $form {
            const NAME: &'static str = $name;
            type Bound = Valid<$form>;
            type Problems = Rejected<$form>;

            fn bind(body: &[u8]) -> Result<Valid<$form>, Rejected<$form>> {
                testing::submission(body.to_vec()).bind()
            }

            fn person(bound: Valid<$form>) -> Person {
                let $form { username, email, name, age, id, bio } = bound.into_inner();
                Person { username, email, name, age, id, bio }
            }

            fn faults(rejected: Rejected<$form>) -> BTreeMap<String, String> {
                let problems = rejected.report().problems().iter();
                problems.map(|problem| (problem.path().to_owned(), problem.kind().name().to_owned())).collect()
            }
        }
    };
}

version!(Fair, "form, fair: secure-forms");
version!(Literal, "form, literal: secure-forms");
