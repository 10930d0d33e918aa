//! A text whose name says that it is secret, and whose type says that anybody may read it: it would be shown again when the form is
//! refused, printed by `Debug`, and could be put into a cookie (CWE-312, CWE-532).

use syn::LitStr;

use crate::diagnostic::{Errors, Message};
use crate::model::form::written::{Exception, Field};
use crate::model::holds::{is_plain_text, value_type};

/// Words of a name that say it, alone or with digits or an `s` behind them: `new_password2`, `api_tokens`.
const WORDS: [&str; 15] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "pwd",
    "pin",
    "secret",
    "token",
    "otp",
    "totp",
    "cvv",
    "cvc",
    "csc",
    "apikey",
    "credential",
];

/// Words that say it together, in this order: `api_key`, `recovery_code`.
const PAIRS: [(&str, &str); 9] = [
    ("api", "key"),
    ("private", "key"),
    ("access", "key"),
    ("encryption", "key"),
    ("security", "code"),
    ("recovery", "code"),
    ("backup", "code"),
    ("verification", "code"),
    ("pass", "phrase"),
];

/// What browsers and password managers fill in from their store of secrets (HTML Standard, 4.10.18.7.1).
const FILLED: [&str; 4] = ["new-password", "current-password", "one-time-code", "cc-csc"];

/// Finds a secret that is readable.
pub(super) fn field(field: &Field, errors: &mut Errors) {
    let ty = value_type(&field.ty);
    if !is_plain_text(&ty) || field.allows(Exception::Readable) {
        return;
    }
    let name = field.ident.to_string();
    let is_filled = |text: &LitStr| {
        text.value().split_ascii_whitespace().any(|token| FILLED.iter().any(|known| known.eq_ignore_ascii_case(token)))
    };
    let by = if says_secret(&name) {
        Some("name")
    } else if says_secret(&field.wire) {
        Some("name on the wire")
    } else if field.autocomplete.as_ref().is_some_and(is_filled) {
        Some("`autocomplete`")
    } else {
        None
    };
    if let Some(by) = by {
        let message = Message::new(format_args!("`{name}` is secret by its {by}, and readable by its type"))
            .help("write its type as `Secret`; if anybody may read it, add `#[field(allow(readable))]`")
            .note(format_args!("a `{ty}` is shown again when the form is refused, and `Debug` prints it"));
        errors.at(&field.ty, message);
    }
}

fn says_secret(name: &str) -> bool {
    let words = words(name);
    let pairs = words.iter().zip(words.iter().skip(1));
    words.iter().any(|word| WORDS.contains(&singular(word)))
        || pairs.into_iter().any(|(a, b)| PAIRS.contains(&(a.as_str(), singular(b))))
}

/// `newPassword2`, `new_password2` and `new-password2` are `new` and `password`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for c in name.chars() {
        let begins = !c.is_alphabetic() || (c.is_uppercase() && after_small);
        if begins {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphabetic(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
        after_small = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_says_secret_is_found_in_every_spelling() {
        for name in [
            "password",
            "new_password2",
            "userPassword",
            "pin",
            "card-pin",
            "r#token",
            "tokens",
            "api_key",
            "APIKey",
            "recovery_codes",
            "otp_code",
            "cvv2",
            "client_secret",
            "PIN",
        ] {
            assert!(says_secret(name), "{name}");
        }
    }

    #[test]
    fn a_type_is_plain_text_by_whatever_path_it_is_named() {
        for (ty, is_plain) in [
            ("String", true),
            ("std::string::String", true),
            ("::std::option::Option<::std::string::String>", true),
            ("&'a str", true),
            ("Option<&'a str>", true),
            ("Option<std::borrow::Cow<'a, str>>", true),
            ("Secret", false),
            ("u32", false),
            ("Token", false),
        ] {
            assert_eq!(is_plain_text(&value_type(&syn::parse_str(ty).unwrap())), is_plain, "{ty}");
        }
    }

    #[test]
    fn a_word_that_only_looks_like_one_is_no_secret() {
        for name in [
            "spinner",
            "opinion",
            "tokenizer",
            "secretary",
            "key",
            "code",
            "pinned",
            "compass",
            "api",
            "keyboard",
            "laptop",
            "postcode",
            "passport",
        ] {
            assert!(!says_secret(name), "{name}");
        }
    }
}
