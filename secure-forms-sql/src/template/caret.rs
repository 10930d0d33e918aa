//! A place in a template → the line that shows it, because the spans of a string literal's inside are not stable in the compiler.

use std::ops::Range;

/// The line of `text` at `span` with carets below it, each line behind `  | `. A span over several lines shows its first. Tabs become spaces,
/// and a long line is cut around the place.
///
/// ```
/// use secure_forms_sql::template::caret;
///
/// assert_eq!(caret("SELECT id\nFROM usres", 15..20), "  | FROM usres\n  |      ^^^^^");
/// ```
pub fn caret(text: &str, span: Range<usize>) -> String {
    let start = floor(text, span.start.min(text.len()));
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = floor(text, span.end.clamp(start, line_end));
    let indent = text[line_start..line_end].chars().take_while(|c| c.is_whitespace()).count();
    let column = text[line_start..start].chars().count();
    let width = text[start..end].chars().count().max(1);
    // Enough around the place to find it again, from the start of a word on.
    let word = text[line_start..start].char_indices().rev().skip(40).find(|(_, c)| c.is_whitespace());
    let cut =
        word.map(|(at, _)| text[line_start..line_start + at].chars().count() + 1).filter(|_| column > indent + 60);
    let (from, dots) = cut.map_or((indent.min(column), ""), |from| (from, "… "));
    let shown: String =
        text[line_start..line_end].chars().skip(from).take((column - from + width.min(100)).max(100)).collect();
    let shown = shown.replace(|c: char| c.is_control() || c.is_whitespace(), " ");
    let (spaces, marks) = (" ".repeat(dots.chars().count() + column - from), "^".repeat(width.min(100)));
    format!("  | {dots}{}\n  | {spaces}{marks}", shown.trim_end())
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_place_in_a_text_is_too_odd_to_show() {
        for text in ["", "é", "a\n\tb é\n", &"x".repeat(300)] {
            for start in 0..text.len() + 2 {
                assert!(caret(text, start..start + 3).contains('^'));
            }
        }
    }
}
