//! The row that a write goes through, as its `WHERE` sees it: which names are its columns, also inside of sub-queries whose own tables hide them.

use sqlparser::ast::{
    BinaryOperator, Expr, FunctionArguments, Ident, ObjectName, Select, TableFactor, TableWithJoins, UnaryOperator,
    Value,
};

use super::super::node::{Node, argument, children, is_named};
use super::super::tree::Tree;
use super::constant::single;
use crate::schema::{Table, TableColumn};
use crate::types::Type;

/// The written table, the tables beside it, and the queries between it and the place that is looked at, innermost last.
#[derive(Clone)]
pub(super) struct Row<'c, 't> {
    tree: &'c Tree<'t>,
    /// Its alias, or its own name; folded.
    name: String,
    table: Option<&'t Table>,
    others: &'t [TableWithJoins],
    around: Vec<&'t [TableWithJoins]>,
}

/// What a name means.
enum Meaning<'t> {
    /// A column of the written row, with its declaration if it has one.
    Own(Option<&'t TableColumn>),
    Other,
}

impl<'c, 't> Row<'c, 't> {
    pub(super) fn of(tree: &'c Tree<'t>, written: &'t TableFactor, others: &'t [TableWithJoins]) -> Self {
        let (name, table) = match written {
            TableFactor::Table { name, alias, .. } => {
                let key = tree.schema.key(name);
                let shown =
                    alias.as_ref().map_or(key.1.clone(), |alias| tree.template.dialect().table_name(&alias.name));
                (shown, tree.schema.tables.get(&key))
            }
            _ => (String::new(), None),
        };
        Self { tree, name, table, others, around: Vec::new() }
    }

    /// The same row, seen from inside of a query.
    pub(super) fn inside(&self, select: &'t Select) -> Self {
        let mut inside = self.clone();
        inside.around.push(&select.from);
        inside
    }

    /// Whether this is the name of the written table.
    pub(super) fn is_table(&self, name: &ObjectName) -> bool {
        let key = self.tree.schema.key(name);
        self.table.is_some_and(|own| self.tree.schema.tables.get(&key).is_some_and(|other| std::ptr::eq(own, other)))
    }

    /// Whether an expression reads the row, at any depth.
    pub(super) fn is_read_by(&self, expr: &'t Expr) -> bool {
        self.any_column(Node::Expr(expr), &|_| true)
    }

    /// Whether an expression reads a column of the row that can be NULL.
    pub(super) fn reads_nullable(&self, expr: &'t Expr) -> bool {
        self.any_column(Node::Expr(expr), &|column| column.is_some_and(|column| column.nullable))
    }

