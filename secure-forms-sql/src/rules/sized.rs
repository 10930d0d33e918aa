//! Functions that make as much text or as many rows as an argument says: a value that a stranger sends must not be that argument without a cap.
//! What grows with the length of its arguments alone (`hex`, `replace`, `group_concat`) is bounded by the connection's largest value.

use sqlparser::ast::{Expr, FunctionArguments, LimitClause, ObjectName, Query, TableFactor, Value};

use super::carried::Carried;
use super::node::{Node, argument, is_named};
use super::tree::Tree;
use crate::problem::Problem;
use crate::template::{Form, Slot};

/// Every argument is a size.
const SIZES: [&str; 4] = ["randomblob", "zeroblob", "space", "generate_series"];
/// The second argument is a size.
const REPEATED: [&str; 3] = ["repeat", "lpad", "rpad"];
/// The second argument is looked for at every place of the first.
pub(super) const LOOKED_FOR: [&str; 3] = ["instr", "replace", "strpos"];
/// The characters of the second argument are compared with every character of the first: 20 s for 1 MiB and 4096 of them.
const TRIMMED: [&str; 4] = ["trim", "ltrim", "rtrim", "btrim"];
/// The first argument says how wide the others are written.
const FORMATS: [&str; 2] = ["printf", "format"];

/// Sizes without a cap, values that are a format, and caps that are no size.
pub(super) fn problems(tree: &Tree<'_>, carried: &Carried) -> Vec<Problem> {
    let (mut problems, mut capped, mut counted) = (Vec::new(), Vec::new(), Vec::new());
    tree.each(&mut |node| {
        let sizes = match node {
            Node::Query(query) => rows(query),
            node => call(node).map(|(name, arguments)| sizes(tree, name, arguments, &mut problems)).unwrap_or_default(),
        };
        let is_query = matches!(node, Node::Query(_));
        for size in sizes {
            match tree.only_slot(size).filter(|slot| matches!(slot.form, Form::Limit { .. })) {
                Some(slot) => counted.push(slot.span.start),
                // What is wrong with a number of rows is reported by its own rule.
                None if is_query => counted.extend(tree.slots(size).into_iter().map(|slot| slot.span.start)),
                None => {
                    problems.extend(tree.slots(size).into_iter().map(|slot| {
                        Problem::new(slot.span.clone(), "a bound value chooses how much this function makes")
                            .help("cap it, and let it stand alone: `{n: max 100}`")
                    }));
                    problems.extend(carried.problem(tree, size, "the size that a function makes"));
                }
            }
        }
        if let Node::Expr(Expr::Trim { trim_what, trim_characters, .. }) = node {
            let own = trim_what.as_deref().into_iter().chain(trim_characters.iter().flatten());
            problems.extend(own.flat_map(|expr| characters(tree, expr)));
        }
        if let Node::Expr(expr) = node {
            capped.extend(tree.slot(expr).filter(|slot| matches!(slot.form, Form::Limit { .. })));
        }
    });
    let stray = capped.into_iter().filter(|slot| !counted.contains(&slot.span.start));
    problems.extend(stray.map(|slot| {
        Problem::new(slot.span.clone(), "`max` caps a number of rows, or the size that a function makes")
            .help("write `LIMIT {n: max 100}`; elsewhere bind `{n}` and check its range in Rust")
    }));
    problems
}

/// The values that are looked for in other texts.
pub(super) fn needles(tree: &Tree<'_>) -> Vec<usize> {
    let mut found = Vec::new();
    tree.each(&mut |node| {
        if let Some((name, arguments)) = call(node)
            && is_named(name, &LOOKED_FOR)
        {
            let slots = arguments.into_iter().skip(1).take(1).flat_map(|expr| tree.slots(expr));
            found.extend(slots.filter_map(|slot| tree.template.slots().iter().position(|own| own == slot)));
        }
    });
    found
}

/// The numbers of rows of a query.
fn rows(query: &Query) -> Vec<&Expr> {
    let limit = match &query.limit_clause {
        Some(LimitClause::LimitOffset { limit, .. }) => limit.as_ref(),
        Some(LimitClause::OffsetCommaLimit { limit, .. }) => Some(limit),
        None => None,
    };
    let fetched = query.fetch.as_ref().and_then(|fetch| fetch.quantity.as_ref());
    limit.into_iter().chain(fetched).collect()
}

/// A function's name and its arguments, in an expression or in FROM.
fn call(node: Node<'_>) -> Option<(&ObjectName, Vec<&Expr>)> {
    let (name, list) = match node {
        Node::Expr(Expr::Function(function)) => match &function.args {
            FunctionArguments::List(list) => (&function.name, &list.args),
            _ => return None,
        },
        Node::Factor(TableFactor::Table { name, args: Some(args), .. }) => (name, &args.args),
        Node::Factor(TableFactor::Function { name, args, .. }) => (name, args),
        _ => return None,
    };
    Some((name, list.iter().filter_map(argument).collect()))
}

/// The arguments that are sizes.
fn sizes<'t>(
    tree: &Tree<'t>,
    name: &ObjectName,
    arguments: Vec<&'t Expr>,
    problems: &mut Vec<Problem>,
) -> Vec<&'t Expr> {
    if is_named(name, &SIZES) {
        return arguments;
    }
    if is_named(name, &REPEATED) {
        return arguments.into_iter().skip(1).take(1).collect();
    }
    if is_named(name, &TRIMMED) {
        problems.extend(arguments.into_iter().skip(1).flat_map(|expr| characters(tree, expr)));
        return vec![];
    }
    if !is_named(name, &FORMATS) {
        return vec![];
    }
    let Some((format, written)) = arguments.split_first() else { return vec![] };
    problems.extend(tree.slots(format).into_iter().map(|slot| {
        Problem::new(slot.span.clone(), "a format cannot be bound: its widths choose how long the text becomes")
            .help("write the format as a literal, and bind what it formats: `printf('%s', {name})`")
    }));
    // `%*d` takes its width from an argument.
    let fixed = matches!(format, Expr::Value(own) if matches!(&own.value, Value::SingleQuotedString(text) if !text.contains('*')));
    if fixed { vec![] } else { written.to_vec() }
}

/// Values among the characters that are taken off.
fn characters<'t>(tree: &Tree<'t>, expr: &'t Expr) -> Vec<Problem> {
    let problem = |slot: &Slot| {
        Problem::new(slot.span.clone(), "the characters to trim cannot be bound: many of them take seconds")
            .help("write them as a literal: `trim(name, ' .')`; or trim in Rust")
    };
    tree.slots(expr).into_iter().map(problem).collect()
}
