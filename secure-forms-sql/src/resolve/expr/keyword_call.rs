//! The expressions that are functions with words between their arguments (`substring(a FROM b)`), and the accesses into
//! arrays and documents.

use std::ops::Range;

use sqlparser::ast::{AccessExpr, Expr, Subscript, TrimWhereField};

use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::resolve::expr::expression::Placed;
use crate::resolve::query::scope::Scope;
use crate::resolve::resolver::{Judge, Typed};
use crate::types::{INT4, INT8, INTERVAL, TEXT, TIMESTAMPTZ, Ty};

impl Judge<'_> {
    /// The forms that are functions with words between their arguments.
    pub(crate) fn worded(&mut self, scope: &Scope<'_>, expr: &Expr, span: Range<usize>) -> Typed {
        match expr {
            Expr::Extract { expr, .. } if self.dialect != Dialect::Sqlite => {
                let inner = self.placed(scope, expr);
                self.extract(inner, span)
            }
            Expr::Position { expr, r#in } if self.dialect != Dialect::Sqlite => {
                let (needle, hay) = (self.placed(scope, expr), self.placed(scope, r#in));
                self.named_call("position", vec![hay, needle], span)
            }
            Expr::Substring { expr, substring_from, substring_for, .. } => {
                let mut arguments = vec![self.placed(scope, expr)];
                for part in substring_from.iter().chain(substring_for) {
                    arguments.push(self.placed(scope, part));
                }
                self.named_call("substring", arguments, span)
            }
            Expr::Trim { trim_where, trim_what, expr, trim_characters } => {
                let mut arguments = vec![self.placed(scope, expr)];
                for part in trim_what.iter().map(AsRef::as_ref).chain(trim_characters.iter().flatten()) {
                    arguments.push(self.placed(scope, part));
                }
                let name = match trim_where {
                    Some(TrimWhereField::Leading) => "ltrim",
                    Some(TrimWhereField::Trailing) => "rtrim",
                    Some(TrimWhereField::Both) | None if self.dialect == Dialect::Postgres => "btrim",
                    Some(TrimWhereField::Both) | None => "trim",
                };
                self.named_call(name, arguments, span)
            }
            Expr::Overlay { expr, overlay_what, overlay_from, overlay_for } if self.dialect == Dialect::Postgres => {
                let mut arguments = Vec::new();
                for part in [expr, overlay_what, overlay_from].into_iter().chain(overlay_for) {
                    arguments.push(self.placed(scope, part));
                }
                self.named_call("overlay", arguments, span)
            }
            Expr::AtTimeZone { timestamp, time_zone } if self.dialect == Dialect::Postgres => {
                let (zone, time) = (self.placed(scope, time_zone), self.placed(scope, timestamp));
                self.named_call("timezone", vec![zone, time], span)
            }
            Expr::Array(array) if self.dialect == Dialect::Postgres => {
                let items: Vec<Placed> = array.elem.iter().map(|item| self.placed(scope, item)).collect();
                if items.is_empty() {
                    return Typed::new(Ty::Any, false);
                }
                let cells: Vec<_> = items.iter().map(|(typed, span)| (typed, span.clone())).collect();
                let mut element = self.unify(&cells, "ARRAY");
                if element.ty == Ty::Open {
                    self.assign(&element, &TEXT, span, "ARRAY");
                    element.ty = TEXT;
                }
                Typed::new(element.ty.array(), false)
            }
            Expr::Interval(interval)
                if self.dialect == Dialect::Postgres && !matches!(interval.value.as_ref(), Expr::Value(_)) =>
            {
                let problem = Problem::refused(span, "INTERVAL takes text in quotes");
                self.problem(problem.help("write `make_interval(days => …)` or `…::interval`"));
                Typed::any()
            }
            Expr::Interval(interval) if self.dialect != Dialect::Sqlite => {
                self.expr(scope, &interval.value);
                Typed::new(INTERVAL, false)
            }
            Expr::CompoundFieldAccess { root, access_chain } if self.dialect == Dialect::Postgres => {
                self.subscripts(scope, root, access_chain, span)
            }
            Expr::Prefixed { value, .. } if self.dialect == Dialect::Mysql => self.expr(scope, value),
            Expr::MatchAgainst { .. } if self.dialect == Dialect::Mysql => {
                self.cannot_judge(span, "MATCH … AGAINST is not checked")
            }
            _ => self.cannot_judge(span, format!("this expression is not checked for {}", self.dialect)),
        }
    }

    fn subscripts(&mut self, scope: &Scope<'_>, root: &Expr, chain: &[AccessExpr], span: Range<usize>) -> Typed {
        let mut current = self.expr(scope, root);
        let mut sliced = false;
        for access in chain {
            match access {
                AccessExpr::Subscript(Subscript::Index { index }) => {
                    let (index, at) = self.placed(scope, index);
                    if current.ty.is("jsonb") {
                        continue;
                    }
                    self.assign(&index, &INT4, at, "a subscript");
                }
                AccessExpr::Subscript(Subscript::Slice { lower_bound, upper_bound, stride: None }) => {
                    sliced = true;
                    for bound in lower_bound.iter().chain(upper_bound) {
                        let (index, at) = self.placed(scope, bound);
                        self.assign(&index, &INT4, at, "a subscript");
                    }
                }
                _ => return self.cannot_judge(span, "this access is not checked"),
            }
        }
        current.from = None;
        current.nullable = true;
        match (current.ty.element(), sliced) {
            (Some(element), false) => Typed { ty: element, ..current },
            (Some(_), true) => current,
            (None, _) if current.ty.is("jsonb") || current.ty == Ty::Any => current,
            (None, _) => self.refuse(span, format!("{} cannot be subscripted", current.ty)),
        }
    }

    fn extract(&mut self, inner: Placed, span: Range<usize>) -> Typed {
        let nullable = inner.0.nullable;
        match self.dialect {
            Dialect::Mysql => Typed::new(INT8, true),
            _ => {
                let field = (Typed::new(TEXT, false), span.clone());
                let open = inner.0.ty == Ty::Open;
                let inner = if open { (Typed { ty: TIMESTAMPTZ, ..inner.0 }, inner.1) } else { inner };
                self.named_call("extract", vec![field, inner], span).nullable_if(nullable)
            }
        }
    }
}
