//! The parameters of a statement: how many there are, and what their uses say about them.

use std::collections::BTreeMap;
use std::ops::Range;

use sqlparser::tokenizer::{Token, TokenWithSpan};

use crate::dialect::Dialect;
use crate::problem::{Problem, Problems};
use crate::span::Source;
use crate::types::Ty;
use crate::typing::value::Typed;

/// SQLite's limit; PostgreSQL's and MariaDB's is 65,535.
const MOST_PARAMETERS: usize = 32_766;

/// What each parameter was found to be, by its number.
#[derive(Default)]
pub(crate) struct Parameters {
    found: Vec<Parameter>,
    /// The number of the parameter that stands at a byte.
    placeholders: BTreeMap<usize, usize>,
}

/// What is known about one parameter.
#[derive(Clone)]
pub(crate) struct Parameter {
    pub(crate) ty: Ty,
    pub(crate) nullable: bool,
}

impl Parameters {
    /// Numbers the parameters in the order in which the text has them, before the resolver meets them in its own.
    pub(crate) fn numbered(
        dialect: Dialect,
        source: &Source<'_>,
        tokens: &[TokenWithSpan],
        problems: &mut Problems,
    ) -> Self {
        let mut names: Vec<(String, usize)> = Vec::new();
        let mut placeholders = BTreeMap::new();
        let mut next = 0_usize;
        for (text, span) in placeholder_texts(dialect, source, tokens) {
            let number = number(dialect, &text, next, &names);
            let Some(number) = number.filter(|number| *number < MOST_PARAMETERS) else {
                problems.report(Problem::new(span, format!("`{text}` is no parameter in {dialect}")));
                continue;
            };
            names.push((text, number));
            next = next.max(number + 1);
            placeholders.insert(span.start, number);
        }
        Self { found: vec![Parameter { ty: Ty::Open, nullable: false }; next], placeholders }
    }

    /// The parameter at this place; `None` if none may stand there.
    pub(crate) fn at(&self, byte: usize) -> Option<Typed> {
        let number = *self.placeholders.get(&byte)?;
        let Some(own) = self.found.get(number) else { return Some(Typed::any()) };
        Some(Typed { param: Some(number), ..Typed::new(own.ty.clone(), false) })
    }

    /// Settles a parameter's type, unless it has one.
    pub(crate) fn settle(&mut self, number: usize, ty: &Ty) {
        if let Some(own) = self.found.get_mut(number)
            && own.ty == Ty::Open
        {
            own.ty = ty.clone();
        }
    }

    /// Allows NULL for a parameter.
    pub(crate) fn allow_null(&mut self, number: usize) {
        if let Some(own) = self.found.get_mut(number) {
            own.nullable = true;
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Parameter> {
        self.found.iter()
    }

    /// Those whose type nothing tells: their numbers, and where they first stand.
    pub(crate) fn open(&self) -> Vec<(usize, Option<usize>)> {
        let open = self.found.iter().enumerate().filter(|(_, own)| own.ty == Ty::Open);
        let first = |number| self.placeholders.iter().find(|(_, own)| **own == number).map(|(at, _)| *at);
        open.map(|(number, _)| (number, first(number))).collect()
    }
}

/// The number of the parameter that is spelled like this, counted from 0.
fn number(dialect: Dialect, text: &str, next: usize, names: &[(String, usize)]) -> Option<usize> {
    match (dialect, text) {
        (Dialect::Sqlite | Dialect::Mysql, "?") => Some(next),
        (Dialect::Postgres, _) => text.strip_prefix('$').and_then(parse_number),
        (Dialect::Mysql, _) => None,
        // "Parameters", SQLite: a name takes the next number, and a number that was given raises the next one.
        (Dialect::Sqlite, _) => match text.strip_prefix('?') {
            Some(digits) => parse_number(digits),
            None => names.iter().find(|(name, _)| name == text).map(|(_, number)| *number).or(Some(next)),
        },
    }
}

/// The parameters' texts and places. SQLite's `:name` and `@name` are two tokens.
fn placeholder_texts(dialect: Dialect, source: &Source<'_>, tokens: &[TokenWithSpan]) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut tokens = tokens.iter().peekable();
    while let Some(token) = tokens.next() {
        let Some(span) = source.known(token.span) else { continue };
        match &token.token {
            Token::Placeholder(text) => found.push((text.clone(), span)),
            Token::Colon | Token::AtSign if dialect == Dialect::Sqlite => {
                if let Some(name) = tokens.peek()
                    && let Token::Word(_) | Token::Number(..) = name.token
                    && let Some(end) = source.known(name.span)
                {
                    found.push((source.text(span.start..end.end).to_owned(), span.start..end.end));
                }
            }
            _ => {}
        }
    }
    found
}

fn parse_number(digits: &str) -> Option<usize> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse::<usize>().ok()?.checked_sub(1)
}
