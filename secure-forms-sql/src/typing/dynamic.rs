//! Types as SQLite and MariaDB treat them: any value goes anywhere, so a type is never a reason to refuse. It tells what
//! comes out, and what a parameter is used as.

use std::ops::Range;

use sqlparser::ast::DataType;

use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::resolve::expr::call::{Call, Role};
use crate::resolve::expr::expression::Placed;
use crate::resolve::resolver::{Judge, Typed};
use crate::schema::declared;
use crate::types::{self, BOOL, FLOAT8, INT2, INT4, INT8, INTERVAL, NUMERIC, TEXT, Ty};
use crate::typing::functions::{self, Arity, Nulls, Result as Returns};
use secure_forms_core::nearest::nearest;

impl Judge<'_> {
    /// Gives a parameter whose type is open the type of what it meets.
    pub(crate) fn hint(&mut self, typed: Typed, ty: &Ty) -> Typed {
        if typed.ty == Ty::Open
            && let Some(number) = typed.param
            && ty.is_settled()
        {
            self.settle(number, ty);
            return Typed { ty: ty.clone(), ..typed };
        }
        typed
    }

    fn hint_both(&mut self, left: &Placed, right: &Placed) {
        self.hint(left.0.clone(), &right.0.ty);
        self.hint(right.0.clone(), &left.0.ty);
    }

    pub(crate) fn loose_operator(&mut self, name: &str, left: &Placed, right: &Placed) -> Typed {
        let nullable = left.0.nullable || right.0.nullable;
        match (name, self.dialect) {
            ("=" | "<>" | "<" | ">" | "<=" | ">=" | "==", _) => {
                self.hint_both(left, right);
                Typed::new(BOOL, nullable)
            }
            ("<=>", Dialect::Mysql) => {
                self.hint_both(left, right);
                Typed::new(BOOL, false)
            }
            ("||", Dialect::Mysql) => Typed::new(BOOL, nullable),
            ("~~" | "~", _) | ("GLOB" | "MATCH", Dialect::Sqlite) | ("REGEXP", Dialect::Mysql) => {
                self.hint(right.0.clone(), &TEXT);
                self.hint(left.0.clone(), &TEXT);
                // MATCH and REGEXP are functions that the database may answer NULL for.
                Typed::new(BOOL, nullable || name == "MATCH")
            }
            ("REGEXP", Dialect::Sqlite) => {
                self.cannot_judge(right.1.clone(), "sqlite has no REGEXP unless the program adds the function `regexp`")
            }
            ("||", Dialect::Sqlite) => {
                self.hint(right.0.clone(), &TEXT);
                self.hint(left.0.clone(), &TEXT);
                Typed::new(TEXT, nullable)
            }
            ("+" | "-", Dialect::Mysql) if left.0.ty == INTERVAL || right.0.ty == INTERVAL => {
                // A moment after the year 9999 is NULL. A date beside hours becomes a moment.
                let of = |ty: &Ty| [types::TIMESTAMP, types::TIMESTAMPTZ].contains(ty);
                let moment = of(&left.0.ty) || of(&right.0.ty);
                Typed::new(if moment { types::TIMESTAMP } else { Ty::Any }, true)
            }
            ("+" | "-" | "*", Dialect::Sqlite) => {
                // Infinity is a number of SQLite's, and what it gives beside zero or its negative is NULL.
                let ty = self.arithmetic(left, right);
                let nullable = nullable || ty != INT8;
                Typed::new(ty, nullable)
            }
            ("+" | "-" | "*", _) => Typed::new(self.arithmetic(left, right), nullable),
            ("/" | "%" | "DIV" | "MOD", _) => {
                // Division by zero is NULL.
                let ty = match (name, self.dialect) {
                    ("/", Dialect::Mysql) => self.division(left, right),
                    ("DIV", _) => INT8,
                    _ => self.arithmetic(left, right),
                };
                Typed::new(ty, true)
            }
            ("&" | "|" | "<<" | ">>" | "^", _) => {
                self.hint(left.0.clone(), &INT8);
                self.hint(right.0.clone(), &INT8);
                Typed::new(INT8, nullable)
            }
            ("->" | "->>", Dialect::Mysql) => {
                let problem = Problem::cannot_judge(right.1.clone(), format!("MySQL has `{name}`, MariaDB has not"));
                self.problem(problem.help("write `JSON_EXTRACT` or `JSON_VALUE`"));
                Typed::any()
            }
            ("->", Dialect::Sqlite) => {
                self.hint(right.0.clone(), &TEXT);
                Typed::new(TEXT, true)
            }
            ("->>", _) => {
                self.hint(right.0.clone(), &TEXT);
                // SQLite gives the JSON value's own type.
                Typed::new(Ty::Any, true)
            }
            (":=", Dialect::Mysql) => self.cannot_judge(left.1.clone(), "assigning to a variable is not checked"),
            _ => self.refuse(
                left.1.start..right.1.end.max(left.1.end),
                format!("{} has no operator `{name}`", self.dialect),
            ),
        }
    }

    fn arithmetic(&mut self, left: &Placed, right: &Placed) -> Ty {
        self.hint_both(left, right);
        let class = |ty: &Ty| {
            if [INT2, INT4, INT8, BOOL].contains(ty) {
                Some(0)
            } else if *ty == NUMERIC {
                Some(1)
            } else if [FLOAT8, types::FLOAT4].contains(ty) {
                Some(2)
            } else {
                None
            }
        };
        let one = |placed: &Placed| if placed.0.ty == Ty::Open { None } else { class(&placed.0.ty) };
        match (one(left), one(right)) {
            (Some(a), Some(b)) => match a.max(b) {
                0 => INT8,
                1 => NUMERIC,
                _ => FLOAT8,
            },
            // A parameter takes the type of what it is added to, an integer beside an integer.
            (Some(a), None) if right.0.param.is_some() => [INT8, NUMERIC, FLOAT8].get(a).cloned().unwrap_or(Ty::Any),
            (None, Some(b)) if left.0.param.is_some() => [INT8, NUMERIC, FLOAT8].get(b).cloned().unwrap_or(Ty::Any),
            _ => Ty::Any,
        }
    }

    fn division(&mut self, left: &Placed, right: &Placed) -> Ty {
        match self.arithmetic(left, right) {
            ty if ty == FLOAT8 || ty == Ty::Any => ty,
            _ => NUMERIC,
        }
    }

    pub(crate) fn loose_prefix(&mut self, name: &str, inner: &Placed) -> Typed {
        let nullable = inner.0.nullable;
        match name {
            "~" => {
                self.hint(inner.0.clone(), &INT8);
                Typed::new(INT8, nullable)
            }
            "-" | "+" => {
                let ty = match &inner.0.ty {
                    ty if [INT2, INT4, INT8, BOOL].contains(ty) => INT8,
                    ty if [NUMERIC, FLOAT8, types::FLOAT4].contains(ty) => ty.clone(),
                    _ => Ty::Any,
                };
                Typed::new(ty, nullable)
            }
            _ => self.refuse(inner.1.clone(), format!("{} has no operator `{name}`", self.dialect)),
        }
    }

    /// The type of values that meet in one column: the same one, or the wider number, or nobody knows.
    pub(crate) fn loose_unify(&mut self, cells: &[(&Typed, Range<usize>)]) -> Typed {
        let mut ty = Ty::Open;
        for (typed, _) in cells {
            ty = match (&ty, &typed.ty) {
                (_, Ty::Open) => ty,
                (Ty::Open, other) => other.clone(),
                (one, other) if one == other => ty,
                (one, other) => wider(one, other),
            };
        }
        for (typed, _) in cells {
            self.hint((*typed).clone(), &ty);
        }
        let first = cells.first().map(|(typed, _)| (*typed).clone()).unwrap_or_else(Typed::any);
        let same = cells.len() == 1;
        Typed {
            ty,
            nullable: cells.iter().any(|(typed, _)| typed.nullable),
            param: if same { first.param } else { None },
            from: if same { first.from } else { None },
            column: None,
            literal: None,
        }
    }

    pub(crate) fn loose_cast(&mut self, inner: &Placed, data_type: &DataType) -> Typed {
        let ty = declared::read(self.dialect, data_type).ty;
        if self.dialect == Dialect::Mysql && ty == TEXT && !is_char(data_type) {
            let problem = Problem::refused(inner.1.clone(), format!("mysql has no cast to {data_type}"));
            self.problem(problem.help("cast it to CHAR"));
        }
        let ty = match (self.dialect, &ty) {
            // Whatever width is asked for.
            (Dialect::Mysql, ty) if [INT2, INT4].contains(ty) => INT8,
            // CAST works by affinity only: what other columns are called means nothing to it.
            (Dialect::Sqlite, ty) if *ty == BOOL => NUMERIC,
            (Dialect::Sqlite, ty) if [types::DATE, types::TIMESTAMP, types::TIME, NUMERIC].contains(ty) => Ty::Any,
            _ => ty,
        };
        let inner_hinted = self.hint(inner.0.clone(), &ty);
        // MariaDB's casts to dates and addresses give NULL for text that is none.
        let always = [INT2, INT4, INT8, BOOL, FLOAT8, types::FLOAT4, NUMERIC, TEXT, types::BYTEA];
        let fallible = self.dialect == Dialect::Mysql && !always.contains(&ty);
        Typed::new(ty, inner_hinted.nullable || fallible)
    }

    pub(crate) fn loose_role(&self, name: &str, count: usize) -> Role {
        functions::of(self.dialect, name, count).map_or(Role::Plain, |entry| entry.role)
    }

    pub(crate) fn call_loose(&mut self, call: Call, role: Role) -> Typed {
        if let Some(typed) = self.conditional(&call) {
            return typed;
        }
        if let Some(typed) = self.count(&call) {
            return typed;
        }
        if call.namespace.is_some() || self.schema.functions.contains_key(&call.name) {
            let known = self.schema.functions.contains_key(&call.name);
            let message = format!("the function `{}` is not checked", call.name);
            return if known || self.unsure() {
                self.cannot_judge(call.span, message)
            } else {
                self.refuse(call.span, format!("no function `{}`", call.name))
            };
        }
        let count = call.arguments.len();
        if self.dialect == Dialect::Sqlite && call.name == "likelihood" {
            return self.cannot_judge(call.span, "the probability of `likelihood` is not checked");
        }
        let Some(entry) = functions::of(self.dialect, &call.name, count) else { return self.no_loose_function(&call) };
        debug_assert_eq!(entry.role, role, "a name has one role for each number of arguments");
        let arguments: Vec<&Typed> = call.arguments.iter().map(|(_, (typed, _))| typed).collect();
        let ty = match &entry.result {
            Returns::Of(ty) => ty.clone(),
            Returns::Argument(at) => arguments.get(*at).map_or(Ty::Any, |typed| typed.ty.clone()),
            Returns::Number => match arguments.first().map(|typed| &typed.ty) {
                Some(ty) if [INT2, INT4, INT8, BOOL].contains(ty) => INT8,
                Some(ty) if [FLOAT8, types::FLOAT4, NUMERIC].contains(ty) => ty.clone(),
                _ => Ty::Any,
            },
            Returns::Sum => match arguments.first().map(|typed| &typed.ty) {
                Some(ty) if [INT2, INT4, INT8, BOOL].contains(ty) && self.dialect == Dialect::Sqlite => INT8,
                Some(ty) if [INT2, INT4, INT8, BOOL, NUMERIC].contains(ty) && self.dialect == Dialect::Mysql => NUMERIC,
                Some(ty) if [FLOAT8, types::FLOAT4].contains(ty) => FLOAT8,
                _ => Ty::Any,
            },
        };
        let nullable = match entry.nulls {
            Nulls::Never => false,
            Nulls::Arguments => arguments.iter().any(|typed| typed.nullable) || cuts_bytes(&call, &arguments),
            Nulls::Maybe => true,
        };
        for (at, (_, (typed, _))) in call.arguments.iter().enumerate() {
            if let Some(ty) = entry.parameters.get(at).or(entry.parameters.last()) {
                self.hint(typed.clone(), ty);
            }
        }
        let ty = if ty == Ty::Open { Ty::Any } else { ty };
        Typed::new(ty, nullable)
    }

    fn no_loose_function(&mut self, call: &Call) -> Typed {
        let arities = functions::arities(self.dialect, &call.name);
        if !arities.is_empty() {
            let wanted: Vec<String> = arities.iter().map(Arity::to_string).collect();
            let message =
                format!("`{}` takes {} arguments, not {}", call.name, wanted.join(" or "), call.arguments.len());
            return self.refuse(call.span.clone(), message);
        }
        let near = nearest(&call.name, functions::names(self.dialect)).map(|name| format!("did you mean `{name}`?"));
        let message = format!("no function `{}`", call.name);
        // MariaDB has hundreds that are not in our table, and both can be extended.
        let certain = self.dialect == Dialect::Sqlite && !self.unsure();
        let problem = if certain { Problem::refused } else { Problem::cannot_judge };
        let problem = problem(call.span.clone(), message).maybe_help(near);
        self.problem(problem);
        Typed::any()
    }
}

fn is_char(data_type: &DataType) -> bool {
    use DataType as D;
    matches!(data_type, D::Char(_) | D::Character(_) | D::Varchar(_) | D::Nvarchar(_) | D::CharVarying(_))
        || matches!(data_type, D::CharacterVarying(_))
}

/// SQLite: a piece of an empty blob is NULL.
fn cuts_bytes(call: &Call, arguments: &[&Typed]) -> bool {
    matches!(call.name.as_str(), "substr" | "substring")
        && arguments.first().is_some_and(|typed| typed.ty == types::BYTEA || typed.ty == Ty::Any)
}

fn wider(one: &Ty, other: &Ty) -> Ty {
    let integers = [INT2, INT4, INT8];
    let rank = |ty: &Ty| integers.iter().position(|own| own == ty);
    match (rank(one), rank(other)) {
        (Some(a), Some(b)) => integers.get(a.max(b)).cloned().unwrap_or(Ty::Any),
        _ if [one, other].iter().all(|ty| [INT2, INT4, INT8, NUMERIC].contains(ty)) => NUMERIC,
        _ => Ty::Any,
    }
}
