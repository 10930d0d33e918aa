//! What people write passes, what nobody sees does not; the table against Unicode's own.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use super::*;

fn one(text: &str) -> bool {
    check(text, Lines::One).is_ok()
}

fn many(text: &str) -> bool {
    check(text, Lines::Many).is_ok()
}

#[test]
fn what_people_write_is_visible() {
    for text in [
        "Ada Lovelace",
        "Zoë Müller-Łukasiewicz",
        "Zoe\u{308}",
        "山田 太郎",
        "葛\u{e0100}城",
        "김철수",
        "Nguyễn Văn A",
        "علی\u{200c}رضا",
        "می\u{200c}خواهم",
        "שלום",
        "श्री",
        "क\u{94d}\u{200d}ष",
        "क\u{94d}\u{200c}ष",
        "ശ\u{d4d}രീ ന\u{d4d}\u{200d}",
        "ශ\u{dca}\u{200d}රී ලංකා",
        "র\u{200d}\u{9cd}যাব",
        "ᠮᠣᠩᠭᠣᠯ",
        "ᠴᠠᠭ\u{180e}ᠠ",
        "a\u{a0}b\u{3000}c",
        "👩🏽\u{200d}🚀",
        "👨\u{200d}👩\u{200d}👧\u{200d}👦",
        "🏳\u{fe0f}\u{200d}🌈",
        "❤\u{fe0f}\u{200d}🔥",
        "1\u{fe0f}\u{20e3} #\u{fe0f}\u{20e3}",
        "©\u{fe0f} ™\u{fe0e}",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}!",
        "🇦🇹",
        "x̂ ≨\u{fe00}",
        "\u{1fae9} \u{1faff}",
        "�",
    ] {
        assert!(one(text), "{}", text.escape_unicode());
        assert!(many(text), "{}", text.escape_unicode());
    }
}

#[test]
fn what_nobody_sees_is_not_in_one_line() {
    for hidden in [
        "\u{ad}",
        "\u{34f}",
        "\u{61c}",
        "\u{115f}",
        "\u{1160}",
        "\u{17b4}",
        "\u{17b5}",
        "\u{180e}",
        "\u{200b}",
        "\u{200c}",
        "\u{200d}",
        "\u{200e}",
        "\u{200f}",
        "\u{2028}",
        "\u{2029}",
        "\u{202a}",
        "\u{202c}",
        "\u{202d}",
        "\u{202e}",
        "\u{2060}",
        "\u{2062}",
        "\u{2066}",
        "\u{2069}",
        "\u{206a}",
        "\u{2800}",
        "\u{3164}",
        "\u{feff}",
        "\u{ffa0}",
        "\u{fe0f}",
        "\u{fe00}",
        "\u{e0100}",
        "\u{180b}",
        "\u{e0041}",
        "\u{e0001}",
        "\u{e0fff}",
        "\u{fff9}",
        "\u{fffc}",
        "\u{fdd0}",
        "\u{ffff}",
        "\u{10fffe}",
        "\u{e000}",
        "\u{f8ff}",
        "\u{f0000}",
        "\u{1d159}",
        "\u{1d173}",
        "\u{1bca0}",
        "\u{16fe4}",
    ] {
        assert!(!one(&format!("a{hidden}b")), "{}", hidden.escape_unicode());
        assert!(!one(hidden), "{}", hidden.escape_unicode());
    }
}

#[test]
fn joiners_and_selectors_stand_only_where_they_change_the_shape() {
    for hidden in [
        "ada\u{200d}",
        "ad\u{200c}a",
        "م\u{200d}ی",
        "م\u{200c}\u{200c}ی",
        "م\u{200c} ی",
        "😀\u{200d}",
        "😀\u{200d}\u{200d}😀",
        "😀\u{200c}😀",
        "❤\u{fe0f}\u{fe0f}",
        "a\u{fe0f}",
        "1\u{fe0f}",
        "山\u{e0100}\u{e0101}",
        "a\u{e0100}",
        "🏴\u{e0067}\u{e007f}",
        "🏴\u{e0067}\u{e0062}\u{e0065}",
        "😀\u{e0067}\u{e0062}\u{e0065}\u{e007f}",
        "🏴\u{e0041}\u{e0042}\u{e0043}\u{e007f}",
    ] {
        assert!(!one(hidden), "{}", hidden.escape_unicode());
    }
}

