//! The parts that one statement's resolution works with, and the recursion of SQL: expressions hold queries, queries hold
//! expressions, queries and writes. A file that meets one of these asks the [`Resolver`] for it and does not import the file
//! that can answer.

use std::ops::Range;

use sqlparser::ast::{Expr, Query, SetExpr, Statement};
use sqlparser::tokenizer::TokenWithSpan;

use crate::dialect::Dialect;
use crate::problem::{Problem, Problems};
use crate::resolve::relation::Output;
use crate::resolve::scope::Scope;
use crate::resolve::tables::Tables;
use crate::schema::Schema;
use crate::span::Source;
use crate::typing::inference::Inference;
use crate::typing::parameters::Parameters;
use crate::typing::value::{Placed, Typed};
use crate::typing::{self, Typing};
use crate::verdict::InsertNotes;

/// How deep expressions and queries may be nested once parsed; a chain of `AND`s is one level.
const DEEPEST: usize = 120;

/// What the grammar can hold anywhere.
pub(crate) trait Recursion: Sync {
    fn expr(&self, r: &mut Resolver<'_>, scope: &Scope<'_>, expr: &Expr) -> Typed;

    fn query(&self, r: &mut Resolver<'_>, outer: &Scope<'_>, query: &Query) -> Vec<Output>;

    /// A query without its WITH, ORDER BY and LIMIT.
    fn body(&self, r: &mut Resolver<'_>, scope: &Scope<'_>, body: &SetExpr) -> Vec<Output>;

    /// `None` if it returns no rows.
    fn write(&self, r: &mut Resolver<'_>, scope: &Scope<'_>, statement: &Statement) -> Option<Vec<Output>>;
}

pub(crate) struct Resolver<'a> {
    pub(crate) dialect: Dialect,
    pub(crate) schema: &'a Schema,
    pub(crate) source: &'a Source<'a>,
    pub(crate) tokens: &'a [TokenWithSpan],
    pub(crate) typing: &'static dyn Typing,
    pub(crate) inference: Inference<'a>,
    pub(crate) tables: Tables,
    pub(crate) has_where: bool,
    pub(crate) insert: InsertNotes,
    /// For each column that was met, how many queries are around the one whose table has it.
    pub(crate) columns_met: Vec<usize>,
    /// Inside the second part of a recursive query.
    pub(crate) in_recursion: bool,
    recursion: &'static dyn Recursion,
    depth: usize,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(
        dialect: Dialect,
        schema: &'a Schema,
        source: &'a Source<'a>,
        tokens: &'a [TokenWithSpan],
        recursion: &'static dyn Recursion,
    ) -> Self {
        Self {
            dialect,
            schema,
            source,
            tokens,
            typing: typing::of(dialect),
            inference: Inference { dialect, schema, problems: Problems::default(), parameters: Parameters::default() },
            tables: Tables::default(),
            has_where: false,
            insert: InsertNotes::default(),
            columns_met: Vec::new(),
            in_recursion: false,
            recursion,
            depth: 0,
        }
    }

    pub(crate) fn expr(&mut self, scope: &Scope<'_>, expr: &Expr) -> Typed {
        self.recursion.expr(self, scope, expr)
    }

    pub(crate) fn placed(&mut self, scope: &Scope<'_>, expr: &Expr) -> Placed {
        (self.expr(scope, expr), self.source.node(expr))
    }

    /// An expression that must be a condition, as far as the dialect asks.
    pub(crate) fn condition(&mut self, scope: &Scope<'_>, expr: &Expr, what: &str) {
        let (typed, span) = self.placed(scope, expr);
        self.typing.boolean(&mut self.inference, &typed, span, what);
    }

    pub(crate) fn query(&mut self, outer: &Scope<'_>, query: &Query) -> Vec<Output> {
        self.recursion.query(self, outer, query)
    }

    pub(crate) fn body(&mut self, scope: &Scope<'_>, body: &SetExpr) -> Vec<Output> {
        self.recursion.body(self, scope, body)
    }

    pub(crate) fn write(&mut self, scope: &Scope<'_>, statement: &Statement) -> Option<Vec<Output>> {
        self.recursion.write(self, scope, statement)
    }

    pub(crate) fn report(&mut self, problem: Problem) {
        self.inference.report(problem);
    }

    pub(crate) fn refuse(&mut self, span: Range<usize>, message: impl Into<String>) -> Typed {
        self.inference.refuse(span, message)
    }

    pub(crate) fn cannot_judge(&mut self, span: Range<usize>, message: impl Into<String>) -> Typed {
        self.inference.cannot_judge(span, message)
    }

    /// Whether nothing was found wrong so far.
    pub(crate) fn is_content(&self) -> bool {
        self.inference.problems.is_empty()
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
}
