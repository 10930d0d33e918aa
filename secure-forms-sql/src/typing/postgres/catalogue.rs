//! What PostgreSQL has without any schema: types, casts, operators and functions, read once from the tables beside this
//! file. They are extracts of PostgreSQL 15's own catalogue (chapter 53), one entry a line.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::types::Ty;
use crate::typing::call::Role;

#[derive(Debug)]
pub(crate) struct Catalogue {
    types: HashMap<&'static str, TypeEntry>,
    casts: HashMap<(&'static str, &'static str), Context>,
    operators: HashMap<&'static str, Vec<Operator>>,
    functions: HashMap<&'static str, Vec<Function>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct TypeEntry {
    pub(crate) category: char,
    pub(crate) preferred: bool,
}

/// Where a cast is applied without being asked for; each includes those before it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Context {
    Implicit,
    Assignment,
    Explicit,
}

#[derive(Debug)]
pub(crate) struct Operator {
    pub(crate) left: Option<Ty>,
    pub(crate) right: Ty,
    pub(crate) result: Ty,
}

#[derive(Debug)]
pub(crate) struct Function {
    pub(crate) arguments: Vec<Argument>,
    pub(crate) result: Ty,
    /// The columns of a set of rows.
    pub(crate) columns: Vec<(&'static str, Ty)>,
    pub(crate) set: bool,
    pub(crate) role: Role,
}

#[derive(Clone, Debug)]
pub(crate) struct Argument {
    pub(crate) name: Option<&'static str>,
    pub(crate) ty: Ty,
    pub(crate) variadic: bool,
    pub(crate) default: bool,
}

pub(crate) fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(Catalogue::read)
}

/// Whether PostgreSQL has a type of this name without any schema.
pub(crate) fn is_type(name: &str) -> bool {
    catalogue().type_entry(name).is_some()
}

impl Catalogue {
    fn read() -> Self {
        let mut operators: HashMap<_, Vec<_>> = HashMap::new();
        for (name, operator) in lines(include_str!("operators.txt")).filter_map(operator) {
            operators.entry(name).or_default().push(operator);
        }
        let mut functions: HashMap<_, Vec<_>> = HashMap::new();
        for (name, function) in lines(include_str!("functions.txt")).filter_map(function) {
            functions.entry(name).or_default().push(function);
        }
        Self {
            types: lines(include_str!("types.txt")).filter_map(type_entry).collect(),
            casts: lines(include_str!("casts.txt")).filter_map(cast).collect(),
            operators,
            functions,
        }
    }

    pub(crate) fn type_entry(&self, name: &str) -> Option<TypeEntry> {
        self.types.get(name).copied()
    }

    pub(crate) fn cast(&self, from: &str, to: &str) -> Option<Context> {
        self.casts.get(&(from, to)).copied()
    }

    pub(crate) fn operators(&self, name: &str) -> &[Operator] {
        self.operators.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn functions(&self, name: &str) -> &[Function] {
        self.functions.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn function_names(&self) -> impl Iterator<Item = &'static str> {
        self.functions.keys().copied()
    }
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with("# ") && !line.is_empty())
}

fn type_entry(line: &'static str) -> Option<(&'static str, TypeEntry)> {
    let mut words = line.split(' ');
    let name = words.next()?;
    let category = words.next()?.chars().next()?;
    Some((name, TypeEntry { category, preferred: words.next().is_some() }))
}

fn cast(line: &'static str) -> Option<((&'static str, &'static str), Context)> {
    let mut words = line.split(' ');
    let key = (words.next()?, words.next()?);
    let context = match words.next()? {
        "implicit" => Context::Implicit,
        "assignment" => Context::Assignment,
        _ => Context::Explicit,
    };
    Some((key, context))
}

fn operator(line: &'static str) -> Option<(&'static str, Operator)> {
    let words: Vec<&'static str> = line.split(' ').collect();
    let ty = Ty::from_catalogue;
    match words.as_slice() {
        [left, name, right, result] => {
            Some((name, Operator { left: Some(ty(left)), right: ty(right), result: ty(result) }))
        }
        [name, right, result] => Some((name, Operator { left: None, right: ty(right), result: ty(result) })),
        _ => None,
    }
}

fn function(line: &'static str) -> Option<(&'static str, Function)> {
    let (name, rest) = line.split_once('(')?;
    let (arguments, rest) = rest.split_once(')')?;
    let mut rest = rest.trim_start();
    let mut columns = Vec::new();
    let result = match rest.strip_prefix('{') {
        Some(list) => {
            let (list, after) = list.split_once('}')?;
            columns = list
                .split(", ")
                .filter_map(|column| column.split_once(' '))
                .map(|(n, t)| (n, Ty::from_catalogue(t)))
                .collect();
            rest = after.trim_start();
            Ty::fixed("record")
        }
        None => {
            let (result, after) = rest.split_once(' ').unwrap_or((rest, ""));
            rest = after;
            Ty::from_catalogue(result)
        }
    };
    let mut function = Function { arguments: Vec::new(), result, columns, set: false, role: Role::Plain };
    function.arguments = arguments.split(", ").filter(|argument| !argument.is_empty()).filter_map(argument).collect();
    for word in rest.split(' ') {
        match word {
            "set" => function.set = true,
            "aggregate" | "ordered" | "hypothetical" => function.role = Role::Aggregate,
            "window" => function.role = Role::Window,
            _ => {}
        }
    }
    Some((name, function))
}

fn argument(text: &'static str) -> Option<Argument> {
    let (text, variadic) = text.strip_prefix("variadic ").map_or((text, false), |text| (text, true));
    let (text, default) = text.strip_suffix('=').map_or((text, false), |text| (text, true));
    let (name, ty) = text.rsplit_once(' ').map_or((None, text), |(name, ty)| (Some(name), ty));
    Some(Argument { name, ty: Ty::from_catalogue(ty), variadic, default })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_read() {
        let count = |text: &'static str| lines(text).count();
        let own = catalogue();
        assert_eq!(own.types.len(), count(include_str!("types.txt")));
        assert_eq!(own.casts.len(), count(include_str!("casts.txt")));
        assert_eq!(own.operators.values().map(Vec::len).sum::<usize>(), count(include_str!("operators.txt")));
        assert_eq!(own.functions.values().map(Vec::len).sum::<usize>(), count(include_str!("functions.txt")));
    }

    #[test]
    fn a_function_is_read_with_its_names_and_defaults() {
        let [own] = catalogue().functions("make_interval") else { panic!("one function") };
        assert_eq!(own.arguments.first().and_then(|argument| argument.name), Some("years"));
        assert!(own.arguments.iter().all(|argument| argument.default));
    }
}
