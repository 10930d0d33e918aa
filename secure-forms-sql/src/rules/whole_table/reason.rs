//! Why a condition leaves no row out, and what to write instead.

use crate::template::whole_table::ALL_ROWS;

/// Why a condition leaves no row out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reason {
    Constant,
    Itself,
    NeverNull,
    Key,
    AnyText,
    SearchText,
    OwnTable,
    EmptyList,
    NoBoolean,
    Unknown,
}

impl Reason {
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Constant => "this condition does not look at the row that is written",
            Self::Itself => "this compares a column with itself: it holds for every row",
            Self::NeverNull => "this column is never NULL: the condition holds for every row",
            Self::Key => "keys are counted from 1: this holds for every row",
            Self::AnyText => "this pattern fits every text: it holds for every row",
            Self::SearchText => "a searched text can be empty, and then every row is reached",
            Self::OwnTable => "every row is in its own table: this holds for every row",
            Self::EmptyList => "`NOT IN` an empty list is true for every row",
            Self::NoBoolean => "every number but 0 is true: this holds for nearly every row",
            Self::Unknown => "which rows this condition leaves out is not known",
        }
    }

    pub(super) fn help(self) -> String {
        let first = match self {
            Self::NoBoolean => "compare the column with a value: `age = {age}`; ",
            Self::SearchText => "select the rows by a key: `id IN {ids..}`; ",
            Self::Unknown => "compare a column with a value: `id = {id}`; ",
            _ => "",
        };
        format!("{first}{ALL_ROWS}")
    }
}
