//! LIMIT, OFFSET and FETCH.

use sqlparser::ast::{Expr, LimitClause, Query};

use crate::resolve::resolver::Resolver;
use crate::resolve::scope::{Clause, Scope};
use crate::types::INT8;

pub(crate) fn limits(r: &mut Resolver<'_>, scope: &Scope<'_>, query: &Query) {
    let mut counts: Vec<&Expr> = Vec::new();
    match &query.limit_clause {
        Some(LimitClause::LimitOffset { limit, offset, limit_by }) => {
            if !limit_by.is_empty() {
                r.refuse(r.source.node(query), format!("{} has no LIMIT BY", r.dialect));
            }
            if offset.is_some() && limit.is_none() && !r.dialect.query().offset_alone {
                r.refuse(r.source.node(query), format!("{} has no OFFSET without LIMIT", r.dialect));
            }
            counts.extend(limit);
            counts.extend(offset.as_ref().map(|offset| &offset.value));
        }
        Some(LimitClause::OffsetCommaLimit { offset, limit }) => {
            if !r.dialect.query().limit_pair {
                r.refuse(r.source.node(limit), format!("{} has no `LIMIT a, b`", r.dialect));
            }
            counts.extend([offset, limit]);
        }
        None => {}
    }
    counts.extend(query.fetch.iter().filter_map(|fetch| fetch.quantity.as_ref()));
    let empty = Scope { relations: Vec::new(), ..scope.within(Clause::Plain("LIMIT")) };
    for count in counts {
        if !r.dialect.query().computed_limit && !matches!(count, Expr::Value(_)) {
            r.refuse(r.source.node(count), format!("LIMIT takes a number or a parameter in {}", r.dialect));
        }
        let typed = r.expr(&empty, count);
        r.typing.assign(&mut r.inference, &typed, &INT8, r.source.node(count), "LIMIT");
    }
}
