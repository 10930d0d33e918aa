//! Columns of sub-queries that carry a bound value to another place: `FROM (SELECT {q} AS q) WHERE name LIKE q`. Names are compared without their
//! scope, so that a name that could be one of them counts.

use std::collections::BTreeSet;

use sqlparser::ast::{Expr, Query, Select, SelectItem, SetExpr, TableAlias, TableFactor};

use super::node::{Node, argument, each};
use super::tree::Tree;
use crate::problem::Problem;

/// The columns of `json_each` and its kin, and those that SQLite gives to VALUES.
const OF_FUNCTIONS: [&str; 5] = ["value", "key", "atom", "fullkey", "path"];

/// The names that carry a value, in lower case.
#[derive(Default)]
pub(super) struct Carried(BTreeSet<String>);

impl Carried {
    pub(super) fn of(tree: &Tree<'_>) -> Self {
        let mut carried = Self::default();
        loop {
            let before = carried.0.len();
            tree.each(&mut |node| carried.note(tree, node));
            if carried.0.len() == before {
                return carried;
            }
        }
    }

    /// A column that brings a bound value to an expression in which it would have to be capped, or its wildcards meant.
    pub(super) fn problem<'t>(&self, tree: &Tree<'t>, expr: &'t Expr, place: &str) -> Option<Problem> {
        let column = self.within(expr)?;
        let problem =
            Problem::new(tree.origin(column), format!("a sub-query's column carries a bound value into {place}"));
        Some(problem.help("bind the value there itself; if this is another column, give it another name"))
    }

    /// The first part of an expression that brings a value along.
    fn within<'t>(&self, expr: &'t Expr) -> Option<&'t Expr> {
        let mut found = None;
        if !self.0.is_empty() {
            each(Node::Expr(expr), &mut |node| match node {
                Node::Expr(own) if self.is_named(own) => found = found.or(Some(own)),
                Node::Select(select) if select.projection.iter().any(is_wildcard) => found = found.or(Some(expr)),
                _ => {}
            });
        }
        found
    }

    fn is_named(&self, expr: &Expr) -> bool {
        let name = match expr {
            Expr::Identifier(ident) => Some(ident),
            Expr::CompoundIdentifier(parts) => parts.last(),
            _ => None,
        };
        name.is_some_and(|ident| self.0.contains(&ident.value.to_lowercase()))
    }

    fn brings(&self, tree: &Tree<'_>, expr: &Expr) -> bool {
        let mut brings = false;
        each(Node::Expr(expr), &mut |node| {
            if let Node::Expr(own) = node {
                brings |= tree.slot(own).is_some() || self.is_named(own);
            }
        });
        brings
    }

    fn note(&mut self, tree: &Tree<'_>, node: Node<'_>) {
        match node {
            Node::Query(query) => {
                for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
                    self.note_query(tree, &cte.query, Some(&cte.alias));
                }
                self.note_query(tree, query, None);
            }
            Node::Factor(TableFactor::Derived { subquery, alias, .. }) => {
                self.note_query(tree, subquery, alias.as_ref())
            }
            Node::Factor(TableFactor::Table { args: Some(args), .. })
                if args.args.iter().filter_map(argument).any(|expr| self.brings(tree, expr)) =>
            {
                self.0.extend(OF_FUNCTIONS.map(str::to_owned));
            }
            _ => {}
        }
    }

    fn note_query(&mut self, tree: &Tree<'_>, query: &Query, alias: Option<&TableAlias>) {
        let columns = self.columns(tree, &query.body);
        let carrying = columns.into_iter().enumerate().filter(|(_, (_, brings))| *brings);
        for (at, (name, _)) in carrying {
            let renamed = alias.and_then(|alias| alias.columns.get(at)).map(|column| column.name.value.to_lowercase());
            self.0.extend(renamed.or(name));
        }
    }

    /// The columns of a query: the name of each, and whether it brings a value along.
    fn columns(&self, tree: &Tree<'_>, body: &SetExpr) -> Vec<(Option<String>, bool)> {
        match body {
            SetExpr::Select(select) => self.selected(tree, select),
            SetExpr::Query(query) => self.columns(tree, &query.body),
            SetExpr::SetOperation { left, right, .. } => {
                let (mut columns, others) = (self.columns(tree, left), self.columns(tree, right));
                for (column, (_, brings)) in columns.iter_mut().zip(others) {
                    column.1 |= brings;
                }
                columns
            }
            SetExpr::Values(values) => {
                let width = values.rows.first().map_or(0, |row| row.content.len());
                let brings = |at| {
                    let mut cells = values.rows.iter().filter_map(|row| row.content.get(at));
                    cells.any(|cell| self.brings(tree, cell))
                };
                (0..width).map(|at| (Some(format!("column{}", at + 1)), brings(at))).collect()
            }
            _ => vec![],
        }
    }

    fn selected(&self, tree: &Tree<'_>, select: &Select) -> Vec<(Option<String>, bool)> {
        let column = |item: &SelectItem| match item {
            SelectItem::ExprWithAlias { expr, alias } => (Some(alias.value.to_lowercase()), self.brings(tree, expr)),
            SelectItem::UnnamedExpr(expr) => (None, self.brings(tree, expr)),
            _ => (None, false),
        };
        select.projection.iter().map(column).collect()
    }
}

fn is_wildcard(item: &SelectItem) -> bool {
    matches!(item, SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..))
}
