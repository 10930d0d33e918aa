//! Operators: AND and OR, comparisons of values, rows and sub-queries, IN, LIKE. In go the operands, out comes what the
//! dialect makes of them.

use std::ops::Range;

use sqlparser::ast::{BinaryOperator, Expr, InTarget, Query, UnaryOperator};

use crate::dialect::Dialect;
use crate::resolve::expr::expression::Placed;
use crate::resolve::query::scope::Scope;
use crate::resolve::resolver::{Judge, Typed};
use crate::types::{BOOL, TEXT};

impl Judge<'_> {
    pub(crate) fn binary(&mut self, scope: &Scope<'_>, left: &Expr, op: &BinaryOperator, right: &Expr) -> Typed {
        // AND and OR chains are flat for people: take their left side in a loop, so that depth means depth.
        if matches!(op, BinaryOperator::And | BinaryOperator::Or | BinaryOperator::Xor) {
            let word = if *op == BinaryOperator::And { "AND" } else { "OR" };
            let mut operands = vec![right];
            let mut rest = left;
            while let Expr::BinaryOp { left, op: own, right } = rest
                && own == op
            {
                operands.push(right);
                rest = left;
            }
            operands.push(rest);
            let mut nullable = false;
            for operand in operands.into_iter().rev() {
                let (typed, span) = self.placed(scope, operand);
                self.boolean(&typed, span, word);
                nullable |= typed.nullable;
            }
            return Typed::new(BOOL, nullable);
        }
        if self.dialect == Dialect::Sqlite && matches!(op, BinaryOperator::Is | BinaryOperator::IsNot) {
            let (left, right) = (self.placed(scope, left), self.placed(scope, right));
            self.operator("=", &left, &right);
            return Typed::new(BOOL, false);
        }
        if let (Expr::Tuple(one), Expr::Tuple(other)) = (left, right) {
            return self.rows(scope, one, op, other, self.span(right));
        }
        if let (Expr::Tuple(items), Expr::Subquery(query)) | (Expr::Subquery(query), Expr::Tuple(items)) = (left, right)
        {
            return self.row_and_query(scope, items, op, query);
        }
        let (left, right) = (self.placed(scope, left), self.placed(scope, right));
        let name = operator_name(op);
        if left.0.ty.is("record") != right.0.ty.is("record") && self.dialect != Dialect::Postgres {
            return self.refuse(right.1, "a row is compared with a row");
        }
        self.operator(&name, &left, &right)
    }

    fn row_and_query(&mut self, scope: &Scope<'_>, items: &[Expr], op: &BinaryOperator, query: &Query) -> Typed {
        let row: Vec<Placed> = items.iter().map(|item| self.placed(scope, item)).collect();
        let outputs = self.query(&scope.inner(), query);
        if outputs.len() != row.len() {
            let span = row.first().map_or(0..0, |(_, span)| span.clone());
            return self.wrong_width(span, row.len(), outputs.len());
        }
        for (left, right) in row.iter().zip(outputs) {
            self.operator(&operator_name(op), left, &(right.typed, right.span));
        }
        Typed::new(BOOL, true)
    }

    fn rows(
        &mut self,
        scope: &Scope<'_>,
        one: &[Expr],
        op: &BinaryOperator,
        other: &[Expr],
        span: Range<usize>,
    ) -> Typed {
        if one.len() != other.len() {
            return self.refuse(span, format!("rows of {} and {} values cannot be compared", one.len(), other.len()));
        }
        let mut nullable = false;
        for (left, right) in one.iter().zip(other) {
            let (left, right) = (self.placed(scope, left), self.placed(scope, right));
            nullable |= self.operator(&operator_name(op), &left, &right).nullable;
        }
        Typed::new(BOOL, nullable)
    }

    pub(crate) fn unary(&mut self, scope: &Scope<'_>, op: UnaryOperator, expr: &Expr) -> Typed {
        let inner = self.placed(scope, expr);
        match op {
            UnaryOperator::Not | UnaryOperator::BangNot => {
                self.boolean(&inner.0, inner.1, "NOT");
                Typed::new(BOOL, inner.0.nullable)
            }
            UnaryOperator::Plus if self.dialect != Dialect::Postgres => inner.0,
            _ => self.prefix(&op.to_string(), &inner),
        }
    }

    pub(crate) fn like(
        &mut self,
        scope: &Scope<'_>,
        name: &str,
        expr: &Expr,
        pattern: &Expr,
        escape: Option<&Expr>,
    ) -> Typed {
        let (value, pattern) = (self.placed(scope, expr), self.placed(scope, pattern));
        if let Some(escape) = escape {
            let (typed, span) = self.placed(scope, escape);
            self.assign(&typed, &TEXT, span, "ESCAPE");
        }
        self.operator(name, &value, &pattern)
    }

    pub(crate) fn in_target(&mut self, scope: &Scope<'_>, expr: &Expr, target: &InTarget) -> Typed {
        match target {
            InTarget::List(items) => {
                if items.is_empty() && self.dialect != Dialect::Sqlite {
                    return self.refuse(self.span(expr), "IN () needs a value");
                }
                if let Expr::Tuple(columns) = expr {
                    return self.in_rows(scope, columns, items);
                }
                let value = self.placed(scope, expr);
                let mut nullable = value.0.nullable;
                for item in items {
                    let item = self.placed(scope, item);
                    nullable |= self.operator("=", &value, &item).nullable;
                }
                Typed::new(BOOL, nullable)
            }
            InTarget::Subquery(query) => {
                let span = self.span(expr);
                let left: Vec<Placed> = match expr {
                    Expr::Tuple(items) => items.iter().map(|item| self.placed(scope, item)).collect(),
                    _ => vec![self.placed(scope, expr)],
                };
                let inner = scope.inner();
                let outputs = self.query(&inner, query);
                if outputs.len() != left.len() {
                    return self.wrong_width(span, left.len(), outputs.len());
                }
                let mut nullable = false;
                for (left, right) in left.iter().zip(outputs) {
                    nullable |= self.operator("=", left, &(right.typed, right.span)).nullable;
                }
                Typed::new(BOOL, nullable)
            }
            InTarget::Unnest(_) | InTarget::Table { .. } => {
                self.cannot_judge(self.span(expr), "this form of IN is not checked")
            }
        }
    }

    fn in_rows(&mut self, scope: &Scope<'_>, columns: &[Expr], items: &[Expr]) -> Typed {
        let mut nullable = false;
        for item in items {
            let span = self.span(item);
            let Expr::Tuple(values) = item else { return self.refuse(span, "a row is compared with rows") };
            nullable |= self.rows(scope, columns, &BinaryOperator::Eq, values, span).nullable;
        }
        Typed::new(BOOL, nullable)
    }

    pub(crate) fn wrong_width(&mut self, span: Range<usize>, wanted: usize, found: usize) -> Typed {
        if !self.is_content() {
            return Typed::any();
        }
        self.refuse(span, format!("the sub-query returns {found} columns where {wanted} is wanted"))
    }

    pub(crate) fn quantified(&mut self, scope: &Scope<'_>, left: &Expr, op: &BinaryOperator, right: &Expr) -> Typed {
        let left = self.placed(scope, left);
        let name = operator_name(op);
        let span = self.span(right);
        let query = match right {
            Expr::Subquery(query) => Some(query),
            Expr::Nested(inner) => match inner.as_ref() {
                Expr::Subquery(query) => Some(query),
                _ => None,
            },
            _ => None,
        };
        if let Some(query) = query {
            if self.dialect == Dialect::Sqlite {
                return self.refuse(span, "sqlite has no ANY and ALL");
            }
            let outputs = self.query(&scope.inner(), query);
            let [output] = outputs.as_slice() else { return self.wrong_width(span, 1, outputs.len()) };
            return self.operator(&name, &left, &(output.typed.clone(), output.span.clone()));
        }
        if self.dialect != Dialect::Postgres {
            return self.refuse(span, format!("{} has no arrays", self.dialect));
        }
        let array = self.placed(scope, right);
        self.array_operator(&name, &left, &array)
    }
}

fn operator_name(op: &BinaryOperator) -> String {
    match op {
        BinaryOperator::PGCustomBinaryOperator(parts) => parts.last().cloned().unwrap_or_default(),
        BinaryOperator::NotEq => "<>".to_owned(),
        other => other.to_string(),
    }
}