    /// The type of a condition that is a column alone.
    pub(super) fn column_type(&self, expr: &Expr) -> Option<&'t Type> {
        match self.meaning(plain(expr))? {
            Meaning::Own(Some(column)) => Some(&column.ty),
            Meaning::Own(None) => Some(&Type::I64),
            Meaning::Other => None,
        }
    }

    /// Whether an expression is the row's own number.
    pub(super) fn is_key(&self, expr: &Expr) -> bool {
        let Some(table) = self.table else { return false };
        match self.meaning(plain(expr)) {
            Some(Meaning::Own(Some(column))) => {
                table.rowid.as_ref() == Some(&column.key)
                    || matches!(column.ty, Type::I16 | Type::I32 | Type::I64)
                        && table.uniques.first().is_some_and(|key| key.len() == 1 && key.contains(&column.key))
                        && column.has_default
            }
            Some(Meaning::Own(None)) => true,
            _ => false,
        }
    }

    /// Whether two expressions are the same but for what changes nothing, or can be: `coalesce({id}, id)` is `id` without a value.
    pub(super) fn same(&self, one: &Expr, other: &Expr) -> bool {
        let choices = |expr| choices(expr).unwrap_or_default();
        self.equal(one, other)
            || choices(one).into_iter().any(|choice| self.same(choice, other))
            || choices(other).into_iter().any(|choice| self.same(one, choice))
    }

    fn equal(&self, one: &Expr, other: &Expr) -> bool {
        let (one, other) = (plain(one), plain(other));
        match (self.meaning(one), self.meaning(other)) {
            (Some(Meaning::Own(one)), Some(Meaning::Own(other))) => {
                let key = |column: Option<&'t TableColumn>| {
                    let rowid = self.table.and_then(|table| table.rowid.as_ref());
                    column.map(|column| &column.key).filter(|key| rowid != Some(*key))
                };
                key(one) == key(other)
            }
            // Constants are not columns: two that are equal are reported as what they are.
            _ => !is_constant(one) && one.to_string().eq_ignore_ascii_case(&other.to_string()),
        }
    }

    fn any_column(&self, node: Node<'t>, is_wanted: &dyn Fn(Option<&'t TableColumn>) -> bool) -> bool {
        if let Node::Select(select) = node {
            let inside = self.inside(select);
            return children(node).into_iter().any(|child| inside.any_column(child, is_wanted));
        }
        if let Node::Expr(expr) = node
            && let Some(meaning) = self.meaning(expr)
        {
            return matches!(meaning, Meaning::Own(column) if is_wanted(column));
        }
        children(node).into_iter().any(|child| self.any_column(child, is_wanted))
    }

    /// What an expression that is a name means; `None` if it is no name.
    fn meaning(&self, expr: &Expr) -> Option<Meaning<'t>> {
        match expr {
            Expr::Identifier(ident) => Some(self.unqualified(ident)),
            Expr::CompoundIdentifier(parts) => match parts.as_slice() {
                [.., qualifier, ident] => Some(self.qualified(qualifier, ident)),
                _ => None,
            },
            _ => None,
        }
    }

    fn unqualified(&self, ident: &Ident) -> Meaning<'t> {
        let key = self.tree.template.dialect().column_name(ident);
        // An inner table that has the column, or of which the columns are not known, hides it.
        if self.around.iter().any(|from| self.factors(from).any(|factor| self.may_have(factor, &key))) {
            return Meaning::Other;
        }
        self.own(&key)
    }

    fn qualified(&self, qualifier: &Ident, ident: &Ident) -> Meaning<'t> {
        let dialect = self.tree.template.dialect();
        let qualifier = dialect.table_name(qualifier);
        let named = |factor: &TableFactor| self.name_of(factor).as_ref() == Some(&qualifier);
        let hidden = self.around.iter().any(|from| self.factors(from).any(named));
        if hidden || qualifier != self.name || self.factors(self.others).any(named) {
            return Meaning::Other;
        }
        self.own(&dialect.column_name(ident))
    }

    fn own(&self, key: &str) -> Meaning<'t> {
        let Some(table) = self.table else { return Meaning::Own(None) };
        let column = table.columns.iter().find(|column| column.key == key);
        let rowid = || table.has_rowid && matches!(key, "rowid" | "_rowid_" | "oid");
        if column.is_some() || rowid() || table.uncertain {
            let declared = || table.columns.iter().find(|column| Some(&column.key) == table.rowid.as_ref());
            return Meaning::Own(column.or_else(|| rowid().then(declared).flatten()));
        }
        Meaning::Other
    }

    fn factors<'f>(&self, tables: &'f [TableWithJoins]) -> impl Iterator<Item = &'f TableFactor> {
        let joined = |table: &'f TableWithJoins| {
            std::iter::once(&table.relation).chain(table.joins.iter().map(|join| &join.relation))
        };
        tables.iter().flat_map(joined)
    }

    fn name_of(&self, factor: &TableFactor) -> Option<String> {
        let dialect = self.tree.template.dialect();
        match factor {
            TableFactor::Table { name, alias, .. } | TableFactor::Function { name, alias, .. } => {
                let own = || name.0.last().and_then(|part| part.as_ident()).map(|ident| dialect.table_name(ident));
                alias.as_ref().map_or_else(own, |alias| Some(dialect.table_name(&alias.name)))
            }
            TableFactor::Derived { alias, .. } => alias.as_ref().map(|alias| dialect.table_name(&alias.name)),
            _ => None,
        }
    }

    fn may_have(&self, factor: &TableFactor, key: &str) -> bool {
        let TableFactor::Table { name, .. } = factor else { return true };
        let Some(table) = self.tree.schema.tables.get(&self.tree.schema.key(name)) else { return true };
        let rowid = table.has_rowid && matches!(key, "rowid" | "_rowid_" | "oid");
        table.uncertain || rowid || table.columns.iter().any(|column| column.key == key)
    }
}

/// Takes off what does not change a value enough to make it another: parentheses, `+`, `COLLATE`, `CAST`, `+ 0`, `* 1`, `|| ''`, `(SELECT x)`.
fn plain(expr: &Expr) -> &Expr {
    match expr {
        Expr::Nested(inner) | Expr::Collate { expr: inner, .. } | Expr::Cast { expr: inner, .. } => plain(inner),
        Expr::UnaryOp { op: UnaryOperator::Plus, expr } => plain(expr),
        Expr::BinaryOp { left, op, right } => match (op, literal(right).as_deref()) {
            (BinaryOperator::Plus | BinaryOperator::Minus, Some("0"))
            | (BinaryOperator::Multiply | BinaryOperator::Divide, Some("1"))
            | (BinaryOperator::StringConcat, Some("")) => plain(left),
            _ => expr,
        },
        Expr::Subquery(query) => single(query).map_or(expr, plain),
        _ => expr,
    }
}

/// The values of which an expression gives one.
fn choices(expr: &Expr) -> Option<Vec<&Expr>> {
    match plain(expr) {
        Expr::Function(function) if is_named(&function.name, &["coalesce", "ifnull", "nvl", "iif", "if"]) => {
            let FunctionArguments::List(list) = &function.args else { return None };
            Some(list.args.iter().filter_map(argument).collect())
        }
        Expr::Case { conditions, else_result, .. } => {
            Some(conditions.iter().map(|when| &when.result).chain(else_result.as_deref()).collect())
        }
        _ => None,
    }
}

fn literal(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Value(own) => match &own.value {
            Value::Number(text, _) | Value::SingleQuotedString(text) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Value(_) => true,
        Expr::Tuple(items) => items.iter().all(is_constant),
        _ => false,
    }
}
