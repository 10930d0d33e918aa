//! The state of one judgement: what was found wrong, which parameters there are, which tables were met.

use std::collections::BTreeMap;
use std::ops::Range;

use sqlparser::ast::{Expr, ObjectName, Spanned, Statement};
use sqlparser::tokenizer::{Token, TokenWithSpan};

use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::schema::Schema;
use crate::span::Source;
use crate::types::Ty;
use crate::verdict::{Access, Column, InsertNotes, Kind, Param, TableUse, Verdict};

/// How deep expressions and queries may be nested once parsed; a chain of `AND`s is one level.
const DEEPEST: usize = 120;

/// SQLite's limit; PostgreSQL's and MariaDB's is 65,535.
const MOST_PARAMETERS: usize = 32_766;

pub(crate) struct Judge<'a> {
    pub(crate) dialect: Dialect,
    pub(crate) schema: &'a Schema,
    pub(crate) source: &'a Source<'a>,
    pub(crate) tokens: &'a [TokenWithSpan],
    pub(crate) has_where: bool,
    pub(crate) insert: InsertNotes,
    /// For each column that was met, how many queries are around the one whose table has it.
    pub(crate) columns_met: Vec<usize>,
    /// Inside the second part of a recursive query.
    pub(crate) in_recursion: bool,
    problems: Vec<Problem>,
    params: Vec<ParamState>,
    /// The number of the parameter that stands at a byte.
    placeholders: BTreeMap<usize, usize>,
    tables: Vec<TableUse>,
    depth: usize,
}

#[derive(Clone)]
struct ParamState {
    ty: Ty,
    nullable: bool,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub(crate) ty: Ty,
    pub(crate) nullable: bool,
    /// The parameter that it is, so that its type can be settled by its use.
    pub(crate) param: Option<usize>,
    pub(crate) from: Option<(String, String)>,
    /// The name of the column that it is, as it was declared.
    pub(crate) column: Option<String>,
    /// The text of a literal whose type is still open.
    pub(crate) literal: Option<String>,
}

impl Typed {
    pub(crate) fn new(ty: Ty, nullable: bool) -> Self {
        Self { ty, nullable, param: None, from: None, column: None, literal: None }
    }

    /// What the checker knows nothing about; also the result of everything that was found wrong.
    pub(crate) fn any() -> Self {
        Self::new(Ty::Any, true)
    }

    pub(crate) fn nullable_if(mut self, nullable: bool) -> Self {
        self.nullable |= nullable;
        self
    }
}

impl<'a> Judge<'a> {
    pub(crate) fn new(
        dialect: Dialect,
        schema: &'a Schema,
        source: &'a Source<'a>,
        tokens: &'a [TokenWithSpan],
    ) -> Self {
        Self {
            dialect,
            schema,
            source,
            tokens,
            has_where: false,
            insert: InsertNotes::default(),
            columns_met: Vec::new(),
            in_recursion: false,
            problems: Vec::new(),
            params: Vec::new(),
            placeholders: BTreeMap::new(),
            tables: Vec::new(),
            depth: 0,
        }
    }

    /// Numbers the parameters in the order in which the text has them, before the resolver meets them in its own.
    pub(crate) fn number_placeholders(&mut self) {
        let mut names: Vec<(String, usize)> = Vec::new();
        let mut next = 0_usize;
        for (text, span) in self.placeholder_texts() {
            let number = match (self.dialect, text.as_str()) {
                (Dialect::Sqlite | Dialect::Mysql, "?") => Some(next),
                (Dialect::Postgres, _) => text.strip_prefix('$').and_then(parse_number),
                (Dialect::Mysql, _) => None,
                // "Parameters", SQLite: a name takes the next number, and a number that was given raises the next one.
                (Dialect::Sqlite, _) => match text.strip_prefix('?') {
                    Some(digits) => parse_number(digits),
                    None => names.iter().find(|(name, _)| *name == text).map(|(_, number)| *number).or(Some(next)),
                },
            };
            let Some(number) = number.filter(|number| *number < MOST_PARAMETERS) else {
                let message = format!("`{text}` is no parameter in {}", self.dialect);
                self.problem(Problem::refused(span, message));
                continue;
            };
            names.push((text, number));
            next = next.max(number + 1);
            self.placeholders.insert(span.start, number);
        }
        self.params = vec![ParamState { ty: Ty::Open, nullable: false }; next];
    }

    /// The parameters' texts and places. SQLite's `:name` and `@name` are two tokens.
    fn placeholder_texts(&self) -> Vec<(String, Range<usize>)> {
        let mut found = Vec::new();
        let mut tokens = self.tokens.iter().peekable();
        while let Some(token) = tokens.next() {
            let Some(span) = self.source.known(token.span) else { continue };
            match &token.token {
                Token::Placeholder(text) => found.push((text.clone(), span)),
                Token::Colon | Token::AtSign if self.dialect == Dialect::Sqlite => {
                    if let Some(name) = tokens.peek()
                        && let Token::Word(_) | Token::Number(..) = name.token
                        && let Some(end) = self.source.known(name.span)
                    {
                        found.push((self.source.text(span.start..end.end).to_owned(), span.start..end.end));
                    }
                }
                _ => {}
            }
        }
        found
    }

