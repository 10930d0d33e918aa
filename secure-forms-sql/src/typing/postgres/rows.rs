//! Functions in FROM: the rows that a call gives (7.2.1.4).

use super::call::find_function;
use crate::types::Ty;
use crate::typing::call::Call;
use crate::typing::inference::Inference;
use crate::typing::rows::{DeclaredColumn, RowColumn, Rows};

pub(super) fn rows(inference: &mut Inference<'_>, call: &Call, declared: &[DeclaredColumn<'_>]) -> Option<Rows> {
    let own = call.name.as_str();
    if own == "unnest" && call.arguments.len() > 1 {
        return Some(unnest_many(inference, call));
    }
    let found = find_function(inference, call)?;
    if !found.columns.is_empty() {
        let columns = found.columns.into_iter().map(|(name, ty)| RowColumn::new(name, ty, true));
        return Some(Rows::of(columns.collect()));
    }
    if found.result.is("record") && declared.iter().any(|own| own.data_type.is_some()) {
        // `AS x(a int, b text)`
        let columns = declared.iter().map(|own| {
            let ty = own.data_type.map(|ty| inference.named_type(ty, own.span.clone()));
            RowColumn::new(own.name.clone(), ty.unwrap_or(Ty::Any), true)
        });
        return Some(Rows::of(columns.collect()));
    }
    if found.result.is("record") || found.result == Ty::Any || inference.schema.category(&found.result) == 'C' {
        inference.cannot_judge(call.span.clone(), format!("the columns of `{own}(…)` are not known"));
        return None;
    }
    let nullable = !matches!(own, "generate_series" | "jsonb_array_elements" | "json_array_elements");
    let only = RowColumn::new(own, found.result, nullable);
    Some(Rows { scalar: true, ..Rows::of(vec![only]) })
}

/// `unnest` of several arrays side by side.
fn unnest_many(inference: &mut Inference<'_>, call: &Call) -> Rows {
    let mut columns = Vec::new();
    for (_, (typed, span)) in &call.arguments {
        let ty = match inference.schema.base_type(&typed.ty).element() {
            Some(element) => element,
            None if typed.ty == Ty::Any => Ty::Any,
            None => {
                inference.refuse(span.clone(), format!("unnest takes arrays, not {}", typed.ty));
                Ty::Any
            }
        };
        columns.push(RowColumn::new("unnest", ty, true));
    }
    Rows::of(columns)
}
