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
    match (call.name.as_str(), inference.dialect, count) {
        ("coalesce", Dialect::Postgres | Dialect::Mysql, 1..) | ("coalesce", Dialect::Sqlite, 2..) => {
            Some(Typed { nullable: all_nullable, ..unified(inference) })
        }
        ("ifnull", Dialect::Sqlite | Dialect::Mysql, 2) | ("nvl", Dialect::Mysql, 2) => {
            Some(Typed { nullable: all_nullable, ..unified(inference) })
        }
        ("nullif", _, 2) => {
            let [(_, left), (_, right)] = call.arguments.as_slice() else { return None };
            let ty = typing.left_operand(inference, "=", left, right);
            Some(Typed::new(ty, true))
        }
        // PostgreSQL's pass over NULLs, MariaDB's do not.
        ("greatest" | "least", Dialect::Postgres, 1..) => Some(Typed { nullable: all_nullable, ..unified(inference) }),
        ("greatest" | "least", Dialect::Mysql, 2..) => {
            // Beside a date or a time, what is none becomes NULL.
            let mixed = cells.iter().any(|(typed, _)| is_temporal(&typed.ty))
                && cells.windows(2).any(|pair| matches!(pair, [one, other] if one.0.ty != other.0.ty));
            Some(Typed { nullable: any_nullable || mixed, ..unified(inference) })
        }
        ("iif" | "if", Dialect::Sqlite, 2..) | ("if", Dialect::Mysql, 3) => {
            // Conditions stand at the even places, but for the last one if it has no result beside it: that is ELSE.
            let has_else = count % 2 == 1;
            let is_result = |at: usize| at % 2 == 1 || (has_else && at + 1 == count);
            let results: Vec<_> =
                cells.iter().enumerate().filter(|(at, _)| is_result(*at)).map(|(_, cell)| cell.clone()).collect();
            let typed = typing.unify(inference, &results, "IF");
            let typed = Typed { from: None, param: None, column: None, literal: None, ..typed };
            Some(typed.nullable_if(!has_else))
        }
        _ => None,
    }
}

fn is_temporal(ty: &Ty) -> bool {
    [DATE, TIME, TIMESTAMP, TIMESTAMPTZ].contains(ty)
}