    pub(crate) fn placeholder(&mut self, span: Range<usize>) -> Typed {
        let Some(number) = self.placeholders.get(&span.start).copied() else {
            self.problem(Problem::refused(span, "a parameter is not allowed here"));
            return Typed::any();
        };
        let Some(state) = self.params.get(number) else { return Typed::any() };
        Typed { param: Some(number), ..Typed::new(state.ty.clone(), false) }
    }

    /// Settles a parameter's type, unless it has one.
    pub(crate) fn settle(&mut self, number: usize, ty: &Ty) {
        if let Some(state) = self.params.get_mut(number)
            && state.ty == Ty::Open
        {
            state.ty = ty.clone();
        }
    }

    /// Allows NULL for a parameter.
    pub(crate) fn allow_null(&mut self, number: usize) {
        if let Some(state) = self.params.get_mut(number) {
            state.nullable = true;
        }
    }

    pub(crate) fn problem(&mut self, problem: Problem) {
        // The same sentence at the same place says nothing new.
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    pub(crate) fn refuse(&mut self, span: Range<usize>, message: impl Into<String>) -> Typed {
        self.problem(Problem::refused(span, message));
        Typed::any()
    }

    pub(crate) fn cannot_judge(&mut self, span: Range<usize>, message: impl Into<String>) -> Typed {
        self.problem(Problem::cannot_judge(span, message));
        Typed::any()
    }

    pub(crate) fn is_content(&self) -> bool {
        self.problems.is_empty()
    }

    pub(crate) fn span(&self, expr: &Expr) -> Range<usize> {
        self.source.range(expr.span())
    }

    pub(crate) fn name_span(&self, name: &ObjectName) -> Range<usize> {
        self.source.name(name)
    }

    pub(crate) fn touch(&mut self, name: String, access: Access) {
        self.tables.push(TableUse { name, access });
    }

    pub(crate) fn tables_noted(&self) -> usize {
        self.tables.len()
    }

    pub(crate) fn forget_tables_since(&mut self, count: usize) {
        self.tables.truncate(count);
    }

    /// Takes the last note of this kind away.
    pub(crate) fn forget_read(&mut self, noted: &TableUse) {
        if let Some(at) = self.tables.iter().rposition(|own| own == noted) {
            self.tables.remove(at);
        }
    }

    /// Runs `inner` one level deeper, or says that this is too deep.
    pub(crate) fn deeper<T>(&mut self, span: Range<usize>, otherwise: T, inner: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth >= DEEPEST {
            self.cannot_judge(span, "the statement is nested too deeply to check");
            return otherwise;
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// Whether a function, a table or a type that the checker does not find may exist all the same.
    pub(crate) fn unsure(&self) -> bool {
        self.schema.uncertain
    }

    /// A name that was not found: refused, unless something may have made it.
    pub(crate) fn missing(&mut self, span: Range<usize>, message: String, help: Option<String>) -> Typed {
        let problem =
            if self.unsure() { Problem::cannot_judge(span, message) } else { Problem::refused(span, message) };
        self.problem(problem.maybe_help(help));
        Typed::any()
    }

    pub(crate) fn finish(mut self, outcome: (Vec<Column>, bool, &Statement)) -> Result<Verdict, Vec<Problem>> {
        let (columns, returns_rows, statement) = outcome;
        if self.dialect == Dialect::Postgres && self.problems.is_empty() {
            self.demand_types();
        }
        if !self.problems.is_empty() {
            self.problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
            return Err(self.problems);
        }
        let params =
            self.params.iter().map(|param| Param { ty: self.schema.public_type(&param.ty), nullable: param.nullable });
        Ok(Verdict {
            statement: Kind::of(statement),
            columns,
            params: params.collect(),
            has_where: self.has_where,
            returns_rows,
            insert: std::mem::take(&mut self.insert),
            tables: self.tables,
        })
    }

    /// PostgreSQL refuses a parameter whose type nothing tells, and a number that is left out.
    fn demand_types(&mut self) {
        let open: Vec<usize> = (0..self.params.len())
            .filter(|number| self.params.get(*number).is_some_and(|param| param.ty == Ty::Open))
            .collect();
        for number in open {
            let span = self.placeholders.iter().find(|(_, own)| **own == number).map(|(at, _)| *at);
            let span = span.map_or(self.source.all(), |at| at..at + format!("${}", number + 1).len());
            let problem = Problem::refused(span, format!("could not determine the type of parameter ${}", number + 1));
            self.problem(problem.help(format!("say it: `${}::text`", number + 1)));
        }
    }
}

fn parse_number(digits: &str) -> Option<usize> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse::<usize>().ok()?.checked_sub(1)
}
