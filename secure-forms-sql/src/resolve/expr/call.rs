//! Function calls: arguments, the clauses around them, and where aggregates and window functions may stand. Which
//! functions exist is the dialect's business.

use std::ops::Range;

use sqlparser::ast::{
    DuplicateTreatment, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentClause, FunctionArguments,
    ObjectNamePart, WindowType,
};

use crate::dialect::Dialect;
use crate::resolve::expr::expression::Placed;
use crate::resolve::query::scope::{Clause, Scope};
use crate::resolve::resolver::{Judge, Typed};
use crate::types::{DATE, INT8, TEXT, TIME, TIMESTAMP, TIMESTAMPTZ, Ty};

/// A call whose arguments are known.
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) namespace: Option<String>,
    /// With the name where the call names it (`days => 3`).
    pub(crate) arguments: Vec<(Option<String>, Placed)>,
    pub(crate) star: bool,
    pub(crate) windowed: bool,
    pub(crate) within_group: Vec<Placed>,
    pub(crate) span: Range<usize>,
}

/// What kind of function a name is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Role {
    Plain,
    Aggregate,
    Window,
}

impl Judge<'_> {
    pub(crate) fn is_aggregate(&self, function: &Function) -> bool {
        let count = match &function.args {
            FunctionArguments::List(list) => list.args.len(),
            _ => 0,
        };
        self.function_name(function).is_some_and(|(_, name)| self.role(&name, count) == Role::Aggregate)
    }

    /// MariaDB: `timestampdiff(DAY, a, b)`.
    fn begins_with_unit(&self, name: &str) -> bool {
        self.dialect == Dialect::Mysql && matches!(name, "timestampdiff" | "timestampadd")
    }

    /// Whether all columns that were met since are of queries around this one.
    fn is_of_outer_query(&self, scope: &Scope<'_>, since: usize) -> bool {
        let own = scope.depth();
        let met = self.columns_met.get(since..).unwrap_or_default();
        !met.is_empty() && met.iter().all(|depth| *depth < own)
    }

    fn function_name(&self, function: &Function) -> Option<(Option<String>, String)> {
        let mut parts = function.name.0.iter().rev().filter_map(ObjectNamePart::as_ident);
        let name = self.dialect.column_name(parts.next()?);
        Some((parts.next().map(|ident| self.dialect.table_name(ident)), name))
    }

    pub(crate) fn function(&mut self, scope: &Scope<'_>, function: &Function) -> Typed {
        let span = self.name_span(&function.name);
        let Some((namespace, name)) = self.function_name(function) else {
            return self.cannot_judge(span, "this form of a function call is not checked");
        };
        if function.uses_odbc_syntax || !matches!(function.parameters, FunctionArguments::None) {
            return self.refuse(span, format!("{} has no such form of a function call", self.dialect));
        }
        if self.dialect == Dialect::Postgres && is_grammar(function, &name) {
            return self.refuse(span, format!("`{name}` is no name of a function for postgres unless it is quoted"));
        }
        let list = match &function.args {
            FunctionArguments::None => return self.constant(&name, span),
            FunctionArguments::Subquery(query) if name == "array" && self.dialect == Dialect::Postgres => {
                let outputs = self.query(&scope.inner(), query);
                let [output] = outputs.as_slice() else {
                    return self.refuse(span, "ARRAY takes a query of one column");
                };
                return Typed::new(output.typed.ty.array(), false);
            }
            FunctionArguments::Subquery(_) => return self.refuse(span, "a sub-query needs parentheses of its own"),
            FunctionArguments::List(list) => list,
        };
        let role = self.role(&name, list.args.len());
        let windowed = function.over.is_some();
        let inner = match (role, windowed) {
            (_, true) => scope.within(Clause::Window),
            (Role::Aggregate, false) => scope.within(Clause::Aggregate),
            _ => scope.clone(),
        };
        if !self.may_stand(scope, &name, role, windowed, span.clone()) {
            return Typed::any();
        }
        let mut call = Call {
            name,
            namespace,
            arguments: Vec::new(),
            star: false,
            windowed,
            within_group: Vec::new(),
            span: span.clone(),
        };
        let met = self.columns_met.len();
        for argument in list.args.iter().skip(usize::from(self.begins_with_unit(&call.name))) {
            self.argument(&inner, argument, &mut call);
        }
        if role == Role::Aggregate && !windowed && self.is_of_outer_query(scope, met) {
            // It aggregates the rows of that query then.
            return self.cannot_judge(span, "an aggregate of the columns of the query around it is not checked");
        }
        if self.dialect == Dialect::Sqlite
            && list.duplicate_treatment == Some(DuplicateTreatment::Distinct)
            && list.args.len() != 1
        {
            self.refuse(span.clone(), format!("`{}` takes one argument after DISTINCT in sqlite", call.name));
        }
        for clause in &list.clauses {
            self.argument_clause(&inner, clause, span.clone());
        }
        for item in &function.within_group {
            let typed = self.expr(&inner, &item.expr);
            call.within_group.push((typed, self.span(&item.expr)));
        }
        if let Some(filter) = &function.filter {
            if role != Role::Aggregate || self.dialect == Dialect::Mysql {
                self.refuse(span.clone(), format!("FILTER cannot stand after `{}`", call.name));
            }
            self.condition(&inner, filter, "FILTER");
        }
        match &function.over {
            Some(WindowType::WindowSpec(spec)) => {
                if self.dialect == Dialect::Mysql && spec.window_name.is_none() && spec.order_by.is_empty() {
                    self.demand_order(&call.name, span.clone());
                }
                self.window(scope, spec);
            }
            Some(WindowType::NamedWindow(name)) => self.known_window(scope, name),
            None => {}
        }
        match self.dialect {
            Dialect::Postgres => self.call_postgres(call, role),
            Dialect::Sqlite | Dialect::Mysql => self.call_loose(call, role),
        }
    }

    /// A function that the grammar spells with words of its own (`position(a in b)`).
    pub(crate) fn named_call(&mut self, name: &str, arguments: Vec<Placed>, span: Range<usize>) -> Typed {
        let call = Call {
            name: name.to_owned(),
            namespace: None,
            arguments: arguments.into_iter().map(|argument| (None, argument)).collect(),
            star: false,
            windowed: false,
            within_group: Vec::new(),
            span,
        };
        match self.dialect {
            Dialect::Postgres => self.call_postgres(call, Role::Plain),
            Dialect::Sqlite | Dialect::Mysql => self.call_loose(call, Role::Plain),
        }
    }

    pub(crate) fn argument(&mut self, scope: &Scope<'_>, argument: &FunctionArg, call: &mut Call) {
        let (name, value) = match argument {
            FunctionArg::Unnamed(value) => (None, value),
            FunctionArg::Named { name, arg, .. } if self.dialect == Dialect::Postgres => {
                (Some(self.dialect.column_name(name)), arg)
            }
            FunctionArg::ExprNamed { name: Expr::Identifier(name), arg, .. } if self.dialect == Dialect::Postgres => {
                (Some(self.dialect.column_name(name)), arg)
            }
            FunctionArg::Named { .. } | FunctionArg::ExprNamed { .. } => {
                self.refuse(call.span.clone(), format!("{} has no named arguments", self.dialect));
                return;
            }
        };
        match value {
            FunctionArgExpr::Expr(expr) => {
                let typed = self.expr(scope, expr);
                let placed = (typed, self.span(expr));
                call.arguments.push((name, placed));
            }
            FunctionArgExpr::Wildcard if call.name == "count" => call.star = true,
            FunctionArgExpr::Wildcard => {
                self.refuse(call.span.clone(), format!("`{}` does not take `*`", call.name));
            }
            // `count(t.*)`: the row, which is NULL where an outer join left it out.
            FunctionArgExpr::QualifiedWildcard(name)
                if self.dialect == Dialect::Postgres && scope.relation(None, &self.schema.key(name).1).is_some() =>
            {
                let row = Typed::new(Ty::fixed("record"), true);
                call.arguments.push((None, (row, self.name_span(name))));
            }
            FunctionArgExpr::QualifiedWildcard(_) | FunctionArgExpr::WildcardWithOptions(_) => {
                self.cannot_judge(call.span.clone(), "a row as an argument is not checked");
            }
        }
    }

    pub(crate) fn loose_argument(&mut self, scope: &Scope<'_>, argument: &FunctionArg) -> Typed {
        match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => self.expr(scope, expr),
            _ => Typed::any(),
        }
    }

    fn argument_clause(&mut self, scope: &Scope<'_>, clause: &FunctionArgumentClause, span: Range<usize>) {
        match clause {
            FunctionArgumentClause::OrderBy(items) => {
                for item in items {
                    self.expr(scope, &item.expr);
                }
            }
            FunctionArgumentClause::Separator(_) | FunctionArgumentClause::Limit(_)
                if self.dialect == Dialect::Mysql => {}
            _ => {
                self.cannot_judge(span, "this clause of a function call is not checked");
            }
        }
    }

    fn may_stand(&mut self, scope: &Scope<'_>, name: &str, role: Role, windowed: bool, span: Range<usize>) -> bool {
        let problem = match (role, windowed, scope.clause) {
            (_, true, Clause::Plain(clause)) => format!("a window function cannot stand in {clause}"),
            (_, true, Clause::Having) => "a window function cannot stand in HAVING".to_owned(),
            (_, true, Clause::Aggregate) => "a window function cannot stand in an aggregate function".to_owned(),
            (_, true, Clause::Window) => "window functions cannot be nested".to_owned(),
            (
                Role::Aggregate,
                false,
                Clause::Plain("VALUES" | "SET" | "WHERE" | "ON" | "GROUP BY" | "RETURNING" | "LIMIT"),
            ) => {
                let Clause::Plain(clause) = scope.clause else { return true };
                // An aggregate over columns of the query around this one is that one's: only PostgreSQL's and MariaDB's
                // HAVING have it, and then the server decides.
                if scope.parent.is_some_and(|parent| !parent.relations.is_empty()) {
                    self.cannot_judge(span, format!("an aggregate function in {clause} of a sub-query is not checked"));
                    return false;
                }
                format!("an aggregate function cannot stand in {clause}")
            }
            (Role::Aggregate, false, Clause::Aggregate) => "aggregate functions cannot be nested".to_owned(),
            (Role::Window, false, _) => format!("`{name}` needs an OVER clause"),
            (Role::Plain, true, _) => format!("`{name}` is no window function"),
            _ => return true,
        };
        // Functions of the schema can be aggregates.
        if role == Role::Plain && self.unsure() {
            self.cannot_judge(span, problem);
        } else {
            self.refuse(span, problem);
        }
        false
    }

    /// Words that are values: `CURRENT_TIMESTAMP`.
    fn constant(&mut self, name: &str, span: Range<usize>) -> Typed {
        let ty = match (self.dialect, name.to_ascii_lowercase().as_str()) {
            // SQLite writes all three as text.
            (Dialect::Sqlite, "current_timestamp" | "current_date" | "current_time") => TEXT,
            (Dialect::Postgres, "current_timestamp") => TIMESTAMPTZ,
            (Dialect::Mysql, "current_timestamp" | "localtime" | "localtimestamp" | "utc_timestamp") => TIMESTAMP,
            (Dialect::Postgres, "localtimestamp") => TIMESTAMP,
            (Dialect::Postgres | Dialect::Mysql, "current_date") => DATE,
            (Dialect::Mysql, "utc_date") => DATE,
            (Dialect::Postgres, "current_time") => Ty::fixed("timetz"),
            (Dialect::Postgres, "localtime") => TIME,
            (Dialect::Mysql, "current_time" | "utc_time") => TIME,
            (
                Dialect::Postgres,
                "current_user" | "session_user" | "user" | "current_role" | "current_catalog" | "current_schema",
            ) => {
                return Typed::new(Ty::fixed("name"), name == "current_schema");
            }
            (Dialect::Mysql, "current_user") => TEXT,
            _ => return self.cannot_judge(span, format!("`{name}` is not checked")),
        };
        Typed::new(ty, false)
    }

    /// What counting gives, in every dialect.
    pub(crate) fn count(&self, call: &Call) -> Option<Typed> {
        (call.name == "count" && (call.star || call.arguments.len() == 1)).then(|| Typed::new(INT8, false))
    }
}

/// Words after which PostgreSQL's grammar expects something else than a list of arguments.
fn is_grammar(function: &Function, name: &str) -> bool {
    let [ObjectNamePart::Identifier(ident)] = function.name.0.as_slice() else { return false };
    ident.quote_style.is_none()
        && matches!(function.args, FunctionArguments::List(_))
        && matches!(name, "bit" | "char" | "extract" | "interval" | "numeric" | "position" | "time" | "timestamp")
}
