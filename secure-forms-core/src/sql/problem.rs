//! What is wrong with a statement or a schema, as data: the sentence, the place in bytes, and the mend where one is known.

use std::fmt;
use std::ops::Range;

/// One thing that is wrong with a statement.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// Whether the database would refuse the statement, or the checker cannot tell.
    pub kind: ProblemKind,
    /// What is wrong, in lower case and without full stop.
    pub message: String,
    /// Where, in bytes of the statement's text.
    pub span: Range<usize>,
    /// What to write instead.
    pub help: Option<String>,
}

/// How sure a [`Problem`] is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum ProblemKind {
    /// The database refuses to prepare the statement.
    Refused,
    /// The statement uses something that the checker does not know. It may be right.
    CannotJudge,
}

impl Problem {
    pub(crate) fn refused(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { kind: ProblemKind::Refused, message: message.into(), span, help: None }
    }

    pub(crate) fn cannot_judge(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { kind: ProblemKind::CannotJudge, message: message.into(), span, help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

/// A migration that does not describe a schema.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SchemaError {
    /// The name of the migration, as it was given.
    pub file: String,
    /// What is wrong, in lower case and without full stop.
    pub message: String,
    /// Where, in bytes of that migration's text.
    pub span: Range<usize>,
}

impl fmt::Display for SchemaError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.file, self.message)
    }
}

impl std::error::Error for SchemaError {}

/// The name nearest to `wrong`, if one is near enough to be meant.
pub(crate) fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Names longer than this are no typing mistakes, and the distance is quadratic.
    const LONGEST: usize = 128;
    if wrong.len() > LONGEST {
        return None;
    }
    let wrong: Vec<char> = wrong.to_lowercase().chars().collect();
    let allowed = (wrong.len() / 3).max(1);
    names
        .into_iter()
        .filter(|name| name.len() <= LONGEST)
        .map(|name| (distance(&wrong, &name.to_lowercase().chars().collect::<Vec<_>>()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The distance of optimal string alignment: insertions, deletions, replacements and swaps of neighbours.
fn distance(from: &[char], to: &[char]) -> usize {
    let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX / 2);
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let mut cost = (at(&above, j) + usize::from(a != b)).min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && from.get(i - 1) == Some(b) && to.get(j - 1) == Some(a);
            if swapped {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut above, row);
    }
    at(&above, to.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_mistake_finds_the_name_that_was_meant() {
        assert_eq!(nearest("usrname", ["id", "username", "email"]), Some("username"));
        assert_eq!(nearest("password", ["id", "username"]), None);
    }

    #[test]
    fn the_distance_counts_edits() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(distance(&chars("kitten"), &chars("sitting")), 3);
        assert_eq!(distance(&chars(""), &chars("abc")), 3);
        assert_eq!(distance(&chars("abc"), &chars("abc")), 0);
        assert_eq!(distance(&chars("nmae"), &chars("name")), 1);
    }
}
