//! A compiled pattern as a constant expression. The tables are byte strings: they compile faster than arrays of numbers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use secure_forms_core::pattern::{Alphabet, Pattern, Table};

use super::path::Root;
use crate::model::form::checked::Engine;

// expands to:  …::Pattern::Table(…::Table { alphabet: …::Alphabet::Bytes(b"…"), next: b"…", start: 0u16, … })
pub(crate) fn tokens(root: &Root, engine: &Engine) -> TokenStream {
    let private = root.private();
    let pattern = quote!(#private::pattern);
    match engine {
        Engine::Table(compiled) => fixed(&pattern, &compiled.pattern()),
        #[cfg(feature = "regex")]
        Engine::Regex(spelled) => {
            let run = at_first_use(&private, spelled.source());
            quote!(#pattern::Pattern::Large(#pattern::Large { matches: #run }))
        }
    }
}

/// The text for the `pattern` attribute, if browsers read it with the same meaning.
pub(crate) fn html(engine: &Engine) -> Option<&str> {
    match engine {
        Engine::Table(compiled) => compiled.html(),
        #[cfg(feature = "regex")]
        Engine::Regex(spelled) => spelled.html(),
    }
}

fn fixed(pattern: &TokenStream, of: &Pattern<'_>) -> TokenStream {
    match of {
        Pattern::Table(of) => {
            let table = table(pattern, of);
            quote!(#pattern::Pattern::Table(#table))
        }
        Pattern::ClassCount(of) => {
            let members = table(pattern, &of.members);
            let (ascii, min, max) = (of.ascii, of.min, of.max);
            quote! {
                #pattern::Pattern::ClassCount(#pattern::ClassCount {
                    members: #members, ascii: #ascii, min: #min, max: #max,
                })
            }
        }
        // A function of this process, which no generated code can name; the compiler of tables makes none.
        Pattern::Large(_) => TokenStream::new(),
    }
}

// expands to:  { static COMPILED: AtFirstUse = AtFirstUse::new("…"); fn matches(text: &str) -> bool { COMPILED.matches(text) } matches }
#[cfg(feature = "regex")]
fn at_first_use(private: &TokenStream, source: &str) -> TokenStream {
    quote! {
        {
            static COMPILED: #private::pattern::AtFirstUse = #private::pattern::AtFirstUse::new(#source);
            fn matches(text: &#private::str) -> #private::bool {
                COMPILED.matches(text)
            }
            matches
        }
    }
}

/// The pattern of a browser without the `^` at its start and the `$` at its end, which say nothing there: the whole value has to match
/// anyway (HTML Standard, 4.10.5.3.6), and white space that is trimmed may stand before and behind. `None` where one of them is left.
pub(crate) fn without_anchors(pattern: &str) -> Option<&str> {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let is_escaped = |text: &str| text.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    let inner = inner.strip_suffix('$').filter(|inner| !is_escaped(inner)).unwrap_or(inner);
    let (mut in_class, mut depth, mut is_escape) = (0_usize, 0_usize, false);
    for (at, c) in inner.char_indices() {
        match c {
            _ if is_escape => is_escape = false,
            '\\' => is_escape = true,
            '[' => in_class += 1,
            ']' => in_class = in_class.saturating_sub(1),
            '^' if in_class > 0 && inner[..at].ends_with('[') => {}
            '^' | '$' if in_class == 0 => return None,
            '(' if in_class == 0 => depth += 1,
            ')' if in_class == 0 => depth = depth.saturating_sub(1),
            // `^a|b$` is `^a` or `b$`.
            '|' if in_class == 0 && depth == 0 && inner.len() < pattern.len() => return None,
            _ => {}
        }
    }
    Some(inner)
}

fn table(pattern: &TokenStream, table: &Table<'_>) -> TokenStream {
    let alphabet = match table.alphabet {
        Alphabet::Bytes(classes) => {
            let classes = Literal::byte_string(classes);
            quote!(Bytes(#classes))
        }
        Alphabet::Chars(chars) => {
            let (low, ranges) = (Literal::byte_string(chars.low), Literal::byte_string(chars.ranges));
            quote!(Chars(#pattern::Chars { low: #low, ranges: #ranges }))
        }
    };
    let next = Literal::byte_string(table.next);
    let Table { start, accept_from, accept_to, .. } = *table;
    quote! {
        #pattern::Table {
            alphabet: #pattern::Alphabet::#alphabet,
            next: #next, start: #start, accept_from: #accept_from, accept_to: #accept_to,
        }
    }
}

#[cfg(test)]
mod tests {
    use secure_forms_pattern::{Options, compile};

    use super::*;

    fn expansion(source: &str) -> String {
        let made = compile(source, Options::default()).map(|compiled| Engine::Table(compiled.into()));
        made.map_or_else(|error| error.to_string(), |engine| tokens(&Root::default(), &engine).to_string())
    }

    #[test]
    fn anchors_that_say_nothing_are_left_out() {
        for (pattern, inner) in [
            ("[a-z]+", Some("[a-z]+")),
            ("^[a-z]+$", Some("[a-z]+")),
            ("^(a|b)$", Some("(a|b)")),
            (r"^a\$", Some(r"a\$")),
            (r"a\\$", Some(r"a\\")),
            ("[^a]b", Some("[^a]b")),
            ("[$]", Some("[$]")),
            ("a|b", Some("a|b")),
            ("^a|b$", None),
            ("(^a)", None),
        ] {
            assert_eq!(without_anchors(pattern), inner, "{pattern}");
        }
    }

    #[test]
    fn every_form_is_an_expression_of_paths_and_byte_strings() {
        for (source, form) in
            [("ab?", "Alphabet :: Bytes (b\""), (r"\p{L}x", "Chars { low : b\""), ("[ab]{3}", "ClassCount {")]
        {
            let printed = expansion(source);
            assert!(printed.starts_with(":: secure_forms :: __private_0_1 :: pattern :: Pattern ::"), "{printed}");
            assert!(printed.contains(form) && syn::parse_str::<syn::Expr>(&printed).is_ok(), "{printed}");
        }
    }
}
