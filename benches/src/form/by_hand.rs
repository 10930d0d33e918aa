//! What a careful engineer writes without any library but `uuid` and `unicode-properties`: no table, no loop over fields,
//! borrowed where nothing needs decoding, and every refusal that ours knows.

use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
use uuid::Uuid;

use super::{Person, Version};

pub(super) struct ByHand;

type Faults = Vec<(&'static str, &'static str)>;

impl Version for ByHand {
    const NAME: &'static str = "form: hand-written";
    type Bound = Person;
    type Problems = Faults;

    fn bind(body: &[u8]) -> Result<Person, Faults> {
        bind(body)
    }

    fn person(person: Person) -> Person {
        person
    }

    fn faults(faults: Faults) -> BTreeMap<String, String> {
        faults.into_iter().map(|(field, kind)| (field.to_owned(), kind.to_owned())).collect()
    }
}

type Slot<'b> = Option<Result<Cow<'b, str>, &'static str>>;

fn bind(body: &[u8]) -> Result<Person, Faults> {
    let (mut username, mut email, mut name, mut age, mut id, mut bio) = (None, None, None, None, None, None);
    let mut faults = Vec::new();
    for (count, pair) in body.split(|&byte| byte == b'&').filter(|pair| !pair.is_empty()).enumerate() {
        if count == 1000 {
            faults.push(("", "TooManyFields"));
            break;
        }
        let equals = pair.iter().position(|&byte| byte == b'=');
        let (key, value) = equals.map_or((pair, &b""[..]), |at| (&pair[..at], &pair[at + 1..]));
        let slot: &mut Slot<'_> = match &*decode_bytes(key).unwrap_or_default() {
            b"username" => &mut username,
            b"email" => &mut email,
            b"name" => &mut name,
            b"age" => &mut age,
            b"id" => &mut id,
            b"bio" => &mut bio,
            _ => continue,
        };
        *slot = Some(if slot.is_none() { decode(value) } else { Err("Repeated") });
    }
    // What nobody can mend in a field is the body's fault.
    let mut keep = |field, fault| match fault {
        "BadUtf8" | "BadPercentEncoding" => faults.push(("", fault)),
        _ => faults.push((field, fault)),
    };
    let username = text(&username).and_then(check_username).map_err(|fault| keep("username", fault));
    let email = text(&email).and_then(check_email).map_err(|fault| keep("email", fault));
    let name = text(&name).and_then(check_name).map_err(|fault| keep("name", fault));
    let age = text(&age).and_then(check_age).map_err(|fault| keep("age", fault));
    let id = text(&id).and_then(check_id).map_err(|fault| keep("id", fault));
    let bio = text(&bio).and_then(|bio| length(bio, 0, 200)).map_err(|fault| keep("bio", fault));
    match (username, email, name, age, id, bio) {
        (Ok(username), Ok(email), Ok(name), Ok(age), Ok(id), Ok(bio)) if faults.is_empty() => Ok(Person {
            username: username.to_owned(),
            email: email.to_owned(),
            name: name.to_owned(),
            age,
            id,
            bio: bio.to_owned(),
        }),
        _ => Err(faults),
    }
}

fn decode(text: &[u8]) -> Result<Cow<'_, str>, &'static str> {
    match decode_bytes(text)? {
        Cow::Borrowed(text) => std::str::from_utf8(text).map(Cow::Borrowed).map_err(|_| "BadUtf8"),
        Cow::Owned(text) => String::from_utf8(text).map(Cow::Owned).map_err(|_| "BadUtf8"),
    }
}

fn decode_bytes(text: &[u8]) -> Result<Cow<'_, [u8]>, &'static str> {
    if !text.iter().any(|byte| matches!(byte, b'%' | b'+')) {
        return Ok(Cow::Borrowed(text));
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.iter();
    while let Some(&byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || bytes.next().and_then(|&digit| hex(digit)).ok_or("BadPercentEncoding");
                digit()? << 4 | digit()?
            }
            plain => plain,
        });
    }
    Ok(Cow::Owned(decoded))
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

fn text<'s>(slot: &'s Slot<'_>) -> Result<&'s str, &'static str> {
    let text = match slot {
        None => return Err("Missing"),
        Some(Err(fault)) => return Err(fault),
        Some(Ok(text)) => text.trim(),
    };
    if text.chars().any(char::is_control) {
        return Err("ControlCharacter");
    }
    if text.is_empty() { Err("Empty") } else { Ok(text) }
}

fn length(text: &str, min: usize, max: usize) -> Result<&str, &'static str> {
    match text.chars().count() {
        count if count < min => Err("TooShort"),
        count if count > max => Err("TooLong"),
        _ => Ok(text),
    }
}

fn check_username(text: &str) -> Result<&str, &'static str> {
    let text = length(text, 3, 32)?;
    let mut bytes = text.bytes();
    let first_is_letter = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let fits = first_is_letter && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
    if fits { Ok(text) } else { Err("Pattern") }
}

fn check_email(text: &str) -> Result<&str, &'static str> {
    let text = length(text, 3, 254)?;
    if is_email(text) { Ok(text) } else { Err("Email") }
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let is_atom = |byte: u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte);
    let local_is_good = (1..=64).contains(&local.len())
        && local.bytes().all(is_atom)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    local_is_good && domain.contains('.') && domain.split('.').all(is_label) && text.len() <= 254
}

fn check_name(text: &str) -> Result<&str, &'static str> {
    let text = length(text, 1, 64)?;
    let fits = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '\'' | ' ' | '-' => true,
        c if c.is_ascii() => false,
        c => matches!(c.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark),
    };
    if text.chars().all(fits) { Ok(text) } else { Err("Pattern") }
}

fn check_age(text: &str) -> Result<u8, &'static str> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("NotANumber");
    }
    if digits.len() < text.len() && digits.bytes().any(|byte| byte != b'0') {
        return Err("OutOfRange");
    }
    match digits.parse() {
        Err(_) => Err("OutOfRange"),
        Ok(..18) => Err("TooSmall"),
        Ok(121..) => Err("TooLarge"),
        Ok(age) => Ok(age),
    }
}

fn check_id(text: &str) -> Result<Uuid, &'static str> {
    if text.len() != 36 {
        return Err("Uuid");
    }
    Uuid::try_parse(text).map_err(|_| "Uuid")
}
