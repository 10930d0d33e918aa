//! Text that people can see: any text is judged, what one line takes many lines take, and cutting the ends twice cuts no more.

use secure_forms_core::value::visible::{Lines, check, trim};

use super::Property;

pub(super) const PROPERTY: Property = Property {
    name: "visible",
    seeds: &[
        "Zoe\u{308} می\u{200c}خواهم",
        "👩🏽\u{200d}🚀 1\u{fe0f}\u{20e3}",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "\u{2067}א\u{2069}\n\u{202a}b\u{202c}",
        "\u{feff}a\u{200b}\u{202e}b",
    ],
    holds,
};

fn holds(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (one, many) = (check(&text, Lines::One), check(&text, Lines::Many));
    assert!(one.is_err() || many.is_ok(), "{}", text.escape_unicode());
    for problem in [one, many].into_iter().filter_map(Result::err) {
        assert!(text.is_char_boundary(problem.place), "{}", text.escape_unicode());
    }
    assert_eq!(trim(trim(&text)), trim(&text));
}
