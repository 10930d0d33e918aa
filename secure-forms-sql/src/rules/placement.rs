//! Where a value may stand below `LIMIT`, `OFFSET` and `FETCH`, and on the right of `LIKE` and what else reads a text as a pattern. SQLite reads a
//! negative `LIMIT` as "all rows" ("SELECT", 2.5), so that a value there counts rows only if nothing is made of it.

use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArgumentClause, FunctionArguments, LimitClause, Query, Statement, Value,
};

use super::carried::Carried;
use super::node::{Node, argument, is_named};
use super::tree::Tree;
use crate::problem::Problem;
use crate::template::placement::{WHICH, WILDCARDS};
use crate::template::{Form, Like, Slot};

/// What stands wrongly, in the order in which the tree is walked.
pub(super) fn problems(tree: &Tree<'_>, carried: &Carried) -> Vec<Problem> {
    let mut problems = Vec::new();
    tree.each(&mut |node| match node {
        Node::Query(query) => problems.extend(of_query(tree, carried, query)),
        Node::Statement(Statement::Update(update)) => problems.extend(limit(tree, carried, update.limit.as_ref())),
        Node::Statement(Statement::Delete(delete)) => problems.extend(limit(tree, carried, delete.limit.as_ref())),
        Node::Expr(expr) => problems.extend(of_expr(tree, carried, expr)),
        _ => {}
    });
    problems.extend(stray_patterns(tree));
    problems
}

/// Patterns that stand where nothing reads them as one.
fn stray_patterns(tree: &Tree<'_>) -> Vec<Problem> {
    let (mut all, mut read) = (Vec::new(), Vec::new());
    tree.each(&mut |node| {
        let Node::Expr(expr) = node else { return };
        all.extend(tree.slot(expr).filter(|slot| slot.form == Form::Like(Like::Pattern)));
        let patterns = patterns(expr).into_iter().flat_map(|pattern| tree.slots(pattern));
        read.extend(patterns.map(|slot| slot.span.start));
    });
    let problem = |slot: &Slot| {
        Problem::new(slot.span.clone(), "`pattern` belongs to `LIKE`").help("write `LIKE {q: pattern}`, or bind `{q}`")
    };
    all.into_iter().filter(|slot| !read.contains(&slot.span.start)).map(problem).collect()
}

fn of_query<'t>(tree: &Tree<'t>, carried: &Carried, query: &'t Query) -> Vec<Problem> {
    let (rows, skipped) = match &query.limit_clause {
        Some(LimitClause::LimitOffset { limit, offset, .. }) => (limit.as_ref(), offset.as_ref().map(|own| &own.value)),
        Some(LimitClause::OffsetCommaLimit { offset, limit }) => (Some(limit), Some(offset)),
        None => (None, None),
    };
    let fetched = query.fetch.as_ref().and_then(|fetch| fetch.quantity.as_ref());
    let mut problems = limit(tree, carried, rows);
    problems.extend(limit(tree, carried, fetched));
    problems.extend(offset(tree, carried, skipped));
    problems
}

/// A number of rows is a constant, or one capped value.
fn limit<'t>(tree: &Tree<'t>, carried: &Carried, expr: Option<&'t Expr>) -> Vec<Problem> {
    let Some(expr) = expr else { return vec![] };
    if tree.only_slot(expr).is_some_and(|slot| matches!(slot.form, Form::Limit { .. })) {
        return vec![];
    }
    let problem = |slot: &Slot| match slot.form {
        Form::Limit { .. } => {
            Problem::new(slot.span.clone(), "the cap of a value does not hold for what is made of it")
                .help("let it stand alone: `LIMIT {n: max 100}`; calculate in Rust")
        }
        _ => Problem::new(slot.span.clone(), "`LIMIT` takes a bound value only with a cap")
            .help("write `LIMIT {n: max 100}`; calculate in Rust"),
    };
    tree.slots(expr).into_iter().map(problem).chain(carried.problem(tree, expr, "`LIMIT`")).collect()
}

fn offset<'t>(tree: &Tree<'t>, carried: &Carried, expr: Option<&'t Expr>) -> Vec<Problem> {
    let Some(expr) = expr else { return vec![] };
    if tree.only_slot(expr).is_some_and(|slot| matches!(slot.form, Form::Offset | Form::Page { .. })) {
        return vec![];
    }
    let problem = |slot: &Slot| {
        Problem::new(slot.span.clone(), "a bound value stands alone behind `OFFSET`")
            .help("write `OFFSET {skip}` or `OFFSET {page: page 20}`; calculate in Rust")
    };
    tree.slots(expr).into_iter().map(problem).chain(carried.problem(tree, expr, "`OFFSET`")).collect()
}

