//! The words of a Rust name, for labels, values and names of other kinds: `HTTPServer` is `HTTP` and `Server`, `display_name` is
//! `display` and `name`. The rule is that of the heck crate, which serde's users know: a word ends before a capital behind a small
//! letter, before the last of several capitals if a small letter follows it, and at everything that is no letter or digit.

use proc_macro2::Ident;

/// The words as they are written; the whole name where it holds no letter and no digit.
pub(crate) fn words(name: &Ident) -> Vec<String> {
    let name = name.to_string();
    let name = name.trim_start_matches("r#");
    let words: Vec<String> = name.split(|char: char| !char.is_alphanumeric()).flat_map(humps).collect();
    if words.is_empty() { vec![name.to_owned()] } else { words }
}

/// `small-words-with-hyphens`.
pub(crate) fn kebab(name: &Ident) -> String {
    words(name).join("-").to_lowercase()
}

/// `small_words_with_underscores`.
pub(crate) fn snake(name: &Ident) -> String {
    words(name).join("_").to_lowercase()
}

/// A label is a sentence: the first word begins with a capital, the others are small unless they are all capitals, as `USA` is.
pub(crate) fn sentence(name: &Ident) -> String {
    let is_acronym = |word: &str| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let small = |word: String| if is_acronym(&word) { word } else { word.to_lowercase() };
    let sentence = words(name).into_iter().map(small).collect::<Vec<_>>().join(" ");
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The words of a piece of letters and digits.
fn humps(piece: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let chars: Vec<char> = piece.chars().collect();
    // Digits belong to what stands before them.
    let mut is_after_small = false;
    for (at, &char) in chars.iter().enumerate() {
        let before_small = chars.get(at + 1).is_some_and(|next| next.is_lowercase());
        let begins = char.is_uppercase() && (is_after_small || before_small);
        match words.last_mut() {
            Some(word) if !begins => word.push(char),
            _ => words.push(char.to_string()),
        }
        is_after_small = if char.is_alphabetic() { char.is_lowercase() } else { is_after_small };
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ident(name: &str) -> Ident {
        syn::parse_str(name).unwrap()
    }

    #[test]
    fn words_end_where_heck_ends_them() {
        for (name, kebab_case, label) in [
            ("SignUp", "sign-up", "Sign up"),
            ("USA", "usa", "USA"),
            ("HTTPServer", "http-server", "HTTP server"),
            ("MyHTTPServer", "my-http-server", "My HTTP server"),
            ("Foo_Bar", "foo-bar", "Foo bar"),
            ("a__b", "a-b", "A b"),
            ("_a_", "a", "A"),
            ("display_name", "display-name", "Display name"),
            ("userID", "user-id", "User ID"),
            ("Ipv4Address", "ipv4-address", "Ipv4 address"),
            ("X11", "x11", "X11"),
            ("A", "a", "A"),
            ("ABTest", "ab-test", "AB test"),
            ("IvoryCoast", "ivory-coast", "Ivory coast"),
            ("ÄrmelKanal", "ärmel-kanal", "Ärmel kanal"),
            ("__", "__", "__"),
        ] {
            assert_eq!((kebab(&ident(name)).as_str(), sentence(&ident(name)).as_str()), (kebab_case, label), "{name}");
        }
        assert_eq!(snake(&ident("HTTPServer")), "http_server");
        assert_eq!(kebab(&ident("r#type")), "type");
    }
}
