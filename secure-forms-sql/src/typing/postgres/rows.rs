//! Functions in FROM: the relation that a call gives (PostgreSQL 7.2.1.4).

use sqlparser::ast::{FunctionArg, ObjectName, TableAlias};

use crate::resolve::expr::call::Call;
use crate::resolve::query::scope::{Relation, Scope, ScopeColumn};
use crate::resolve::resolver::Judge;
use crate::types::Ty;

impl Judge<'_> {
    /// A function in FROM.
    pub(crate) fn set_function(
        &mut self,
        scope: &Scope<'_>,
        (name, args): (&ObjectName, &[FunctionArg]),
        own: &str,
        called: &str,
        alias: Option<&TableAlias>,
    ) -> Relation {
        let namespace = self.schema.key(name).0;
        let mut call = Call {
            name: own.to_owned(),
            namespace: (name.0.len() > 1).then_some(namespace).filter(|own| !own.is_empty()),
            arguments: Vec::new(),
            star: false,
            windowed: false,
            within_group: Vec::new(),
            span: self.name_span(name),
        };
        for argument in args {
            self.argument(scope, argument, &mut call);
        }
        if own == "unnest" && call.arguments.len() > 1 {
            return self.unnest_many(&call, called);
        }
        let Some(found) = self.find_function(&call) else { return Relation::opaque(called.to_owned()) };
        let column = |name: &str, ty: Ty| ScopeColumn {
            key: name.to_owned(),
            name: name.to_owned(),
            ty,
            nullable: true,
            from: None,
            merged: false,
        };
        if !found.columns.is_empty() {
            let columns = found.columns.into_iter().map(|(name, ty)| column(name, ty)).collect();
            return Relation::of_columns(called.to_owned(), columns);
        }
        let declared = alias.map_or(&[][..], |alias| alias.columns.as_slice());
        if found.result.is("record") && declared.iter().any(|own| own.data_type.is_some()) {
            // `AS x(a int, b text)`
            let columns = declared.iter().map(|own| {
                let ty = own.data_type.as_ref().map(|ty| self.named_type(ty, self.source.ident(&own.name)));
                (self.dialect.column_name(&own.name), ty.unwrap_or(Ty::Any))
            });
            let columns = columns.map(|(name, ty)| column(&name, ty)).collect();
            return Relation::of_columns(called.to_owned(), columns);
        }
        if found.result.is("record") || found.result == Ty::Any || self.schema.category(&found.result) == 'C' {
            self.cannot_judge(call.span, format!("the columns of `{own}(…)` are not known"));
            return Relation::opaque(called.to_owned());
        }
        let mut only = column(own, found.result);
        only.nullable = !matches!(own, "generate_series" | "jsonb_array_elements" | "json_array_elements");
        Relation { scalar: true, ..Relation::of_columns(called.to_owned(), vec![only]) }
    }

    /// `unnest` of several arrays side by side.
    fn unnest_many(&mut self, call: &Call, called: &str) -> Relation {
        let mut columns = Vec::new();
        for (_, (typed, span)) in &call.arguments {
            let ty = match self.schema.base_type(&typed.ty).element() {
                Some(element) => element,
                None if typed.ty == Ty::Any => Ty::Any,
                None => {
                    self.refuse(span.clone(), format!("unnest takes arrays, not {}", typed.ty));
                    Ty::Any
                }
            };
            columns.push(ScopeColumn {
                key: "unnest".to_owned(),
                name: "unnest".to_owned(),
                ty,
                nullable: true,
                from: None,
                merged: false,
            });
        }
        Relation::of_columns(called.to_owned(), columns)
    }
}
