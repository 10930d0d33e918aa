//! What MariaDB and MySQL have to themselves (MariaDB "Operators", "CAST", "Date and Time Functions").

use std::ops::Range;

use sqlparser::ast::{DataType, Value};

use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::schema::declared;
use crate::types::{self, BOOL, DATE, FLOAT8, INT2, INT4, INT8, INTERVAL, NUMERIC, TEXT, TIME, TIMESTAMP, Ty};
use crate::typing::call::{Call, Role};
use crate::typing::inference::Inference;
use crate::typing::rows::{DeclaredColumn, Rows};
use crate::typing::value::{Placed, Typed};
use crate::typing::{Typing, dynamic, dynamic_call, functions, literal};

pub(crate) struct Mysql;

impl Typing for Mysql {
    fn operator(&self, inference: &mut Inference<'_>, name: &str, left: &Placed, right: &Placed) -> Typed {
        let nullable = left.0.nullable || right.0.nullable;
        match name {
            "<=>" => {
                dynamic::hint_both(inference, left, right);
                Typed::new(BOOL, false)
            }
            "||" => Typed::new(BOOL, nullable),
            "REGEXP" => {
                dynamic::hint_texts(inference, left, right);
                Typed::new(BOOL, nullable)
            }
            "+" | "-" if left.0.ty == INTERVAL || right.0.ty == INTERVAL => {
                // A moment after the year 9999 is NULL. A date beside hours becomes a moment.
                let of = |ty: &Ty| [TIMESTAMP, types::TIMESTAMPTZ].contains(ty);
                let moment = of(&left.0.ty) || of(&right.0.ty);
                Typed::new(if moment { TIMESTAMP } else { Ty::Any }, true)
            }
            // Division by zero is NULL.
            "/" => Typed::new(division(inference, left, right), true),
            "->" | "->>" => {
                let problem = Problem::cannot_judge(right.1.clone(), format!("MySQL has `{name}`, MariaDB has not"));
                inference.report(problem.help("write `JSON_EXTRACT` or `JSON_VALUE`"));
                Typed::any()
            }
            ":=" => inference.cannot_judge(left.1.clone(), "assigning to a variable is not checked"),
            _ => dynamic::operator(inference, name, left, right),
        }
    }

    fn cast(&self, inference: &mut Inference<'_>, inner: &Placed, data_type: &DataType, _span: Range<usize>) -> Typed {
        let mut ty = declared::read(Dialect::Mysql, data_type).ty;
        if ty == TEXT && !is_char(data_type) {
            let problem = Problem::new(inner.1.clone(), format!("mysql has no cast to {data_type}"));
            inference.report(problem.help("cast it to CHAR"));
        }
        if [INT2, INT4].contains(&ty) {
            // Whatever width is asked for.
            ty = INT8;
        }
        let inner = dynamic::hint(inference, inner.0.clone(), &ty);
        // Casts to dates and addresses give NULL for text that is none.
        let always = [INT2, INT4, INT8, BOOL, FLOAT8, types::FLOAT4, NUMERIC, TEXT, types::BYTEA];
        let fallible = !always.contains(&ty);
        Typed::new(ty, inner.nullable || fallible)
    }

    fn literal(&self, inference: &mut Inference<'_>, value: &Value, span: Range<usize>) -> Typed {
        match value {
            Value::Number(digits, _) => Typed::new(number(digits), false),
            Value::DoubleQuotedString(own) => literal::text(TEXT, own),
            Value::SingleQuotedByteStringLiteral(_) => Typed::any(),
            _ => literal::shared(inference, value, TEXT, span),
        }
    }

    fn constant(&self, name: &str) -> Option<Typed> {
        let ty = match name.to_ascii_lowercase().as_str() {
            "current_timestamp" | "localtime" | "localtimestamp" | "utc_timestamp" => TIMESTAMP,
            "current_date" | "utc_date" => DATE,
            "current_time" | "utc_time" => TIME,
            "current_user" => TEXT,
            _ => return None,
        };
        Some(Typed::new(ty, false))
    }

    fn extract(&self, _inference: &mut Inference<'_>, _inner: Placed, _span: Range<usize>) -> Typed {
        Typed::new(INT8, true)
    }

    fn role(&self, name: &str, count: usize) -> Role {
        functions::role(Dialect::Mysql, name, count)
    }

    fn call(&self, inference: &mut Inference<'_>, call: &Call, role: Role) -> Typed {
        dynamic_call::call(self, inference, call, role)
    }

    fn rows(&self, inference: &mut Inference<'_>, call: &Call, _declared: &[DeclaredColumn<'_>]) -> Option<Rows> {
        inference.cannot_judge(call.span.clone(), "a function in FROM is not checked for mysql");
        None
    }
}

fn number(digits: &str) -> Ty {
    let fraction = literal::has_fraction(digits);
    if digits.contains(['e', 'E']) && fraction {
        FLOAT8
    } else if fraction || digits.parse::<u64>().is_err() {
        NUMERIC
    } else {
        INT8
    }
}

fn division(inference: &mut Inference<'_>, left: &Placed, right: &Placed) -> Ty {
    match dynamic::arithmetic(inference, left, right) {
        ty if ty == FLOAT8 || ty == Ty::Any => ty,
        _ => NUMERIC,
    }
}

fn is_char(data_type: &DataType) -> bool {
    use DataType as D;
    matches!(data_type, D::Char(_) | D::Character(_) | D::Varchar(_) | D::Nvarchar(_) | D::CharVarying(_))
        || matches!(data_type, D::CharacterVarying(_))
}
