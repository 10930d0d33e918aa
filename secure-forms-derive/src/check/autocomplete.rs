//! The value of `autocomplete` (HTML Standard, 4.10.18.7.1): `on`, `off`, or a list of tokens in a fixed order: a section, shipping or
//! billing, the kind of a contact, the name of what is filled in, `webauthn`.

use syn::LitStr;

use crate::diagnostic::{Errors, Message};
use crate::model::form::written::Field;
use secure_forms_core::nearest::nearest;

const CONTACT_KINDS: [&str; 5] = ["home", "work", "mobile", "fax", "pager"];

/// What `home`, `work`, … may stand before.
const CONTACTS: [&str; 10] = [
    "tel",
    "tel-country-code",
    "tel-national",
    "tel-area-code",
    "tel-local",
    "tel-local-prefix",
    "tel-local-suffix",
    "tel-extension",
    "email",
    "impp",
];

const FIELDS: [&str; 46] = [
    "name",
    "honorific-prefix",
    "given-name",
    "additional-name",
    "family-name",
    "honorific-suffix",
    "nickname",
    "username",
    "new-password",
    "current-password",
    "one-time-code",
    "organization-title",
    "organization",
    "street-address",
    "address-line1",
    "address-line2",
    "address-line3",
    "address-level4",
    "address-level3",
    "address-level2",
    "address-level1",
    "country",
    "country-name",
    "postal-code",
    "cc-name",
    "cc-given-name",
    "cc-additional-name",
    "cc-family-name",
    "cc-number",
    "cc-exp",
    "cc-exp-month",
    "cc-exp-year",
    "cc-csc",
    "cc-type",
    "transaction-currency",
    "transaction-amount",
    "language",
    "bday",
    "bday-day",
    "bday-month",
    "bday-year",
    "sex",
    "url",
    "photo",
    "device-eid",
    "device-imei",
];

/// Finds what no browser knows.
pub(super) fn field(field: &Field, errors: &mut Errors) {
    if let Some(text) = &field.autocomplete
        && let Err(problem) = judge(&text.value())
    {
        errors.at(text, problem.message(text));
    }
}

/// What is wrong with the list.
#[derive(Debug, PartialEq, Eq)]
enum Problem {
    /// No name of what is filled in.
    NoField,
    /// No token has this name.
    Unknown(String),
    /// A known token where it may not stand.
    Misplaced(String),
}

impl Problem {
    fn message(&self, text: &LitStr) -> Message {
        match self {
            Self::NoField => Message::new(format_args!("`{}` does not say what is filled in", text.value()))
                .help("end with the name of it: `autocomplete = \"shipping street-address\"`"),
            Self::Unknown(token) => {
                let all = FIELDS.into_iter().chain(CONTACTS).chain(CONTACT_KINDS).chain(OTHERS);
                let near = nearest(token, all).map(|near| format!("did you mean `{near}`?"));
                let help = near.unwrap_or("write `username`, `email`, `new-password`, `off`, …".to_owned());
                Message::new(format_args!("no browser fills in `{token}`"))
                    .help(help)
                    .note("the names are those of the HTML Standard, 4.10.18.7.1")
            }
            Self::Misplaced(token) => Message::new(format_args!("`{token}` stands in the wrong place")).help(
                "the order is `section-…`, `shipping` or `billing`, `home` or `work`, the name, `webauthn`; `on` and `off` stand alone",
            ),
        }
    }
}

const OTHERS: [&str; 5] = ["on", "off", "shipping", "billing", "webauthn"];

fn judge(text: &str) -> Result<(), Problem> {
    let tokens: Vec<String> = text.split_ascii_whitespace().map(str::to_ascii_lowercase).collect();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    if let [] | ["on" | "off"] = tokens[..] {
        return if tokens.is_empty() { Err(Problem::NoField) } else { Ok(()) };
    }
    let is_known = |token: &str| {
        token.starts_with("section-")
            || FIELDS.iter().chain(&CONTACTS).chain(&CONTACT_KINDS).chain(&OTHERS).any(|known| *known == token)
    };
    if let Some(unknown) = tokens.iter().find(|token| !is_known(token)) {
        return Err(Problem::Unknown((*unknown).to_owned()));
    }
    let rest = without(&tokens, |token| token.starts_with("section-"));
    let rest = without(rest, |token| matches!(token, "shipping" | "billing"));
    let contact = without(rest, |token| CONTACT_KINDS.contains(&token));
    let is_name = |token: &str| CONTACTS.contains(&token) || (contact.len() == rest.len() && FIELDS.contains(&token));
    match contact {
        [] => Err(Problem::NoField),
        [name] | [name, "webauthn"] if is_name(name) => Ok(()),
        ["webauthn"] => Err(Problem::NoField),
        [name, wrong, ..] if is_name(name) => Err(Problem::Misplaced((*wrong).to_owned())),
        [wrong, ..] => Err(Problem::Misplaced((*wrong).to_owned())),
    }
}

/// The tokens behind the first, if it is such a one.
fn without<'t, 's>(tokens: &'t [&'s str], is_it: impl Fn(&str) -> bool) -> &'t [&'s str] {
    match tokens.split_first() {
        Some((first, rest)) if is_it(first) => rest,
        _ => tokens,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_the_standard_is_taken() {
        for text in [
            "on",
            "OFF",
            "username",
            "new-password",
            "section-red shipping street-address",
            "shipping postal-code",
            "billing work tel",
            "home email",
            "username webauthn",
            "section-a billing mobile tel-national webauthn",
        ] {
            assert_eq!(judge(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_no_browser_knows_is_refused() {
        let unknown = |token: &str| Err(Problem::Unknown(token.to_owned()));
        let misplaced = |token: &str| Err(Problem::Misplaced(token.to_owned()));
        for (text, reported) in [
            ("", Err(Problem::NoField)),
            ("shipping", Err(Problem::NoField)),
            ("webauthn", Err(Problem::NoField)),
            ("no such token", unknown("no")),
            ("pasword", unknown("pasword")),
            ("off username", misplaced("off")),
            ("username off", misplaced("off")),
            ("work name", misplaced("name")),
            ("home shipping tel", misplaced("shipping")),
            ("username email", misplaced("email")),
        ] {
            assert_eq!(judge(text), reported, "{text}");
        }
    }
}
