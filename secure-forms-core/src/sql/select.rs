//! Queries: WITH, FROM, the select list, GROUP BY, ORDER BY, LIMIT, set operations. In goes a query, out come its columns
//! (PostgreSQL "SELECT", SQLite "SELECT", MariaDB "SELECT").

use std::ops::Range;
use std::rc::Rc;

use sqlparser::ast::{
    Expr, GroupByExpr, NamedWindowExpr, ObjectName, OrderBy, Query, Select, SelectItem,
    SelectItemQualifiedWildcardKind, SetExpr, SetOperator, SetQuantifier, Statement, Values, With,
};

use super::dialect::Dialect;
use super::judge::{Judge, Typed};
use super::scope::{Clause, Cte, Relation, Scope, ScopeColumn};
use super::statement::place;
use super::types::{BOOL, TEXT, Ty};
use super::verdict::Column;

/// A column of a query's result.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) name: String,
    pub(crate) typed: Typed,
    pub(crate) span: Range<usize>,
}

impl Judge<'_> {
    /// A query that is a statement, or a view's.
    pub(crate) fn top_query(&mut self, query: &Query) -> Vec<(Column, Ty)> {
        let outputs = self.query(&Scope::top(), query);
        self.report(outputs)
    }

    pub(crate) fn report(&mut self, outputs: Vec<Output>) -> Vec<(Column, Ty)> {
        let mut columns = Vec::with_capacity(outputs.len());
        for mut output in outputs {
            self.close(&mut output);
            let ty = self.schema.public_type(&output.typed.ty);
            let Typed { ty: sql, nullable, from, .. } = output.typed;
            columns.push((Column { name: output.name, ty, nullable, from }, sql));
        }
        columns
    }

    /// PostgreSQL makes what has no type by now text.
    fn close(&mut self, output: &mut Output) {
        if self.dialect == Dialect::Postgres && output.typed.ty == Ty::Open {
            if let Some(number) = output.typed.param {
                self.settle(number, &TEXT);
            }
            output.typed.ty = TEXT;
        }
    }

    /// Columns for the query around this one.
    pub(crate) fn as_columns(&mut self, outputs: Vec<Output>) -> Vec<ScopeColumn> {
        outputs
            .into_iter()
            .map(|mut output| {
                self.close(&mut output);
                let key =
                    if self.dialect == Dialect::Postgres { output.name.clone() } else { output.name.to_lowercase() };
                let Typed { ty, nullable, from, .. } = output.typed;
                ScopeColumn { key, name: output.name, ty, nullable, from, merged: false }
            })
            .collect()
    }

    pub(crate) fn query(&mut self, outer: &Scope<'_>, query: &Query) -> Vec<Output> {
        let span = place(self.source, query);
        self.deeper(span, Vec::new(), |judge| judge.query_inner(outer, query))
    }

    fn query_inner(&mut self, outer: &Scope<'_>, query: &Query) -> Vec<Output> {
        let span = || place(self.source, query);
        if query.for_clause.is_some()
            || query.settings.is_some()
            || query.format_clause.is_some()
            || !query.pipe_operators.is_empty()
            || (self.dialect == Dialect::Sqlite && (!query.locks.is_empty() || query.fetch.is_some()))
        {
            self.refuse(span(), format!("{} has no such clause", self.dialect));
        }
        let mut scope = outer.inner();
        if let Some(with) = &query.with {
            self.with(&mut scope, with);
        }
        let outputs = self.body(&scope, &query.body, query.order_by.as_ref());
        self.limits(&scope, query);
        outputs
    }

    pub(crate) fn with(&mut self, scope: &mut Scope<'_>, with: &With) {
        for cte in &with.cte_tables {
            let name = self.dialect.table_name(&cte.alias.name);
            if with
                .cte_tables
                .iter()
                .take_while(|own| !std::ptr::eq(*own, cte))
                .any(|own| self.dialect.table_name(&own.alias.name) == name)
            {
                self.refuse(self.source.ident(&cte.alias.name), format!("WITH names `{name}` twice"));
            }
            // SQLite and MariaDB let a CTE name itself; SQLite even without the word RECURSIVE.
            let recursive = with.recursive || self.dialect == Dialect::Sqlite;
            let columns = match (recursive, cte.query.body.as_ref()) {
                (true, SetExpr::SetOperation { left, op: SetOperator::Union, right, .. }) => {
                    self.recursive_cte(scope, cte, &name, left, right)
                }
                _ => {
                    let inner = Scope { in_cte: true, ..scope.clone() };
                    let outputs = self.query(&inner, &cte.query);
                    self.as_columns(outputs)
                }
            };
            let columns =
                self.renamed(columns, &cte.alias.columns.iter().map(|own| &own.name).collect::<Vec<_>>(), true);
            scope.with_cte(Cte { name, columns, opaque: false });
        }
    }

    /// The first part of the UNION gives the columns, the second may read them.
    fn recursive_cte(
        &mut self,
        scope: &Scope<'_>,
        cte: &sqlparser::ast::Cte,
        name: &str,
        left: &SetExpr,
        right: &SetExpr,
    ) -> Vec<ScopeColumn> {
        let mut inner = scope.inner();
        if let Some(with) = &cte.query.with {
            self.with(&mut inner, with);
        }
        let first = self.body(&inner, left, None);
        let names: Vec<_> = cte.alias.columns.iter().map(|own| &own.name).collect();
        let base = self.as_columns(first.clone());
        // What the recursion adds may be NULL where the first part is not: the working table is nullable.
        let own =
            self.renamed(base.clone(), &names, true).into_iter().map(|column| ScopeColumn { nullable: true, ..column });
        inner.with_cte(Cte { name: name.to_owned(), columns: own.collect(), opaque: false });
        let second = self.body(&inner, right, None);
        let span = place(self.source, right);
        if second.len() != first.len() {
            self.column_counts(span, first.len(), second.len());
            return base;
        }
        let mut columns = Vec::new();
        for (mut column, (one, other)) in base.into_iter().zip(first.into_iter().zip(second)) {
            let one = Output { typed: Typed { ty: column.ty.clone(), ..one.typed }, ..one };
            let joined = self.unify(&[(&one.typed, one.span.clone()), (&other.typed, other.span.clone())], "UNION");
            if self.dialect == Dialect::Postgres
                && column.ty.is_settled()
                && joined.ty.is_settled()
                && joined.ty != column.ty
            {
                let message = format!(
                    "column `{}` is {} in the first part of the recursive query but {} in the whole",
                    column.name, column.ty, joined.ty
                );
                self.refuse(one.span.clone(), message);
            }
            column.nullable |= joined.nullable;
            column.from = None;
            columns.push(column);
        }
        self.limits(&inner, &cte.query);
        columns
    }

    fn column_counts(&mut self, span: Range<usize>, left: usize, right: usize) {
        self.refuse(span, format!("both sides must have as many columns: {left} on the left, {right} on the right"));
    }

    fn body(&mut self, scope: &Scope<'_>, body: &SetExpr, order: Option<&OrderBy>) -> Vec<Output> {
        let span = place(self.source, body);
        self.deeper(span, Vec::new(), |judge| match body {
            SetExpr::Select(select) => judge.select(scope, select, order),
            SetExpr::Query(query) => {
                let outputs = judge.query(scope, query);
                judge.order_outputs(scope, order, &outputs);
                outputs
            }
            SetExpr::SetOperation { left, right, op, set_quantifier } => {
                let outputs = judge.set_operation(scope, left, *op, *set_quantifier, right);
                judge.order_outputs(scope, order, &outputs);
                outputs
            }
            SetExpr::Values(values) => {
                let outputs = judge.values(scope, values, &[]);
                judge.order_outputs(scope, order, &outputs);
                outputs
            }
            SetExpr::Insert(statement) | SetExpr::Update(statement) | SetExpr::Delete(statement) => {
                judge.inner_write(scope, statement)
            }
            SetExpr::Merge(_) => {
                judge.cannot_judge(place(judge.source, body), "MERGE is not checked");
                Vec::new()
            }
            SetExpr::Table(table) => {
                let parts: Vec<_> = table.schema_name.iter().chain(&table.table_name).cloned().collect();
                let name = ObjectName::from(parts);
                let relation = judge.table(scope, &name, None);
                relation.columns.iter().map(|column| column_output(column, place(judge.source, body))).collect()
            }
        })
    }

    fn inner_write(&mut self, scope: &Scope<'_>, statement: &Statement) -> Vec<Output> {
        // `WITH … INSERT` is a write at the end, which SQLite has; a write inside WITH is PostgreSQL's alone.
        let at_end = scope.parent.is_some_and(|outer| outer.parent.is_none())
            && self.dialect == Dialect::Sqlite
            && !scope.in_cte;
        if self.dialect != Dialect::Postgres && !at_end {
            self.refuse(place(self.source, statement), format!("a write cannot stand here in {}", self.dialect));
        }
        self.write(scope, statement).unwrap_or_default()
    }

    fn set_operation(
        &mut self,
        scope: &Scope<'_>,
        left: &SetExpr,
        op: SetOperator,
        quantifier: SetQuantifier,
        right: &SetExpr,
    ) -> Vec<Output> {
        let plain = matches!(quantifier, SetQuantifier::None | SetQuantifier::All | SetQuantifier::Distinct);
        let all_is_union =
            self.dialect != Dialect::Sqlite || op == SetOperator::Union || quantifier == SetQuantifier::None;
        if !plain || !all_is_union || op == SetOperator::Minus {
            self.refuse(place(self.source, right), format!("{} has no such set operation", self.dialect));
        }
        let one = self.body(scope, left, None);
        let other = self.body(scope, right, None);
        if one.len() != other.len() {
            if self.is_content() {
                self.column_counts(place(self.source, right), one.len(), other.len());
            }
            return one;
        }
        one.into_iter()
            .zip(other)
            .map(|(one, other)| {
                let word = if op == SetOperator::Union { "UNION" } else { "a set operation" };
                let joined = self.unify(&[(&one.typed, one.span.clone()), (&other.typed, other.span.clone())], word);
                let nullable = if op == SetOperator::Except { one.typed.nullable } else { joined.nullable };
                let mut output = Output { typed: Typed { nullable, ..joined }, ..one };
                self.close(&mut output);
                output
            })
            .collect()
    }

    /// `wanted` are the columns that an INSERT fills.
    pub(crate) fn values(&mut self, scope: &Scope<'_>, values: &Values, wanted: &[Ty]) -> Vec<Output> {
        let scope = scope.within(Clause::Plain("VALUES"));
        let mut columns: Vec<Vec<(Typed, Range<usize>)>> = Vec::new();
        let width = values.rows.first().map_or(0, |row| row.content.len());
        for row in &values.rows {
            if row.content.len() != width {
                let span = place(self.source, row);
                self.refuse(span, "all rows of VALUES must have as many values");
                return Vec::new();
            }
            for (at, value) in row.content.iter().enumerate() {
                let typed = self.expr(&scope, value);
                let typed = match wanted.get(at) {
                    Some(ty) => self.hint(typed, ty),
                    None => typed,
                };
                let cell = (typed, self.span(value));
                match columns.get_mut(at) {
                    Some(column) => column.push(cell),
                    None => columns.push(vec![cell]),
                }
            }
        }
        let named = |at: usize| match self.dialect {
            Dialect::Mysql => self.span_text(values.rows.first().and_then(|row| row.content.get(at))),
            _ => format!("column{}", at + 1),
        };
        let names: Vec<String> = (0..width).map(named).collect();
        columns
            .iter()
            .zip(names)
            .map(|(column, name)| {
                let cells: Vec<_> = column.iter().map(|(typed, span)| (typed, span.clone())).collect();
                let span = column.first().map_or(0..0, |(_, span)| span.clone());
                Output { name, typed: self.unify(&cells, "VALUES"), span }
            })
            .collect()
    }

    fn span_text(&self, expr: Option<&Expr>) -> String {
        expr.map(|expr| self.source.text(self.span(expr)).to_owned()).unwrap_or_default()
    }

    fn select(&mut self, outer: &Scope<'_>, select: &Select, order: Option<&OrderBy>) -> Vec<Output> {
        self.refuse_foreign_clauses(select);
        let mut scope = Scope::new(outer.parent, Rc::clone(&outer.ctes));
        for table in &select.from {
            self.from(&mut scope, table);
        }
        let aliases = self.alias_places(select);
        self.group(&mut scope, select, &aliases);
        for window in &select.named_window {
            if let NamedWindowExpr::WindowSpec(spec) = &window.1 {
                self.window(&scope, spec);
            }
        }
        let mut outputs = self.projection(&scope, select);
        if groups_in_sets(select) {
            // The rows of a super-aggregate have NULL in what they are not grouped by.
            outputs.iter_mut().for_each(|output| output.typed.nullable = true);
        }
        let lenient = match self.dialect {
            Dialect::Postgres => Vec::new(),
            Dialect::Sqlite | Dialect::Mysql => self.alias_types(select, &outputs),
        };
        if let Some(selection) = &select.selection {
            let mut filter = Scope { grouped: None, ..scope.within(Clause::Plain("WHERE")) };
            if self.dialect == Dialect::Sqlite {
                filter.aliases.clone_from(&lenient);
            }
            self.condition(&filter, selection, "WHERE");
        }
        scope.aliases = lenient;
        if let Some(having) = &select.having {
            self.condition(&scope.within(Clause::Having), having, "HAVING");
        }
        self.order(&scope, select, order, &outputs);
        self.distinct(&scope, select, order, &outputs);
        outputs
    }

    fn refuse_foreign_clauses(&mut self, select: &Select) {
        let foreign = select.top.is_some()
            || select.exclude.is_some()
            || select.into.is_some()
            || !select.lateral_views.is_empty()
            || select.prewhere.is_some()
            || !select.connect_by.is_empty()
            || !select.cluster_by.is_empty()
            || !select.distribute_by.is_empty()
            || !select.sort_by.is_empty()
            || select.qualify.is_some()
            || select.value_table_mode.is_some()
            || select.flavor != sqlparser::ast::SelectFlavor::Standard
            || (select.select_modifiers.is_some() && self.dialect != Dialect::Mysql)
            || (select.projection.is_empty() && self.dialect != Dialect::Postgres);
        if foreign {
            let span = place(self.source, select);
            self.cannot_judge(span, format!("a clause of this SELECT is not checked for {}", self.dialect));
        }
    }

    fn projection(&mut self, scope: &Scope<'_>, select: &Select) -> Vec<Output> {
        let texts = self.item_texts(select);
        self.items(scope, &select.projection, &texts)
    }

    /// The columns of a select list or of RETURNING.
    pub(crate) fn items(&mut self, scope: &Scope<'_>, items: &[SelectItem], texts: &[String]) -> Vec<Output> {
        let mut outputs = Vec::new();
        for (at, item) in items.iter().enumerate() {
            match item {
                SelectItem::UnnamedExpr(expr) => {
                    let typed = self.expr(scope, expr);
                    let name = self.output_name(expr, &typed, texts.get(at).map(String::as_str));
                    outputs.push(Output { name, typed, span: self.span(expr) });
                }
                SelectItem::ExprWithAlias { expr, alias } => {
                    let typed = self.expr(scope, expr);
                    outputs.push(Output { name: self.dialect.shown_name(alias), typed, span: self.span(expr) });
                }
                SelectItem::Wildcard(options) => {
                    self.plain_wildcard(options);
                    self.all_columns(scope, &mut outputs);
                }
                SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(name), options) => {
                    self.plain_wildcard(options);
                    self.columns_of_relation(scope, name, &mut outputs);
                }
                SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::Expr(expr), _) => {
                    self.cannot_judge(self.span(expr), "the columns of this row are not known");
                }
                SelectItem::ExprWithAliases { expr, .. } => {
                    self.refuse(self.span(expr), "an expression has one alias");
                }
            }
        }
        outputs
    }

    fn plain_wildcard(&mut self, options: &sqlparser::ast::WildcardAdditionalOptions) {
        if options.opt_ilike.is_some()
            || options.opt_exclude.is_some()
            || options.opt_except.is_some()
            || options.opt_replace.is_some()
            || options.opt_rename.is_some()
            || options.opt_alias.is_some()
        {
            let span = place(self.source, options);
            self.refuse(span, format!("{} has no such form of `*`", self.dialect));
        }
    }

    fn all_columns(&mut self, scope: &Scope<'_>, outputs: &mut Vec<Output>) {
        let span = self.source.all();
        if scope.relations.is_empty() {
            self.refuse(span, "`*` without a FROM");
            return;
        }
        for (at, relation) in scope.relations.iter().enumerate().filter(|(_, own)| !own.qualified_only) {
            self.expand(scope, at, relation, false, outputs);
        }
    }

    fn columns_of_relation(&mut self, scope: &Scope<'_>, name: &ObjectName, outputs: &mut Vec<Output>) {
        let (namespace, table) = self.schema.key(name);
        let namespace = (name.0.len() > 1).then_some(namespace);
        match scope.relation(namespace.as_deref(), &table) {
            Some((_, at, relation)) => {
                let relation = relation.clone();
                self.expand(scope, at, &relation, true, outputs);
            }
            None => {
                self.refuse(self.name_span(name), format!("no table `{table}` in this FROM"));
            }
        }
    }

    fn expand(
        &mut self,
        scope: &Scope<'_>,
        at: usize,
        relation: &Relation,
        qualified: bool,
        outputs: &mut Vec<Output>,
    ) {
        if relation.opaque && self.is_content() {
            self.cannot_judge(self.source.all(), format!("the columns of `{}` are not known", relation.name));
        }
        for (place, column) in relation.columns.iter().enumerate() {
            if column.merged && !qualified {
                continue;
            }
            if let Some(grouped) = &scope.grouped
                && self.dialect == Dialect::Postgres
                && !grouped.covers(&scope.relations, at, place)
            {
                let message = format!("column `{}` must be in GROUP BY or in an aggregate function", column.name);
                self.refuse(self.source.all(), message);
            }
            outputs.push(column_output(column, self.source.all()));
        }
    }

    fn alias_places<'s>(&self, select: &'s Select) -> Vec<(String, &'s Expr)> {
        select
            .projection
            .iter()
            .filter_map(|item| match item {
                SelectItem::ExprWithAlias { expr, alias } => Some((self.dialect.column_name(alias), expr)),
                _ => None,
            })
            .collect()
    }

    fn alias_types(&self, select: &Select, outputs: &[Output]) -> Vec<(String, Typed)> {
        let names = self.alias_places(select);
        let find = |key: &String| outputs.iter().find(|output| output.name.to_lowercase() == *key.to_lowercase());
        names.iter().filter_map(|(key, _)| find(key).map(|output| (key.clone(), output.typed.clone()))).collect()
    }

    pub(crate) fn condition(&mut self, scope: &Scope<'_>, expr: &Expr, what: &str) {
        let typed = self.expr(scope, expr);
        self.boolean(&typed, self.span(expr), what);
    }

    pub(crate) fn boolean(&mut self, typed: &Typed, span: Range<usize>, what: &str) {
        if self.dialect != Dialect::Postgres {
            return;
        }
        match self.schema.base_type(&typed.ty) {
            ty if ty == BOOL || ty == Ty::Any => {}
            Ty::Open => {
                self.assign(typed, &BOOL, span, what);
            }
            ty => {
                self.refuse(span, format!("{what} must be boolean, not {ty}"));
            }
        }
    }
}

fn column_output(column: &ScopeColumn, span: Range<usize>) -> Output {
    Output { name: column.name.clone(), typed: column.typed(), span }
}

fn groups_in_sets(select: &Select) -> bool {
    match &select.group_by {
        GroupByExpr::Expressions(expressions, modifiers) => {
            let in_sets = |expr: &Expr| matches!(expr, Expr::Rollup(_) | Expr::Cube(_) | Expr::GroupingSets(_));
            !modifiers.is_empty() || expressions.iter().any(in_sets)
        }
        GroupByExpr::All(_) => false,
    }
}
