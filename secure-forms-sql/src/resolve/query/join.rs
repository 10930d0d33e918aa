//! Joins: which rows can be left out, and so whose columns can be NULL; the common columns of USING and NATURAL
//! (PostgreSQL 7.2.1.1).

use std::ops::Range;

use sqlparser::ast::{Ident, Join, JoinConstraint, JoinOperator};

use crate::dialect::JoinCondition;
use crate::resolve::relation::{Relation, ScopeColumn};
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::{Clause, Scope};

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Inner,
    Left,
    Right,
    Full,
}

/// Joins the relations from `start` on with those from `middle` on, which `join` has added.
pub(crate) fn join(r: &mut Resolver<'_>, scope: &mut Scope<'_>, (start, middle): (usize, usize), join: &Join) {
    use JoinOperator as J;
    let span = r.source.node(&join.relation);
    let (side, constraint) = match &join.join_operator {
        J::Join(on) | J::Inner(on) => (Side::Inner, on),
        J::StraightJoin(on) if r.dialect.query().straight_join => (Side::Inner, on),
        J::CrossJoin(on) => (Side::Inner, on),
        J::Left(on) | J::LeftOuter(on) => (Side::Left, on),
        J::Right(on) | J::RightOuter(on) => (Side::Right, on),
        J::FullOuter(on) if r.dialect.query().full_join => (Side::Full, on),
        _ => {
            r.refuse(span, format!("{} has no such join", r.dialect));
            return;
        }
    };
    let is_cross = matches!(join.join_operator, J::CrossJoin(_));
    let wants_condition = match r.dialect.query().join_condition {
        JoinCondition::Always => !is_cross,
        JoinCondition::OfOuter => matches!(side, Side::Left | Side::Right),
        JoinCondition::Optional => false,
    };
    let mut common = Vec::new();
    match constraint {
        JoinConstraint::None if wants_condition => {
            r.refuse(span, "this join needs ON or USING");
        }
        JoinConstraint::On(_) | JoinConstraint::Using(_) if is_cross && !r.dialect.query().cross_join_condition => {
            r.refuse(span, "CROSS JOIN takes no condition");
        }
        JoinConstraint::On(condition) => {
            // Else a condition sees the tables of its own join only, not those before a comma.
            let first = if r.dialect.query().comma_is_join { 0 } else { start };
            let seen = scope.relations.get(first..).unwrap_or_default().to_vec();
            let inner = Scope { relations: seen, ..scope.within(Clause::Plain("ON")) };
            r.condition(&inner, condition, "ON");
        }
        JoinConstraint::Using(names) => {
            let idents = names.iter().filter_map(|name| name.0.last().and_then(|part| part.as_ident()));
            let idents: Vec<Ident> = idents.cloned().collect();
            common = using(r, scope, start, middle, &idents, side);
        }
        JoinConstraint::Natural => {
            let idents = common_columns(scope, start, middle);
            common = using(r, scope, start, middle, &idents, side);
        }
        JoinConstraint::UsingAlias(..) => {
            r.cannot_judge(span.clone(), "USING … AS is not checked");
        }
        JoinConstraint::None => {}
    }
    outer(scope, start, middle, side);
    if !common.is_empty() {
        // Standard SQL lists the common columns first.
        scope.relations.insert(start, Relation::of_columns(String::new(), common));
    }
}

/// Each common column becomes one: the left one, or in a RIGHT JOIN the right one, or in a FULL JOIN whichever is there.
fn using(
    r: &mut Resolver<'_>,
    scope: &mut Scope<'_>,
    start: usize,
    middle: usize,
    names: &[Ident],
    side: Side,
) -> Vec<ScopeColumn> {
    let mut merged = Vec::new();
    for ident in names {
        let key = r.dialect.column_name(ident);
        let one = position(scope, start..middle, &key);
        let other = position(scope, middle..scope.relations.len(), &key);
        let (Some(one), Some(other)) = (one, other) else {
            if !scope.relations.iter().skip(start).any(|own| own.opaque) {
                let message = format!("column `{}` of USING is not in both tables", ident.value);
                r.refuse(r.source.ident(ident), message);
            }
            continue;
        };
        // SQLite looks for a second one only where the joined column is whichever is there.
        let matters = !r.dialect.query().using_keeps_left || matches!(side, Side::Right | Side::Full);
        if matters && position(scope, one.0 + 1..middle, &key).is_some() {
            let message = format!("column `{}` of USING is in several tables on the left", ident.value);
            r.refuse(r.source.ident(ident), message);
        }
        let (left, right) = (column_at(scope, one), column_at(scope, other));
        let (Some(left), Some(right)) = (left, right) else { continue };
        let span = r.source.ident(ident);
        r.typing.operator(&mut r.inference, "=", &(left.typed(), span.clone()), &(right.typed(), span.clone()));
        let joined =
            r.typing.unify(&mut r.inference, &[(&left.typed(), span.clone()), (&right.typed(), span)], "USING");
        let nullable = match side {
            Side::Inner => left.nullable && right.nullable,
            Side::Left => left.nullable,
            Side::Right => right.nullable,
            Side::Full => left.nullable || right.nullable,
        };
        let from = if side == Side::Right { right.from } else { left.from };
        let from = if side == Side::Full { None } else { from };
        merged.push(ScopeColumn { key, name: left.name, ty: joined.ty, nullable, from, merged: false });
        set_merged(scope, other);
        if !r.dialect.query().using_keeps_left {
            set_merged(scope, one);
        }
    }
    // SQLite keeps the left table's column in its place.
    if r.dialect.query().using_keeps_left { Vec::new() } else { merged }
}

/// What an outer join can leave out becomes nullable. Common columns of an earlier USING become so too: nothing says
/// where they come from.
fn outer(scope: &mut Scope<'_>, start: usize, middle: usize, side: Side) {
    for (at, relation) in scope.relations.iter_mut().enumerate().skip(start) {
        let left = at < middle;
        let missing = match side {
            Side::Inner => false,
            Side::Left => !left,
            Side::Right => left,
            Side::Full => true,
        };
        if missing {
            relation.make_nullable();
        }
    }
}

pub(crate) fn position(scope: &Scope<'_>, among: Range<usize>, key: &str) -> Option<(usize, usize)> {
    let start = among.start;
    scope.relations.get(among)?.iter().enumerate().find_map(|(at, relation)| {
        let place = relation.columns.iter().position(|column| column.key == key && !column.merged)?;
        Some((start + at, place))
    })
}

fn column_at(scope: &Scope<'_>, (relation, place): (usize, usize)) -> Option<ScopeColumn> {
    scope.relations.get(relation)?.columns.get(place).cloned()
}

fn set_merged(scope: &mut Scope<'_>, (relation, place): (usize, usize)) {
    if let Some(column) = scope.relations.get_mut(relation).and_then(|own| own.columns.get_mut(place)) {
        column.merged = true;
    }
}

fn common_columns(scope: &Scope<'_>, start: usize, middle: usize) -> Vec<Ident> {
    let columns = |among: Range<usize>| {
        scope
            .relations
            .get(among)
            .unwrap_or_default()
            .iter()
            .flat_map(|own| own.columns.iter().filter(|column| !column.merged))
    };
    columns(start..middle)
        .filter(|left| columns(middle..scope.relations.len()).any(|right| right.key == left.key))
        .map(|column| Ident::with_quote('"', &column.key))
        .collect()
}
