//! What SQLite has to itself ("Expressions", "Datatypes In SQLite", "JSON Functions And Operators").

use std::ops::Range;

use sqlparser::ast::{DataType, Value};

use crate::dialect::Dialect;
use crate::schema::declared;
use crate::types::{self, BOOL, FLOAT8, INT8, NUMERIC, TEXT, Ty};
use crate::typing::call::{Call, Role};
use crate::typing::inference::Inference;
use crate::typing::rows::{DeclaredColumn, RowColumn, Rows};
use crate::typing::value::{Placed, Typed};
use crate::typing::{Typing, dynamic, dynamic_call, functions, literal};

pub(crate) struct Sqlite;

impl Typing for Sqlite {
    fn operator(&self, inference: &mut Inference<'_>, name: &str, left: &Placed, right: &Placed) -> Typed {
        let nullable = left.0.nullable || right.0.nullable;
        match name {
            // MATCH is a function that may answer NULL.
            "GLOB" | "MATCH" => {
                dynamic::hint_texts(inference, left, right);
                Typed::new(BOOL, nullable || name == "MATCH")
            }
            "REGEXP" => {
                let message = "sqlite has no REGEXP unless the program adds the function `regexp`";
                inference.cannot_judge(right.1.clone(), message)
            }
            "||" => {
                dynamic::hint_texts(inference, left, right);
                Typed::new(TEXT, nullable)
            }
            "+" | "-" | "*" => {
                // Infinity is a number of SQLite's, and what it gives beside zero or its negative is NULL.
                let ty = dynamic::arithmetic(inference, left, right);
                let nullable = nullable || ty != INT8;
                Typed::new(ty, nullable)
            }
            "->" => {
                dynamic::hint(inference, right.0.clone(), &TEXT);
                Typed::new(TEXT, true)
            }
            _ => dynamic::operator(inference, name, left, right),
        }
    }

    fn cast(&self, inference: &mut Inference<'_>, inner: &Placed, data_type: &DataType, _span: Range<usize>) -> Typed {
        let ty = match declared::read(Dialect::Sqlite, data_type).ty {
            // CAST works by affinity only: what other columns are called means nothing to it.
            ty if ty == BOOL => NUMERIC,
            ty if [types::DATE, types::TIMESTAMP, types::TIME, NUMERIC].contains(&ty) => Ty::Any,
            ty => ty,
        };
        let inner = dynamic::hint(inference, inner.0.clone(), &ty);
        Typed::new(ty, inner.nullable)
    }

    fn literal(&self, inference: &mut Inference<'_>, value: &Value, span: Range<usize>) -> Typed {
        match value {
            Value::Number(digits, _) => Typed::new(number(digits), false),
            Value::DoubleQuotedString(_) => inference.cannot_judge(span, "text in double quotes is not checked"),
            _ => literal::shared(inference, value, TEXT, span),
        }
    }

    fn constant(&self, name: &str) -> Option<Typed> {
        // It writes all three as text.
        let known = ["current_timestamp", "current_date", "current_time"];
        known.contains(&name.to_ascii_lowercase().as_str()).then(|| Typed::new(TEXT, false))
    }

    fn extract(&self, inference: &mut Inference<'_>, _inner: Placed, span: Range<usize>) -> Typed {
        inference.refuse(span, "sqlite has no EXTRACT")
    }

    fn role(&self, name: &str, count: usize) -> Role {
        functions::role(Dialect::Sqlite, name, count)
    }

    fn call(&self, inference: &mut Inference<'_>, call: &Call, role: Role) -> Typed {
        dynamic_call::call(self, inference, call, role)
    }

    fn rows(&self, inference: &mut Inference<'_>, call: &Call, _declared: &[DeclaredColumn<'_>]) -> Option<Rows> {
        for (_, (typed, _)) in call.arguments.iter().take(2) {
            dynamic::hint(inference, typed.clone(), &TEXT);
        }
        let is_json = matches!(call.name.as_str(), "json_each" | "json_tree" | "jsonb_each" | "jsonb_tree");
        if is_json && (1..=2).contains(&call.arguments.len()) {
            return Some(json_rows());
        }
        inference.cannot_judge(call.span.clone(), format!("the columns of `{}(…)` are not known", call.name));
        None
    }
}

fn number(digits: &str) -> Ty {
    let fraction = literal::has_fraction(digits);
    if fraction || (!digits.starts_with("0x") && digits.parse::<i64>().is_err()) { FLOAT8 } else { INT8 }
}

/// The columns of `json_each` and `json_tree` ("JSON Functions And Operators" 4.24).
fn json_rows() -> Rows {
    let columns = vec![
        RowColumn::new("key", Ty::Any, true),
        RowColumn::new("value", Ty::Any, true),
        RowColumn::new("type", TEXT, false),
        RowColumn::new("atom", Ty::Any, true),
        RowColumn::new("id", INT8, false),
        RowColumn::new("parent", INT8, true),
        RowColumn::new("fullkey", TEXT, false),
        RowColumn::new("path", TEXT, false),
    ];
    Rows { has_rowid: true, ..Rows::of(columns) }
}
