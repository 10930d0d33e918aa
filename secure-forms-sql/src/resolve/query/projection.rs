//! Select lists and RETURNING: expressions with their names, `*` and `table.*`.

use sqlparser::ast::{ObjectName, Select, SelectItem, SelectItemQualifiedWildcardKind};

use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::resolve::query::scope::{Relation, Scope};
use crate::resolve::query::set::{Output, column_output};
use crate::resolve::resolver::Judge;

impl Judge<'_> {
    pub(crate) fn projection(&mut self, scope: &Scope<'_>, select: &Select) -> Vec<Output> {
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
                    if self.dialect == Dialect::Sqlite
                        && alias.quote_style.is_none()
                        && alias.value.eq_ignore_ascii_case("ISNULL")
                    {
                        // The parser takes the operator for a name.
                        let problem = Problem::cannot_judge(self.source.ident(alias), "ISNULL is not checked");
                        self.problem(problem.help("write `IS NULL`"));
                    }
                    let typed = self.expr(scope, expr);
                    outputs.push(Output { name: self.dialect.shown_name(alias), typed, span: self.span(expr) });
                }
                SelectItem::Wildcard(options) => {
                    if at > 0 && self.dialect == Dialect::Mysql {
                        let span = self.source.node(options);
                        self.problem(Problem::refused(span, "`*` stands first in mysql").help("write `table.*`"));
                    }
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
        {
            let span = self.source.node(options);
            self.refuse(span, format!("{} has no such form of `*`", self.dialect));
        } else if options.opt_alias.is_some() {
            self.cannot_judge(self.source.node(options), "an alias of `*` is not checked");
        }
    }

    fn all_columns(&mut self, scope: &Scope<'_>, outputs: &mut Vec<Output>) {
        let span = self.source.all();
        let is_dual = |own: &Relation| self.dialect == Dialect::Mysql && own.columns.is_empty() && !own.opaque;
        if scope.relations.iter().all(is_dual) {
            self.refuse(span, "`*` without a table");
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
}
