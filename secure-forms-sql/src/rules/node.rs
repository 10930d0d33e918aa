//! The syntax tree as one kind of node: what stands directly below each. A place that is left out here is no hole: values in it are refused,
//! because the walk did not meet them.

mod below;
mod expression;
mod part;

use sqlparser::ast::{
    Assignment, Delete, Distinct, Expr, FromTable, GroupByExpr, Insert, JoinConstraint, JoinOperator, LimitClause,
    NamedWindowExpr, ObjectName, OnConflictAction, OnInsert, OrderByKind, Query, Select, SetExpr, Statement,
    TableFactor, TableWithJoins, Update, UpdateTableFromKind,
};

use self::below::Below;

pub(super) use self::below::argument;
pub(super) use self::part::Node;

/// Visits a node and all below it, from above.
pub(super) fn each<'t>(node: Node<'t>, visit: &mut dyn FnMut(Node<'t>)) {
    visit(node);
    for child in children(node) {
        each(child, visit);
    }
}

/// What stands directly below a node.
pub(super) fn children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut below = Below(Vec::new());
    match node {
        Node::Statement(statement) => below.statement(statement),
        Node::Query(query) => below.query(query),
        Node::Body(body) => below.body(body),
        Node::Select(select) => below.select(select),
        Node::Table(table) => below.table(table),
        Node::Factor(factor) => below.factor(factor),
        Node::Expr(expr) => below.expr(expr),
    }
    below.0
}

impl<'t> Below<'t> {
    fn statement(&mut self, statement: &'t Statement) {
        match statement {
            Statement::Query(query) => self.0.push(Node::Query(query)),
            Statement::Insert(insert) => self.insert(insert),
            Statement::Update(update) => self.update(update),
            Statement::Delete(delete) => self.delete(delete),
            Statement::Explain { statement, .. } => self.0.push(Node::Statement(statement)),
            _ => {}
        }
    }

    fn insert(&mut self, insert: &'t Insert) {
        self.0.extend(insert.source.as_deref().map(Node::Query));
        self.assignments(&insert.assignments);
        match &insert.on {
            Some(OnInsert::DuplicateKeyUpdate(assignments)) => self.assignments(assignments),
            Some(OnInsert::OnConflict(conflict)) => {
                if let OnConflictAction::DoUpdate(update) = &conflict.action {
                    self.assignments(&update.assignments);
                    self.exprs(&update.selection);
                }
            }
            _ => {}
        }
        self.items(insert.returning.iter().flatten());
    }

    fn update(&mut self, update: &'t Update) {
        self.0.push(Node::Table(&update.table));
        if let Some(UpdateTableFromKind::BeforeSet(tables) | UpdateTableFromKind::AfterSet(tables)) = &update.from {
            self.tables(tables);
        }
        self.assignments(&update.assignments);
        self.exprs(&update.selection);
        self.items(update.returning.iter().flatten());
        self.order(&update.order_by);
        self.exprs(&update.limit);
    }

    fn delete(&mut self, delete: &'t Delete) {
        let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = &delete.from;
        self.tables(from);
        self.tables(delete.using.as_deref().unwrap_or_default());
        self.exprs(&delete.selection);
        self.items(delete.returning.iter().flatten());
        self.order(&delete.order_by);
        self.exprs(&delete.limit);
    }

    fn assignments(&mut self, assignments: &'t [Assignment]) {
        self.exprs(assignments.iter().map(|assignment| &assignment.value));
    }

    fn query(&mut self, query: &'t Query) {
        let with = query.with.iter().flat_map(|with| &with.cte_tables);
        self.0.extend(with.map(|cte| Node::Query(&cte.query)));
        self.0.push(Node::Body(&query.body));
        if let Some(OrderByKind::Expressions(items)) = query.order_by.as_ref().map(|order| &order.kind) {
            self.order(items);
        }
        match &query.limit_clause {
            Some(LimitClause::LimitOffset { limit, offset, limit_by }) => {
                self.exprs(limit);
                self.exprs(offset.as_ref().map(|offset| &offset.value));
                self.exprs(limit_by);
            }
            Some(LimitClause::OffsetCommaLimit { offset, limit }) => self.boxed(&[offset, limit]),
            None => {}
        }
        self.exprs(query.fetch.iter().filter_map(|fetch| fetch.quantity.as_ref()));
    }

    fn body(&mut self, body: &'t SetExpr) {
        match body {
            SetExpr::Select(select) => self.0.push(Node::Select(select)),
            SetExpr::Query(query) => self.0.push(Node::Query(query)),
            SetExpr::SetOperation { left, right, .. } => self.0.extend([Node::Body(left), Node::Body(right)]),
            SetExpr::Values(values) => self.exprs(values.rows.iter().flat_map(|row| &row.content)),
            SetExpr::Insert(own) | SetExpr::Update(own) | SetExpr::Delete(own) => self.0.push(Node::Statement(own)),
            SetExpr::Merge(_) | SetExpr::Table(_) => {}
        }
    }

    fn select(&mut self, select: &'t Select) {
        if let Some(Distinct::On(exprs)) = &select.distinct {
            self.exprs(exprs);
        }
        self.items(&select.projection);
        self.tables(&select.from);
        self.exprs(&select.selection);
        if let GroupByExpr::Expressions(exprs, _) = &select.group_by {
            self.exprs(exprs);
        }
        self.exprs(&select.having);
        for window in &select.named_window {
            if let NamedWindowExpr::WindowSpec(spec) = &window.1 {
                self.window(spec);
            }
        }
    }

    fn table(&mut self, table: &'t TableWithJoins) {
        self.0.push(Node::Factor(&table.relation));
        for join in &table.joins {
            self.0.push(Node::Factor(&join.relation));
            self.exprs(on(&join.join_operator));
        }
    }

    fn factor(&mut self, factor: &'t TableFactor) {
        match factor {
            TableFactor::Table { args, .. } => self.arguments(args.iter().flat_map(|own| &own.args)),
            TableFactor::Derived { subquery, .. } => self.0.push(Node::Query(subquery)),
            TableFactor::TableFunction { expr, .. } => self.exprs([expr]),
            TableFactor::Function { args, .. } => self.arguments(args),
            TableFactor::UNNEST { array_exprs, .. } => self.exprs(array_exprs),
            TableFactor::NestedJoin { table_with_joins, .. } => self.0.push(Node::Table(table_with_joins)),
            _ => {}
        }
    }
}

/// Whether the last part of a function's name is one of these.
pub(super) fn is_named(name: &ObjectName, names: &[&str]) -> bool {
    let last = name.0.last().and_then(|part| part.as_ident());
    last.is_some_and(|ident| names.iter().any(|name| ident.value.eq_ignore_ascii_case(name)))
}

/// The condition of a join.
fn on(operator: &JoinOperator) -> Option<&Expr> {
    let (JoinOperator::Join(constraint)
    | JoinOperator::Inner(constraint)
    | JoinOperator::Left(constraint)
    | JoinOperator::LeftOuter(constraint)
    | JoinOperator::Right(constraint)
    | JoinOperator::RightOuter(constraint)
    | JoinOperator::FullOuter(constraint)
    | JoinOperator::CrossJoin(constraint)
    | JoinOperator::StraightJoin(constraint)) = operator
    else {
        return None;
    };
    match constraint {
        JoinConstraint::On(expr) => Some(expr),
        _ => None,
    }
}
