//! The questions about types that each dialect answers in its own way: operators, common types, assignment, casts.

pub(crate) mod dynamic;
pub(crate) mod functions;
pub(crate) mod postgres;

use std::ops::Range;

use sqlparser::ast::DataType;

use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::resolve::expr::call::Role;
use crate::resolve::expr::expression::Placed;
use crate::resolve::resolver::{Judge, Typed};
use crate::schema::declared;
use crate::types::{self, Ty};

impl Judge<'_> {
    /// `left name right`.
    pub(crate) fn operator(&mut self, name: &str, left: &Placed, right: &Placed) -> Typed {
        match self.dialect {
            Dialect::Postgres => self.postgres_operator(name, Some(left), right),
            Dialect::Sqlite | Dialect::Mysql => self.loose_operator(name, left, right),
        }
    }

    /// What the left side of an operator is used as.
    pub(crate) fn left_operand_of(&mut self, name: &str, left: &Placed, right: &Placed) -> Ty {
        match self.dialect {
            Dialect::Postgres => self.postgres_left_operand(name, left, right),
            Dialect::Sqlite | Dialect::Mysql => {
                self.loose_operator(name, left, right);
                if left.0.ty == Ty::Open { types::TEXT } else { left.0.ty.clone() }
            }
        }
    }

    /// `name inner`.
    pub(crate) fn prefix(&mut self, name: &str, inner: &Placed) -> Typed {
        match self.dialect {
            Dialect::Postgres => self.postgres_operator(name, None, inner),
            Dialect::Sqlite | Dialect::Mysql => self.loose_prefix(name, inner),
        }
    }

    /// Columns that USING joins must have an `=`.
    pub(crate) fn comparable(&mut self, left: &Typed, right: &Typed, span: Range<usize>) {
        self.operator("=", &(left.clone(), span.clone()), &(right.clone(), span));
    }

    /// What several values have in common: the arms of CASE, the sides of UNION.
    pub(crate) fn unify(&mut self, cells: &[(&Typed, Range<usize>)], what: &str) -> Typed {
        match self.dialect {
            Dialect::Postgres => self.postgres_unify(cells, what),
            Dialect::Sqlite | Dialect::Mysql => self.loose_unify(cells),
        }
    }

    /// A value that is stored as `ty`, or used where only that is taken.
    pub(crate) fn assign(&mut self, typed: &Typed, ty: &Ty, span: Range<usize>, what: &str) {
        match self.dialect {
            Dialect::Postgres => self.postgres_assign(typed, ty, span, what),
            Dialect::Sqlite | Dialect::Mysql => {
                self.hint(typed.clone(), ty);
            }
        }
    }

    pub(crate) fn cast(&mut self, inner: &Placed, data_type: &DataType, span: Range<usize>) -> Typed {
        match self.dialect {
            Dialect::Postgres => self.postgres_cast(inner, data_type, span),
            Dialect::Sqlite | Dialect::Mysql => self.loose_cast(inner, data_type),
        }
    }

    /// PostgreSQL takes what nothing gave a type for text.
    pub(crate) fn text_if_open(&mut self, typed: Typed, span: Range<usize>) -> Typed {
        if self.dialect != Dialect::Postgres || typed.ty != Ty::Open {
            return typed;
        }
        self.assign(&typed, &types::TEXT, span, "this");
        Typed { ty: types::TEXT, param: None, literal: None, ..typed }
    }

    /// PostgreSQL: values that are grouped, sorted or made distinct need a type that knows which are the same.
    pub(crate) fn groupable(&mut self, ty: &Ty, span: Range<usize>) {
        const NOT: [&str; 8] = ["json", "xml", "jsonpath", "point", "line", "lseg", "box", "path"];
        let base = self.schema.base_type(ty);
        if self.dialect == Dialect::Postgres
            && let Ty::Named(name) | Ty::Array(name) = &base
            && NOT.contains(&name.as_ref())
        {
            let problem = Problem::refused(span, format!("values of type {base} cannot be grouped or sorted"));
            let help = if name == "json" { "cast it: `…::jsonb`" } else { "cast it: `…::text`" };
            self.problem(problem.help(help));
        }
    }

    /// A type that a statement names.
    pub(crate) fn named_type(&mut self, data_type: &DataType, span: Range<usize>) -> Ty {
        let ty = declared::read(self.dialect, data_type).ty;
        let known = self.schema.known_type(ty.clone());
        if known == Ty::Any
            && ty != Ty::Any
            && let Ty::Named(name) | Ty::Array(name) = &ty
        {
            self.missing(span, format!("no type `{name}`"), None);
        }
        known
    }

    pub(crate) fn role(&self, name: &str, count: usize) -> Role {
        match self.dialect {
            Dialect::Postgres => self.postgres_role(name),
            Dialect::Sqlite | Dialect::Mysql => self.loose_role(name, count),
        }
    }
}
