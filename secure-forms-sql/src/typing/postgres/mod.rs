//! Types as PostgreSQL treats them: an operator or a conversion that it does not have is refused when a statement is
//! prepared (chapter 10).

mod call;
mod catalogue;
mod choose;
mod coerce;
mod convert;
mod json;
mod literal;
mod nulls;
mod operator;
mod rows;

use std::ops::Range;

use sqlparser::ast::{DataType, Value};

use crate::types::{DATE, TEXT, TIME, TIMESTAMP, TIMESTAMPTZ, Ty};
use crate::typing::Typing;
use crate::typing::call::{Call, Role};
use crate::typing::conditional::conditional;
use crate::typing::inference::Inference;
use crate::typing::rows::{DeclaredColumn, Rows};
use crate::typing::value::{Placed, Typed};

pub(crate) use literal::fits as literal_fits;

pub(crate) struct Postgres;

impl Typing for Postgres {
    fn operator(&self, inference: &mut Inference<'_>, name: &str, left: &Placed, right: &Placed) -> Typed {
        operator::operator(inference, name, Some(left), right)
    }

    fn left_operand(&self, inference: &mut Inference<'_>, name: &str, left: &Placed, right: &Placed) -> Ty {
        operator::left_operand(inference, name, left, right)
    }

    fn prefix(&self, inference: &mut Inference<'_>, name: &str, inner: &Placed) -> Typed {
        operator::operator(inference, name, None, inner)
    }

    fn array_operator(&self, inference: &mut Inference<'_>, name: &str, left: &Placed, array: &Placed) -> Typed {
        operator::array_operator(inference, name, left, array)
    }

    fn unify(&self, inference: &mut Inference<'_>, cells: &[(&Typed, Range<usize>)], what: &str) -> Typed {
        convert::unify(inference, cells, what)
    }

    fn assign(&self, inference: &mut Inference<'_>, typed: &Typed, ty: &Ty, span: Range<usize>, what: &str) {
        convert::assign(inference, typed, ty, span, what);
    }

    fn cast(&self, inference: &mut Inference<'_>, inner: &Placed, data_type: &DataType, span: Range<usize>) -> Typed {
        convert::cast(inference, inner, data_type, span)
    }

    fn literal(&self, inference: &mut Inference<'_>, value: &Value, span: Range<usize>) -> Typed {
        literal::literal(inference, value, span)
    }

    fn constant(&self, name: &str) -> Option<Typed> {
        let ty = match name.to_ascii_lowercase().as_str() {
            "current_timestamp" => TIMESTAMPTZ,
            "localtimestamp" => TIMESTAMP,
            "current_date" => DATE,
            "current_time" => Ty::fixed("timetz"),
            "localtime" => TIME,
            "current_user" | "session_user" | "user" | "current_role" | "current_catalog" | "current_schema" => {
                return Some(Typed::new(Ty::fixed("name"), name == "current_schema"));
            }
            _ => return None,
        };
        Some(Typed::new(ty, false))
    }

    fn extract(&self, inference: &mut Inference<'_>, inner: Placed, span: Range<usize>) -> Typed {
        let nullable = inner.0.nullable;
        let field = (Typed::new(TEXT, false), span.clone());
        let open = inner.0.ty == Ty::Open;
        let inner = if open { (Typed { ty: TIMESTAMPTZ, ..inner.0 }, inner.1) } else { inner };
        let arguments = vec![(None, field), (None, inner)];
        let call = Call { arguments, ..Call::new("extract".to_owned(), None, span) };
        self.call(inference, &call, Role::Plain).nullable_if(nullable)
    }

    fn role(&self, name: &str, _count: usize) -> Role {
        call::role(name)
    }

    fn call(&self, inference: &mut Inference<'_>, call: &Call, role: Role) -> Typed {
        conditional(self, inference, call).unwrap_or_else(|| call::call(inference, call, role))
    }

    fn rows(&self, inference: &mut Inference<'_>, call: &Call, declared: &[DeclaredColumn<'_>]) -> Option<Rows> {
        rows::rows(inference, call, declared)
    }

    /// What nothing gave a type is taken for text.
    fn text_if_open(&self, inference: &mut Inference<'_>, typed: Typed, span: Range<usize>) -> Typed {
        if typed.ty != Ty::Open {
            return typed;
        }
        convert::assign(inference, &typed, &TEXT, span, "this");
        Typed { ty: TEXT, param: None, literal: None, ..typed }
    }

    fn boolean(&self, inference: &mut Inference<'_>, typed: &Typed, span: Range<usize>, what: &str) {
        convert::boolean(inference, typed, span, what);
    }

    fn groupable(&self, inference: &mut Inference<'_>, ty: &Ty, span: Range<usize>) {
        convert::groupable(inference, ty, span);
    }
}
