//! Expressions: what each form of the grammar is made of, and what comes out. Which operators and conversions exist is
//! the dialect's business: `postgres/` refuses, `loose` only hints.

use std::ops::Range;

use sqlparser::ast::{
    AccessExpr, BinaryOperator, CeilFloorKind, Expr, InTarget, Query, Subscript, TrimWhereField, UnaryOperator, Value,
    ValueWithSpan,
};

use super::dialect::Dialect;
use super::judge::{Judge, Typed};
use super::scope::Scope;
use super::select::Output;
use super::types::{self, BOOL, FLOAT8, INT4, INT8, INTERVAL, NUMERIC, TEXT, TIMESTAMPTZ, Ty};

/// An expression's type beside its place.
pub(crate) type Placed = (Typed, Range<usize>);

impl Judge<'_> {
    pub(crate) fn expr(&mut self, scope: &Scope<'_>, expr: &Expr) -> Typed {
        let span = self.span(expr);
        // A grouped expression is looked at without the rule for what is in it.
        if let Some(grouped) = &scope.grouped
            && grouped.has_expression(expr)
        {
            let free = Scope { grouped: None, ..scope.clone() };
            return self.deeper(span, Typed::any(), |judge| judge.expr_inner(&free, expr));
        }
        self.deeper(span, Typed::any(), |judge| judge.expr_inner(scope, expr))
    }

    fn placed(&mut self, scope: &Scope<'_>, expr: &Expr) -> Placed {
        (self.expr(scope, expr), self.span(expr))
    }

    fn expr_inner(&mut self, scope: &Scope<'_>, expr: &Expr) -> Typed {
        let span = self.span(expr);
        match expr {
            Expr::Identifier(ident) => self.column(scope, ident),
            Expr::CompoundIdentifier(parts) => self.qualified_column(scope, parts),
            Expr::Value(value) => self.value(value),
            Expr::Nested(inner) => self.expr(scope, inner),
            Expr::IsNull(inner) | Expr::IsNotNull(inner) => {
                // It gives a parameter no type; another use may.
                self.expr(scope, inner);
                Typed::new(BOOL, false)
            }
            Expr::IsTrue(inner)
            | Expr::IsNotTrue(inner)
            | Expr::IsFalse(inner)
            | Expr::IsNotFalse(inner)
            | Expr::IsUnknown(inner)
            | Expr::IsNotUnknown(inner) => {
                self.condition(scope, inner, "IS");
                Typed::new(BOOL, false)
            }
            Expr::IsDistinctFrom(left, right) | Expr::IsNotDistinctFrom(left, right) => {
                if self.dialect == Dialect::Mysql {
                    return self.refuse(span, "mysql has no IS DISTINCT FROM");
                }
                let (left, right) = (self.placed(scope, left), self.placed(scope, right));
                self.operator("=", &left, &right);
                Typed::new(BOOL, false)
            }
            Expr::In { expr, target, .. } => self.in_target(scope, expr, target),
            Expr::Between { expr, low, high, .. } => {
                let (value, low, high) = (self.placed(scope, expr), self.placed(scope, low), self.placed(scope, high));
                let above = self.operator(">=", &value, &low);
                let below = self.operator("<=", &value, &high);
                Typed::new(BOOL, above.nullable || below.nullable)
            }
            Expr::BinaryOp { left, op, right } => self.binary(scope, left, op, right),
            Expr::UnaryOp { op, expr } => self.unary(scope, *op, expr),
            Expr::Like { expr, pattern, escape_char, any: false, .. } => {
                self.like(scope, "~~", expr, pattern, escape_char.as_deref())
            }
            Expr::ILike { expr, pattern, escape_char, any: false, .. } if self.dialect == Dialect::Postgres => {
                self.like(scope, "~~*", expr, pattern, escape_char.as_deref())
            }
            Expr::SimilarTo { expr, pattern, escape_char, .. } if self.dialect == Dialect::Postgres => {
                self.like(scope, "~", expr, pattern, escape_char.as_deref())
            }
            Expr::RLike { expr, pattern, .. } if self.dialect == Dialect::Mysql => {
                self.like(scope, "~", expr, pattern, None)
            }
            Expr::AnyOp { left, compare_op, right, .. } | Expr::AllOp { left, compare_op, right } => {
                self.quantified(scope, left, compare_op, right)
            }
            Expr::Cast { expr, data_type, format: None, .. } => {
                let inner = self.placed(scope, expr);
                self.cast(&inner, data_type, span)
            }
            Expr::Convert { expr, data_type: Some(data_type), charset: None, .. } if self.dialect == Dialect::Mysql => {
                let inner = self.placed(scope, expr);
                self.cast(&inner, data_type, span)
            }
            Expr::Convert { expr, charset: Some(_), .. } if self.dialect == Dialect::Mysql => {
                let inner = self.expr(scope, expr);
                Typed::new(TEXT, inner.nullable)
            }
            Expr::TypedString(typed) => {
                let ty = self.named_type(&typed.data_type, span.clone());
                if let Some(text) = typed.value.value.clone().into_string() {
                    self.literal_fits(&text, &ty, span);
                }
                Typed::new(ty, self.dialect != Dialect::Postgres)
            }
            Expr::Function(function) => self.function(scope, function),
            Expr::Case { operand, conditions, else_result, .. } => {
                self.case(scope, operand.as_deref(), conditions, else_result.as_deref(), span)
            }
            Expr::Exists { subquery, .. } => {
                let inner = scope.within(scope.clause);
                self.query(&inner.inner(), subquery);
                Typed::new(BOOL, false)
            }
            Expr::Subquery(query) => self.scalar(scope, query, span),
            Expr::Tuple(items) => {
                // Every item is looked at, also after one that can be NULL.
                let items: Vec<Typed> = items.iter().map(|item| self.expr(scope, item)).collect();
                let nullable = items.iter().any(|item| item.nullable);
                Typed::new(Ty::fixed("record"), nullable)
            }
            Expr::Collate { expr, .. } => self.expr(scope, expr),
            Expr::Ceil { expr, field } if is_plain(field) => {
                let argument = self.placed(scope, expr);
                self.named_call("ceil", vec![argument], span)
            }
            Expr::Floor { expr, field } if is_plain(field) => {
                let argument = self.placed(scope, expr);
                self.named_call("floor", vec![argument], span)
            }
            _ => self.worded(scope, expr, span),
        }
    }

    /// The forms that are functions with words between their arguments.
    fn worded(&mut self, scope: &Scope<'_>, expr: &Expr, span: Range<usize>) -> Typed {
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

    fn value(&mut self, value: &ValueWithSpan) -> Typed {
        let span = self.source.range(value.span);
        let text = |ty: Ty, text: &str| Typed { literal: Some(text.to_owned()), ..Typed::new(ty, false) };
        let string = if self.dialect == Dialect::Postgres { Ty::Open } else { TEXT };
        match &value.value {
            Value::Placeholder(_) => self.placeholder(span),
            Value::Null => Typed::new(Ty::Open, true),
            Value::Boolean(_) => Typed::new(BOOL, false),
            // PostgreSQL reads them from version 16 on.
            Value::Number(digits, _)
                if self.dialect == Dialect::Postgres && digits.starts_with('0') && digits.contains(is_radix) =>
            {
                self.cannot_judge(span, format!("`{digits}` is not checked"))
            }
            Value::Number(digits, _) => Typed::new(self.number(digits), false),
            Value::SingleQuotedString(own) | Value::NationalStringLiteral(own) => text(string, own),
            Value::EscapedStringLiteral(own) | Value::UnicodeStringLiteral(own)
                if self.dialect == Dialect::Postgres =>
            {
                text(string, own)
            }
            Value::DollarQuotedString(own) if self.dialect == Dialect::Postgres => text(string, &own.value),
            Value::DoubleQuotedString(own) if self.dialect == Dialect::Mysql => text(string, own),
            Value::DoubleQuotedString(_) if self.dialect == Dialect::Sqlite => {
                self.cannot_judge(span, "text in double quotes is not checked")
            }
            Value::HexStringLiteral(_) if self.dialect == Dialect::Postgres => Typed::new(Ty::fixed("bit"), false),
            Value::HexStringLiteral(_) => Typed::new(types::BYTEA, false),
            Value::SingleQuotedByteStringLiteral(_) if self.dialect == Dialect::Postgres => {
                Typed::new(Ty::fixed("bit"), false)
            }
            Value::SingleQuotedByteStringLiteral(_) if self.dialect == Dialect::Mysql => Typed::any(),
            _ => self.refuse(span, format!("{} has no such literal", self.dialect)),
        }
    }

    fn number(&self, digits: &str) -> Ty {
        let fraction = digits.contains(['.', 'e', 'E']) && !digits.starts_with("0x");
        match self.dialect {
            Dialect::Postgres if fraction => NUMERIC,
            Dialect::Postgres if digits.parse::<i32>().is_ok() => INT4,
            Dialect::Postgres if digits.parse::<i64>().is_ok() => INT8,
            Dialect::Postgres => NUMERIC,
            Dialect::Sqlite if fraction || (!digits.starts_with("0x") && digits.parse::<i64>().is_err()) => FLOAT8,
            Dialect::Mysql if digits.contains(['e', 'E']) && fraction => FLOAT8,
            Dialect::Mysql if fraction || digits.parse::<u64>().is_err() => NUMERIC,
            Dialect::Sqlite | Dialect::Mysql => INT8,
        }
    }

    fn binary(&mut self, scope: &Scope<'_>, left: &Expr, op: &BinaryOperator, right: &Expr) -> Typed {
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

    fn unary(&mut self, scope: &Scope<'_>, op: UnaryOperator, expr: &Expr) -> Typed {
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

    fn like(&mut self, scope: &Scope<'_>, name: &str, expr: &Expr, pattern: &Expr, escape: Option<&Expr>) -> Typed {
        let (value, pattern) = (self.placed(scope, expr), self.placed(scope, pattern));
        if let Some(escape) = escape {
            let (typed, span) = self.placed(scope, escape);
            self.assign(&typed, &TEXT, span, "ESCAPE");
        }
        self.operator(name, &value, &pattern)
    }

    fn in_target(&mut self, scope: &Scope<'_>, expr: &Expr, target: &InTarget) -> Typed {
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

    fn wrong_width(&mut self, span: Range<usize>, wanted: usize, found: usize) -> Typed {
        if !self.is_content() {
            return Typed::any();
        }
        self.refuse(span, format!("the sub-query returns {found} columns where {wanted} is wanted"))
    }

    fn quantified(&mut self, scope: &Scope<'_>, left: &Expr, op: &BinaryOperator, right: &Expr) -> Typed {
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

    fn case(
        &mut self,
        scope: &Scope<'_>,
        operand: Option<&Expr>,
        conditions: &[sqlparser::ast::CaseWhen],
        else_result: Option<&Expr>,
        span: Range<usize>,
    ) -> Typed {
        let mut operand = operand.map(|operand| self.placed(scope, operand));
        // PostgreSQL: an operand without a type is text before any WHEN is looked at.
        if self.dialect == Dialect::Postgres
            && let Some((typed, span)) = &mut operand
            && typed.ty == Ty::Open
        {
            self.assign(typed, &TEXT, span.clone(), "CASE");
            typed.ty = TEXT;
        }
        let mut results = Vec::new();
        for when in conditions {
            match &operand {
                Some(operand) => {
                    let value = self.placed(scope, &when.condition);
                    self.operator("=", operand, &value);
                }
                None => self.condition(scope, &when.condition, "WHEN"),
            }
            results.push(self.placed(scope, &when.result));
        }
        if let Some(result) = else_result {
            // PostgreSQL looks at ELSE first when it chooses the common type.
            results.insert(0, self.placed(scope, result));
        }
        let cells: Vec<_> = results.iter().map(|(typed, span)| (typed, span.clone())).collect();
        let typed = if cells.is_empty() { self.refuse(span, "CASE needs a WHEN") } else { self.unify(&cells, "CASE") };
        typed.nullable_if(else_result.is_none())
    }

    fn scalar(&mut self, scope: &Scope<'_>, query: &Query, span: Range<usize>) -> Typed {
        let outputs = self.query(&scope.inner(), query);
        let [Output { typed, .. }] = outputs.as_slice() else { return self.wrong_width(span, 1, outputs.len()) };
        // No row gives NULL, except that an aggregate without GROUP BY always gives one.
        let always = is_whole_aggregate(self, query);
        let mut typed = typed.clone().nullable_if(!always);
        typed.from = None;
        if self.dialect == Dialect::Postgres && typed.ty == Ty::Open {
            self.assign(&typed, &TEXT, span, "a sub-query");
            typed.ty = TEXT;
        }
        typed
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

fn is_radix(letter: char) -> bool {
    matches!(letter, 'x' | 'X' | 'o' | 'O' | 'b' | 'B')
}

fn is_plain(field: &CeilFloorKind) -> bool {
    matches!(field, CeilFloorKind::DateTimeField(sqlparser::ast::DateTimeField::NoDateTime))
}

fn operator_name(op: &BinaryOperator) -> String {
    match op {
        BinaryOperator::PGCustomBinaryOperator(parts) => parts.last().cloned().unwrap_or_default(),
        BinaryOperator::NotEq => "<>".to_owned(),
        other => other.to_string(),
    }
}

fn is_whole_aggregate(judge: &Judge<'_>, query: &Query) -> bool {
    let sqlparser::ast::SetExpr::Select(select) = query.body.as_ref() else { return false };
    let ungrouped = matches!(&select.group_by, sqlparser::ast::GroupByExpr::Expressions(list, _) if list.is_empty());
    ungrouped && select.having.is_none() && query.limit_clause.is_none() && judge.list_aggregates(&select.projection)
}
