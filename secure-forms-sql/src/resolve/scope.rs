//! What a place in a statement can see: tables, their columns, the queries of WITH, and what its query groups by.

use std::collections::BTreeSet;
use std::rc::Rc;

use sqlparser::ast::Expr;

use crate::resolve::relation::{Relation, ScopeColumn};
use crate::typing::value::Typed;

/// What one query sees: its own tables, then those of the query around it.
#[derive(Clone)]
pub(crate) struct Scope<'p> {
    pub(crate) relations: Vec<Relation>,
    pub(crate) parent: Option<&'p Scope<'p>>,
    pub(crate) ctes: Rc<Vec<Cte>>,
    /// Names that the select list gives, where the dialect lets a clause use them.
    pub(crate) aliases: Vec<(String, Typed)>,
    pub(crate) grouped: Option<Grouped>,
    pub(crate) clause: Clause,
    /// The windows that the query names.
    pub(crate) windows: Vec<String>,
    /// Inside a query of WITH.
    pub(crate) in_cte: bool,
}

/// Where an expression stands: aggregates and window functions are allowed in some clauses only.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Clause {
    /// The select list, ORDER BY: everything is allowed.
    Free,
    /// HAVING: aggregates are, window functions are not.
    Having,
    /// WHERE, ON, GROUP BY, SET, VALUES, RETURNING: neither is.
    Plain(&'static str),
    /// Inside an aggregate's arguments.
    Aggregate,
    /// Inside a window function's arguments and definition.
    Window,
}

/// What a query groups by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grouped {
    /// Relation and place.
    pub(crate) columns: BTreeSet<(usize, usize)>,
    /// Expressions that are no plain columns.
    pub(crate) expressions: Vec<Expr>,
}

impl Grouped {
    pub(crate) fn covers(&self, relations: &[Relation], relation: usize, at: usize) -> bool {
        if self.columns.contains(&(relation, at)) {
            return true;
        }
        // A primary key that is grouped by as a whole decides its table's other columns.
        relations.get(relation).is_some_and(|own| {
            !own.primary.is_empty()
                && own.primary.iter().all(|place| self.columns.contains(&(relation, *place)))
                && own.columns.iter().all(|column| column.from.is_some())
        })
    }

    pub(crate) fn has_expression(&self, expr: &Expr) -> bool {
        self.expressions.iter().any(|own| own == expr)
    }
}

#[derive(Clone)]
pub(crate) struct Cte {
    pub(crate) name: String,
    pub(crate) columns: Vec<ScopeColumn>,
    pub(crate) opaque: bool,
}

/// A column that was found: the scope's distance, the relation, the place in it.
pub(crate) struct Found {
    pub(crate) typed: Typed,
    pub(crate) at: Option<(usize, usize)>,
    pub(crate) level: usize,
}

pub(crate) enum Answer {
    Found(Found),
    Ambiguous,
    Unsure,
    None,
}

impl<'p> Scope<'p> {
    pub(crate) fn top() -> Self {
        Self::new(None, Rc::new(Vec::new()))
    }

    pub(crate) fn new(parent: Option<&'p Scope<'p>>, ctes: Rc<Vec<Cte>>) -> Self {
        Self {
            relations: Vec::new(),
            parent,
            ctes,
            aliases: Vec::new(),
            grouped: None,
            clause: Clause::Free,
            windows: Vec::new(),
            in_cte: false,
        }
    }

    /// A scope for a query inside this one.
    pub(crate) fn inner(&'p self) -> Scope<'p> {
        Scope { in_cte: self.in_cte, ..Scope::new(Some(self), Rc::clone(&self.ctes)) }
    }

    pub(crate) fn within(&self, clause: Clause) -> Scope<'p> {
        Scope { clause, ..self.clone() }
    }

    pub(crate) fn with_cte(&mut self, cte: Cte) {
        Rc::make_mut(&mut self.ctes).push(cte);
    }

    /// How many queries are around this one.
    pub(crate) fn depth(&self) -> usize {
        self.levels().skip(1).count()
    }

    pub(crate) fn levels(&self) -> impl Iterator<Item = (usize, &Scope<'p>)> {
        let mut next = Some(self);
        std::iter::from_fn(move || {
            let scope = next?;
            next = scope.parent;
            Some(scope)
        })
        .enumerate()
    }

    pub(crate) fn unqualified(&self, key: &str) -> Answer {
        for (level, scope) in self.levels() {
            let mut matches = Vec::new();
            for (relation, own) in scope.relations.iter().enumerate().filter(|(_, own)| !own.qualified_only) {
                for (at, column) in own.columns.iter().enumerate() {
                    if column.key == key && !column.merged {
                        matches.push((relation, at, column));
                    }
                }
            }
            match matches.as_slice() {
                [(relation, at, column)] => {
                    return Answer::Found(Found { typed: column.typed(), at: Some((*relation, *at)), level });
                }
                [] => {}
                _ => return Answer::Ambiguous,
            }
            if scope.relations.iter().any(|own| own.opaque) {
                return Answer::Unsure;
            }
            let mut hidden = scope.relations.iter().filter_map(|own| own.hidden(key));
            if let Some(typed) = hidden.next() {
                let ambiguous = hidden.next().is_some();
                return if ambiguous { Answer::Ambiguous } else { Answer::Found(Found { typed, at: None, level }) };
            }
            if let Some((_, typed)) = scope.aliases.iter().find(|(alias, _)| alias == key) {
                return Answer::Found(Found { typed: typed.clone(), at: None, level });
            }
        }
        Answer::None
    }

    /// The relation that a qualifier names, with its scope's distance and its place.
    pub(crate) fn relation(&self, namespace: Option<&str>, name: &str) -> Option<(usize, usize, &Relation)> {
        self.levels().find_map(|(level, scope)| {
            let found = scope.relations.iter().enumerate().find(|(_, own)| {
                own.name == name && namespace.is_none_or(|wanted| own.namespace.as_deref() == Some(wanted))
            });
            found.map(|(at, relation)| (level, at, relation))
        })
    }

    /// Every name that could have been meant, for a suggestion.
    pub(crate) fn column_names(&self) -> impl Iterator<Item = &str> {
        self.levels()
            .flat_map(|(_, scope)| scope.relations.iter().flat_map(|own| own.columns.iter().map(|c| c.name.as_str())))
    }

    pub(crate) fn relation_names(&self) -> impl Iterator<Item = &str> {
        self.levels().flat_map(|(_, scope)| scope.relations.iter().map(|own| own.name.as_str()))
    }

    pub(crate) fn level(&self, distance: usize) -> Option<&Scope<'p>> {
        self.levels().nth(distance).map(|(_, scope)| scope)
    }
}