fn of_expr<'t>(tree: &Tree<'t>, carried: &Carried, expr: &'t Expr) -> Vec<Problem> {
    let escape = match expr {
        Expr::Like { escape_char, .. } | Expr::ILike { escape_char, .. } | Expr::SimilarTo { escape_char, .. } => {
            escape_char.as_deref()
        }
        _ => None,
    };
    let mut problems: Vec<_> =
        patterns(expr).into_iter().flat_map(|pattern| searched(tree, carried, pattern, escape)).collect();
    problems.extend(escape.map(|escape| literal_escape(tree, escape)).unwrap_or_default());
    if let Expr::Function(Function { args: FunctionArguments::List(list), .. }) = expr {
        for clause in &list.clauses {
            if let FunctionArgumentClause::Limit(rows) = clause {
                problems.extend(limit(tree, carried, Some(rows)));
            }
        }
    }
    problems
}

/// What an expression reads as a pattern.
fn patterns(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Like { pattern, .. }
        | Expr::ILike { pattern, .. }
        | Expr::SimilarTo { pattern, .. }
        | Expr::RLike { pattern, .. } => vec![pattern],
        Expr::BinaryOp { op, right, .. } if matches_pattern(op) => vec![right],
        Expr::AnyOp { compare_op, right, .. } | Expr::AllOp { compare_op, right, .. }
            if matches_pattern(compare_op) =>
        {
            vec![right]
        }
        Expr::Function(Function { name, args: FunctionArguments::List(list), .. })
            if is_named(name, &PATTERN_FUNCTIONS) =>
        {
            list.args.iter().filter_map(argument).collect()
        }
        _ => vec![],
    }
}

/// Operators whose right side is a pattern.
pub(super) fn matches_pattern(op: &BinaryOperator) -> bool {
    matches!(
        op,
        BinaryOperator::Regexp
            | BinaryOperator::Match
            | BinaryOperator::Glob
            | BinaryOperator::PGRegexMatch
            | BinaryOperator::PGRegexIMatch
            | BinaryOperator::PGRegexNotMatch
            | BinaryOperator::PGRegexNotIMatch
            | BinaryOperator::PGLikeMatch
            | BinaryOperator::PGILikeMatch
            | BinaryOperator::PGNotLikeMatch
            | BinaryOperator::PGNotILikeMatch
    )
}

/// SQLite's operators call functions of their names: `like(pattern, text)` is `text LIKE pattern`.
const PATTERN_FUNCTIONS: [&str; 8] =
    ["like", "glob", "regexp", "match", "regexp_like", "regexp_matches", "regexp_replace", "similar_to"];

/// The values of a pattern say how their wildcards are meant; a text that is searched is all of it.
fn searched<'t>(tree: &Tree<'t>, carried: &Carried, pattern: &'t Expr, escape: Option<&Expr>) -> Vec<Problem> {
    let escaped = escape.is_some_and(|escape| {
        matches!(escape, Expr::Value(own) if matches!(&own.value, Value::SingleQuotedString(text) if text == "!"))
    });
    let alone = escaped && tree.slot(pattern).is_some();
    let problem = |slot: &Slot| match slot.form {
        Form::Like(Like::Pattern) => None,
        Form::Like(_) if alone => None,
        Form::Like(_) => Some(
            Problem::new(slot.span.clone(), "a searched text stands alone behind `LIKE`")
                .help("write `name LIKE {q: contains}`; for anything else bind a pattern: `{q: pattern}`"),
        ),
        _ => Some(Problem::new(slot.span.clone(), WILDCARDS).help(WHICH)),
    };
    tree.slots(pattern).into_iter().filter_map(problem).chain(carried.problem(tree, pattern, "a pattern")).collect()
}

fn literal_escape<'t>(tree: &Tree<'t>, escape: &'t Expr) -> Vec<Problem> {
    let problem = |slot: &Slot| {
        Problem::new(slot.span.clone(), "`ESCAPE` takes no bound value: it decides what the pattern means")
            .help("write the character: `ESCAPE '!'`")
    };
    tree.slots(escape).into_iter().map(problem).collect()
}
