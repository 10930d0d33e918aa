//! Select lists and RETURNING: expressions with their names, `*` and `table.*`.

use sqlparser::ast::{ObjectName, Select, SelectItem, SelectItemQualifiedWildcardKind};

use crate::problem::Problem;
use crate::resolve::query::naming;
use crate::resolve::relation::{Output, Relation};
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;

pub(crate) fn projection(r: &mut Resolver<'_>, scope: &Scope<'_>, select: &Select) -> Vec<Output> {
    let texts = naming::item_texts(r, select);
    items(r, scope, &select.projection, &texts)
}

/// The columns of a select list or of RETURNING.
pub(crate) fn items(r: &mut Resolver<'_>, scope: &Scope<'_>, items: &[SelectItem], texts: &[String]) -> Vec<Output> {
    let mut outputs = Vec::new();
    for (at, item) in items.iter().enumerate() {
        match item {
            SelectItem::UnnamedExpr(expr) => {
                let typed = r.expr(scope, expr);
                let name = naming::output_name(r, expr, &typed, texts.get(at).map(String::as_str));
                outputs.push(Output { name, typed, span: r.source.node(expr) });
            }
            SelectItem::ExprWithAlias { expr, alias } => {
                if r.dialect.query().isnull_operator
                    && alias.quote_style.is_none()
                    && alias.value.eq_ignore_ascii_case("ISNULL")
                {
                    // The parser takes the operator for a name.
                    let problem = Problem::cannot_judge(r.source.ident(alias), "ISNULL is not checked");
                    r.report(problem.help("write `IS NULL`"));
                }
                let typed = r.expr(scope, expr);
                outputs.push(Output { name: r.dialect.shown_name(alias), typed, span: r.source.node(expr) });
            }
            SelectItem::Wildcard(options) => {
                if at > 0 && !r.dialect.query().wildcard_anywhere {
                    let span = r.source.node(options);
                    r.report(Problem::new(span, format!("`*` stands first in {}", r.dialect)).help("write `table.*`"));
                }
                plain_wildcard(r, options);
                all_columns(r, scope, &mut outputs);
            }
            SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(name), options) => {
                plain_wildcard(r, options);
                columns_of_relation(r, scope, name, &mut outputs);
            }
            SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::Expr(expr), _) => {
                r.cannot_judge(r.source.node(expr), "the columns of this row are not known");
            }
            SelectItem::ExprWithAliases { expr, .. } => {
                r.refuse(r.source.node(expr), "an expression has one alias");
            }
        }
    }
    outputs
}

fn plain_wildcard(r: &mut Resolver<'_>, options: &sqlparser::ast::WildcardAdditionalOptions) {
    if options.opt_ilike.is_some()
        || options.opt_exclude.is_some()
        || options.opt_except.is_some()
        || options.opt_replace.is_some()
        || options.opt_rename.is_some()
    {
        let span = r.source.node(options);
        r.refuse(span, format!("{} has no such form of `*`", r.dialect));
    } else if options.opt_alias.is_some() {
        r.cannot_judge(r.source.node(options), "an alias of `*` is not checked");
    }
}

fn all_columns(r: &mut Resolver<'_>, scope: &Scope<'_>, outputs: &mut Vec<Output>) {
    let span = r.source.all();
    let is_dual = |own: &Relation| r.dialect.query().dual && own.columns.is_empty() && !own.opaque;
    if scope.relations.iter().all(is_dual) {
        r.refuse(span, "`*` without a table");
        return;
    }
    for (at, relation) in scope.relations.iter().enumerate().filter(|(_, own)| !own.qualified_only) {
        expand(r, scope, at, relation, false, outputs);
    }
}

fn columns_of_relation(r: &mut Resolver<'_>, scope: &Scope<'_>, name: &ObjectName, outputs: &mut Vec<Output>) {
    let (namespace, table) = r.schema.key(name);
    let namespace = (name.0.len() > 1).then_some(namespace);
    match scope.relation(namespace.as_deref(), &table) {
        Some((_, at, relation)) => {
            let relation = relation.clone();
            expand(r, scope, at, &relation, true, outputs);
        }
        None => {
            r.refuse(r.source.name(name), format!("no table `{table}` in this FROM"));
        }
    }
}

fn expand(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    at: usize,
    relation: &Relation,
    qualified: bool,
    outputs: &mut Vec<Output>,
) {
    if relation.opaque && r.is_content() {
        r.cannot_judge(r.source.all(), format!("the columns of `{}` are not known", relation.name));
    }
    for (place, column) in relation.columns.iter().enumerate() {
        if column.merged && !qualified {
            continue;
        }
        if let Some(grouped) = &scope.grouped
            && !grouped.covers(&scope.relations, at, place)
        {
            let message = format!("column `{}` must be in GROUP BY or in an aggregate function", column.name);
            r.refuse(r.source.all(), message);
        }
        outputs.push(Output::of(column, r.source.all()));
    }
}
