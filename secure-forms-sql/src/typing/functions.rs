//! The functions of SQLite and MariaDB, from the tables in `tables/`: how many arguments each takes, what comes out, and
//! when that is NULL. PostgreSQL's are in `postgres/`, where argument types choose between functions of one name.

use std::fmt;
use std::sync::OnceLock;

use crate::dialect::Dialect;
use crate::types::Ty;
use crate::typing::call::Role;

/// A function of one name and one range of argument counts.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) arity: Arity,
    pub(crate) result: Result,
    pub(crate) nulls: Nulls,
    pub(crate) role: Role,
    /// What its parameters are used as; the last one counts for all that follow.
    pub(crate) parameters: Vec<Ty>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Arity {
    least: usize,
    most: usize,
}

#[derive(Debug)]
pub(crate) enum Result {
    Of(Ty),
    /// The type of the argument at this place.
    Argument(usize),
    /// The first argument's, if that is a number.
    Number,
    /// What adding up gives.
    Sum,
}

/// When a function gives NULL.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Nulls {
    Never,
    /// Exactly if an argument is NULL.
    Arguments,
    Maybe,
}

impl Arity {
    fn takes(self, count: usize) -> bool {
        (self.least..=self.most).contains(&count)
    }
}

impl fmt::Display for Arity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (least, usize::MAX) => write!(out, "{least} or more"),
            (least, most) if least == most => write!(out, "{least}"),
            (least, most) => write!(out, "{least} to {most}"),
        }
    }
}

/// The function of this name that takes this many arguments.
pub(crate) fn of(dialect: Dialect, name: &str, count: usize) -> Option<&'static Entry> {
    named(dialect, name).find(|entry| entry.arity.takes(count))
}

/// What kind of function a name is with this many arguments.
pub(crate) fn role(dialect: Dialect, name: &str, count: usize) -> Role {
    of(dialect, name, count).map_or(Role::Plain, |entry| entry.role)
}

pub(crate) fn arities(dialect: Dialect, name: &str) -> Vec<Arity> {
    named(dialect, name).map(|entry| entry.arity).collect()
}

pub(crate) fn names(dialect: Dialect) -> impl Iterator<Item = &'static str> {
    table(dialect).iter().map(|entry| entry.name)
}

fn named(dialect: Dialect, name: &str) -> impl Iterator<Item = &'static Entry> {
    let entries = table(dialect);
    let start = entries.partition_point(|entry| entry.name < name);
    entries.get(start..).unwrap_or_default().iter().take_while(move |entry| entry.name == name)
}

fn table(dialect: Dialect) -> &'static [Entry] {
    static SQLITE: OnceLock<Vec<Entry>> = OnceLock::new();
    static MYSQL: OnceLock<Vec<Entry>> = OnceLock::new();
    match dialect {
        Dialect::Sqlite => SQLITE.get_or_init(|| read(include_str!("../tables/sqlite.txt"))),
        Dialect::Mysql => MYSQL.get_or_init(|| read(include_str!("../tables/mysql.txt"))),
        Dialect::Postgres => &[],
    }
}

fn read(text: &'static str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = text.lines().filter(|line| !line.starts_with('#')).filter_map(entry).collect();
    entries.sort_by_key(|entry| entry.name);
    entries
}

fn entry(line: &'static str) -> Option<Entry> {
    let mut words = line.split_ascii_whitespace();
    let name = words.next()?;
    let arity = arity(words.next()?)?;
    let result = match words.next()? {
        "argument" => Result::Argument(0),
        "number" => Result::Number,
        "sum" => Result::Sum,
        own => Result::Of(ty(own)),
    };
    let nulls = match words.next()? {
        "never" => Nulls::Never,
        "arguments" => Nulls::Arguments,
        _ => Nulls::Maybe,
    };
    let role = match words.next() {
        Some("aggregate") => Role::Aggregate,
        Some("window") => Role::Window,
        _ => Role::Plain,
    };
    let parameters = words.next().map(|list| list.split(',').map(ty).collect()).unwrap_or_default();
    Some(Entry { name, arity, result, nulls, role, parameters })
}

fn arity(text: &str) -> Option<Arity> {
    if let Some(least) = text.strip_suffix('+') {
        return Some(Arity { least: least.parse().ok()?, most: usize::MAX });
    }
    let (least, most) = text.split_once('-').unwrap_or((text, text));
    Some(Arity { least: least.parse().ok()?, most: most.parse().ok()? })
}

fn ty(name: &'static str) -> Ty {
    if name == "any" { Ty::Any } else { Ty::fixed(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_read() {
        for (dialect, text) in [
            (Dialect::Sqlite, include_str!("../tables/sqlite.txt")),
            (Dialect::Mysql, include_str!("../tables/mysql.txt")),
        ] {
            assert_eq!(table(dialect).len(), text.lines().filter(|line| !line.starts_with('#')).count());
        }
    }

    #[test]
    fn the_count_of_arguments_tells_max_from_max() {
        assert_eq!(of(Dialect::Sqlite, "max", 1).unwrap().role, Role::Aggregate);
        assert_eq!(of(Dialect::Sqlite, "max", 2).unwrap().role, Role::Plain);
        assert!(of(Dialect::Sqlite, "max", 0).is_none());
    }
}
