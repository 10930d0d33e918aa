//! Functions that choose one of their arguments.

use crate::dialect::Dialect;
use crate::types::{DATE, TIME, TIMESTAMP, TIMESTAMPTZ, Ty};
use crate::typing::Typing;
use crate::typing::call::Call;
use crate::typing::inference::Inference;
use crate::typing::value::Typed;

/// `coalesce`, `nullif`, `greatest` and `least`: in every dialect, with the same meaning up to NULL.
pub(super) fn conditional(typing: &dyn Typing, inference: &mut Inference<'_>, call: &Call) -> Option<Typed> {
    let count = call.arguments.len();
    let cells: Vec<_> = call.arguments.iter().map(|(_, (typed, span))| (typed, span.clone())).collect();
    let all_nullable = cells.iter().all(|(typed, _)| typed.nullable);
    let any_nullable = cells.iter().any(|(typed, _)| typed.nullable);
    let unified = |inference: &mut Inference<'_>| {
        let typed = typing.unify(inference, &cells, &call.name.to_uppercase());
        let typed = typing.text_if_open(inference, typed, call.span.clone());
        Typed { from: None, param: None, column: None, literal: None, ..typed }
    };
    match chosen(&call.name, inference.dialect, count)? {
        Chosen::FirstPresent => Some(Typed { nullable: all_nullable, ..unified(inference) }),
        Chosen::NullIfEqual => {
            let [(_, left), (_, right)] = call.arguments.as_slice() else { return None };
            let ty = typing.left_operand(inference, "=", left, right);
            Some(Typed::new(ty, true))
        }
        Chosen::ExtremeOrNull => {
            // Beside a date or a time, what is none becomes NULL.
            let mixed = cells.iter().any(|(typed, _)| is_temporal(&typed.ty))
                && cells.windows(2).any(|pair| matches!(pair, [one, other] if one.0.ty != other.0.ty));
            Some(Typed { nullable: any_nullable || mixed, ..unified(inference) })
        }
        Chosen::ByCondition => {
            // Conditions stand at the even places, but for the last one if it has no result beside it: that is ELSE.
            let has_else = count % 2 == 1;
            let is_result = |at: usize| at % 2 == 1 || (has_else && at + 1 == count);
            let results: Vec<_> =
                cells.iter().enumerate().filter(|(at, _)| is_result(*at)).map(|(_, cell)| cell.clone()).collect();
            let typed = typing.unify(inference, &results, "IF");
            let typed = Typed { from: None, param: None, column: None, literal: None, ..typed };
            Some(typed.nullable_if(!has_else))
        }
    }
}

/// Which argument is chosen.
enum Chosen {
    /// The first, or the greatest or least, that is not NULL.
    FirstPresent,
    /// The first, unless both are equal.
    NullIfEqual,
    /// The greatest or least, and NULL beside a NULL.
    ExtremeOrNull,
    /// That behind the first condition that holds.
    ByCondition,
}

/// What a call of so many arguments does in a dialect; `None` where it has no such function.
fn chosen(name: &str, dialect: Dialect, count: usize) -> Option<Chosen> {
    let by_dialect = match dialect {
        Dialect::Postgres => match (name, count) {
            // They pass over NULLs.
            ("coalesce" | "greatest" | "least", 1..) => Some(Chosen::FirstPresent),
            _ => None,
        },
        Dialect::Mysql => match (name, count) {
            ("coalesce", 1..) | ("ifnull" | "nvl", 2) => Some(Chosen::FirstPresent),
            ("greatest" | "least", 2..) => Some(Chosen::ExtremeOrNull),
            ("if", 3) => Some(Chosen::ByCondition),
            _ => None,
        },
        Dialect::Sqlite => match (name, count) {
            ("coalesce", 2..) | ("ifnull", 2) => Some(Chosen::FirstPresent),
            ("iif" | "if", 2..) => Some(Chosen::ByCondition),
            _ => None,
        },
    };
    by_dialect.or(matches!((name, count), ("nullif", 2)).then_some(Chosen::NullIfEqual))
}

fn is_temporal(ty: &Ty) -> bool {
    [DATE, TIME, TIMESTAMP, TIMESTAMPTZ].contains(ty)
}