#[test]
fn marks_and_white_space_alone_are_nothing_to_see() {
    for nothing in ["", " ", "\u{301}", "\u{a0}\u{20d0}", "\n\t", "\u{3000}"] {
        assert!(!one(nothing) && !many(nothing), "{}", nothing.escape_unicode());
    }
}

#[test]
fn long_text_keeps_what_word_processors_put_in() {
    for text in [
        "Donau\u{ad}dampf",
        "a\u{200b}b",
        "\u{feff}a",
        "א\u{200e}b",
        "Auf\u{200c}lage",
        "\u{f0b7} one\r\n\u{f0b7} two",
        "a\u{2028}b",
        "\u{28ff}\u{2800}\u{28ff}",
        "\u{115f}\u{1161}a",
    ] {
        assert!(many(text), "{}", text.escape_unicode());
    }
}

#[test]
fn long_text_is_read_in_the_order_in_which_it_is_stored() {
    for text in ["\u{2067}אב\u{2069} b\n\u{202b}x\u{202c}", "a \u{2068}b \u{2066}c\u{2069}\u{2069}"] {
        assert!(many(text), "{}", text.escape_unicode());
    }
    for text in [
        "a\u{202e}b\u{202c}",
        "a\u{202d}b",
        "\u{2067}a\nb\u{2069}",
        "\u{2067}a",
        "a\u{2069}\u{2067}",
        "a\u{202c}",
        "\u{202a}a\u{2069}",
    ] {
        assert!(!many(text), "{}", text.escape_unicode());
    }
}

#[test]
fn long_text_carries_no_hidden_message() {
    for text in
        ["a\u{e0048}\u{e0069}", "😀\u{fe00}\u{fe01}", "a\u{e0101}\u{e0102}\u{e0103}", "a\u{2063}b", "a\u{206f}b"]
    {
        assert!(!many(text), "{}", text.escape_unicode());
    }
}

#[test]
fn the_place_is_that_of_the_first() {
    assert_eq!(check("é\u{200b}\u{202e}", Lines::One), Err(NotVisible { place: 2 }));
    assert_eq!(check("ab\u{2067}c", Lines::Many), Err(NotVisible { place: 6 }));
}

#[test]
fn ends_without_a_shape_are_cut_off_and_those_with_one_are_not() {
    assert_eq!(trim("\u{feff}\u{200b} Ada\u{200e}\u{2069}\n"), "Ada");
    assert_eq!(trim("\u{3164}\u{2800}"), "");
    for whole in
        ["❤\u{fe0f}", "ന\u{d4d}\u{200d}", "Zoe\u{308}", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"]
    {
        assert_eq!(trim(whole), whole);
    }
}

/// Unicode's table of what is not drawn: nothing of it counts as seen.
#[test]
fn every_default_ignorable_character_is_known() {
    let ignorable = regex::Regex::new(r"^\p{Default_Ignorable_Code_Point}$").unwrap();
    let blank = regex::Regex::new(r"^[\p{White_Space}\p{Cc}]$").unwrap();
    for char in '\0'..=char::MAX {
        let text = char.to_string();
        if ignorable.is_match(&text) {
            assert!(!matches!(kind(char), Kind::Seen | Kind::Blank | Kind::Mark), "{}", char.escape_unicode());
            assert!(!one(&text) && !one(&format!("a{text}")), "{}", char.escape_unicode());
        } else if blank.is_match(&text) {
            assert!(matches!(kind(char), Kind::Blank | Kind::Layout), "{}", char.escape_unicode());
        }
    }
}

/// What is refused of assigned characters beyond Unicode's own table is a short list.
#[test]
fn what_is_drawn_is_seen() {
    let drawn = regex::Regex::new(r"^[\p{L}\p{N}\p{P}\p{S}--\p{Default_Ignorable_Code_Point}]$").unwrap();
    let refused: Vec<char> =
        ('\0'..=char::MAX).filter(|char| drawn.is_match(&char.to_string()) && !one(&char.to_string())).collect();
    assert_eq!(refused, ['\u{2800}', '\u{fffc}', '\u{13441}', '\u{13442}', '\u{1d159}']);
}
