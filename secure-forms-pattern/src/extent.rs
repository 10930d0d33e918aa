//! How short and how long the texts are that a pattern takes: what a macro needs to see that a length beside it cannot be met.

use regex_syntax::ast::parse::Parser;
use regex_syntax::hir::translate::Translator;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::ascii;
use crate::options::{Options, PerlClasses, Scope};
use secure_forms_core::value::count::Unit;

/// The least and the most of a unit that a text of the pattern has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Extent {
    /// No text has less.
    pub min: usize,
    /// No text has more; `None` where there is no most.
    pub max: Option<usize>,
}

/// The extent of a pattern; `None` for what is no pattern, or matches nothing.
///
/// ```
/// use secure_forms_pattern::{Extent, Options, extent};
/// use secure_forms_core::value::count::Unit;
///
/// assert_eq!(extent("[a-z]{3}-?", Options::default(), Unit::Chars), Some(Extent { min: 3, max: Some(4) }));
/// assert_eq!(extent("a+", Options::default(), Unit::Bytes), Some(Extent { min: 1, max: None }));
/// ```
#[must_use]
pub fn extent(source: &str, options: Options, unit: Unit) -> Option<Extent> {
    let ast = Parser::new().parse(source).ok()?;
    let ast = if options.perl == PerlClasses::Ascii { ascii::spell_out(ast) } else { ast };
    let extent = of(&Translator::new().translate(source, &ast).ok()?, unit)?;
    Some(if options.scope == Scope::Search { Extent { max: None, ..extent } } else { extent })
}

fn of(hir: &Hir, unit: Unit) -> Option<Extent> {
    let fixed = |units| Extent { min: units, max: Some(units) };
    Some(match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => fixed(0),
        HirKind::Literal(text) => {
            let text = std::str::from_utf8(&text.0).ok()?;
            let most = text.chars().map(|c| units(c, unit)).sum();
            Extent { min: if is_cluster(unit) { usize::from(most > 0) } else { most }, max: Some(most) }
        }
        HirKind::Class(Class::Unicode(class)) => {
            // A later character never has fewer units.
            let (first, last) = (class.ranges().first()?, class.ranges().last()?);
            Extent { min: units(first.start(), unit), max: Some(units(last.end(), unit)) }
        }
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Capture(group) => of(&group.sub, unit)?,
        HirKind::Repetition(repetition) => {
            // What matches nothing can still stand there no times.
            let sub = match of(&repetition.sub, unit) {
                None if repetition.min == 0 => fixed(0),
                sub => sub?,
            };
            let most = repetition.max.map(|max| max as usize);
            Extent {
                min: joined(sub.min.saturating_mul(repetition.min as usize), unit),
                max: match (sub.max, most) {
                    (Some(0), _) | (_, Some(0)) => Some(0),
                    (Some(each), Some(most)) => Some(each.saturating_mul(most)),
                    _ => None,
                },
            }
        }
        HirKind::Concat(parts) => {
            let parts = parts.iter().map(|part| of(part, unit)).collect::<Option<Vec<_>>>()?;
            let max = parts.iter().map(|part| part.max).try_fold(0_usize, |sum, max| Some(sum.saturating_add(max?)));
            Extent { min: joined(parts.iter().fold(0, |sum, part| sum.saturating_add(part.min)), unit), max }
        }
        HirKind::Alternation(branches) => {
            let branches: Vec<Extent> = branches.iter().filter_map(|branch| of(branch, unit)).collect();
            let max = branches.iter().map(|branch| branch.max).try_fold(0, |most, max| Some(usize::max(most, max?)));
            Extent { min: branches.iter().map(|branch| branch.min).min()?, max }
        }
    })
}

/// Characters that follow each other may be one cluster, so that only the first counts for sure.
fn joined(least: usize, unit: Unit) -> usize {
    if is_cluster(unit) { least.min(1) } else { least }
}

fn is_cluster(unit: Unit) -> bool {
    !matches!(unit, Unit::Utf16 | Unit::Chars | Unit::Bytes)
}

fn units(c: char, unit: Unit) -> usize {
    match unit {
        Unit::Utf16 => c.len_utf16(),
        Unit::Bytes => c.len_utf8(),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_pattern_counts() {
        for (pattern, unit, min, max) in [
            ("", Unit::Chars, 0, Some(0)),
            ("[a-z]{3}", Unit::Utf16, 3, Some(3)),
            ("a|bcd", Unit::Chars, 1, Some(3)),
            ("^(ab){2,3}$", Unit::Chars, 4, Some(6)),
            ("\u{1f600}", Unit::Utf16, 2, Some(2)),
            ("[a\u{1f600}]", Unit::Bytes, 1, Some(4)),
            ("a*b", Unit::Chars, 1, None),
            (r"\d{4}-\d{2}", Unit::Bytes, 7, Some(7)),
        ] {
            assert_eq!(extent(pattern, Options::default(), unit), Some(Extent { min, max }), "{pattern}");
        }
    }

    #[test]
    fn a_search_has_no_most_and_a_mistake_has_no_extent() {
        let search = Options { scope: Scope::Search, ..Options::default() };
        assert_eq!(extent("[0-9]", search, Unit::Chars), Some(Extent { min: 1, max: None }));
        assert_eq!(extent("[0-9", Options::default(), Unit::Chars), None);
        assert_eq!(extent("x[a&&b]", Options::default(), Unit::Chars), None);
        assert_eq!(extent("x[a&&b]?", Options::default(), Unit::Chars), Some(Extent { min: 1, max: Some(1) }));
    }
}
