//! Which of several operators or functions of one name a call means (PostgreSQL 10.2 and 10.3, `func_select_candidate`).

use super::catalogue::Context;
use crate::schema::Schema;
use crate::types::{TEXT, Ty};

#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Choice {
    /// The one at this place.
    One(usize),
    /// None takes such arguments.
    None,
    /// Several would.
    Ambiguous,
}

/// Chooses among parameter lists, each as long as `actual`.
pub(crate) fn choose(schema: &Schema, candidates: &[Vec<Ty>], actual: &[Ty]) -> Choice {
    let actual: Vec<Ty> = actual.iter().map(|ty| schema.base_type(ty)).collect();
    if let Some(exact) = candidates.iter().position(|declared| *declared == actual) {
        return Choice::One(exact);
    }
    let mut left: Vec<usize> = (0..candidates.len()).filter(|at| reachable(schema, candidates, *at, &actual)).collect();
    // Rules 4.c and 4.d: most exact matches, then most preferred types among those that need a conversion.
    if left.len() > 1 {
        keep_best(&mut left, |at| score(candidates, at, &actual, |declared, own| declared == own));
    }
    if left.len() > 1 {
        let preferred = |declared: &Ty, own: &Ty| {
            schema.is_preferred(declared) && schema.category(declared) == schema.category(own)
        };
        keep_best(&mut left, |at| {
            score(candidates, at, &actual, |declared, own| declared == own || preferred(declared, own))
        });
    }
    if left.len() > 1 {
        by_category(schema, candidates, &mut left, &actual);
    }
    if left.len() > 1 {
        by_known_type(schema, candidates, &mut left, &actual);
    }
    match left.as_slice() {
        [] => Choice::None,
        [one] => Choice::One(*one),
        _ => Choice::Ambiguous,
    }
}

fn reachable(schema: &Schema, candidates: &[Vec<Ty>], at: usize, actual: &[Ty]) -> bool {
    let Some(declared) = candidates.get(at) else { return false };
    declared.len() == actual.len()
        && declared.iter().zip(actual).all(|(declared, own)| schema.coerces(own, declared, Context::Implicit))
        && schema.resolve_polymorphic(declared, actual, &TEXT).is_some()
}

fn score(candidates: &[Vec<Ty>], at: usize, actual: &[Ty], matches: impl Fn(&Ty, &Ty) -> bool) -> usize {
    let declared = candidates.get(at).map_or(&[][..], Vec::as_slice);
    declared.iter().zip(actual).filter(|(declared, own)| own.is_settled() && matches(declared, own)).count()
}

fn keep_best(left: &mut Vec<usize>, score: impl Fn(usize) -> usize) {
    let best = left.iter().map(|at| score(*at)).max().unwrap_or(0);
    left.retain(|at| score(*at) == best);
}

/// Rule 4.e: an open argument is a string if any candidate takes one, else what all candidates agree upon.
fn by_category(schema: &Schema, candidates: &[Vec<Ty>], left: &mut Vec<usize>, actual: &[Ty]) {
    let declared = |at: usize, place: usize| candidates.get(at).and_then(|declared| declared.get(place));
    let mut chosen: Vec<Option<(char, bool)>> = Vec::new();
    for (place, own) in actual.iter().enumerate() {
        if own.is_settled() {
            chosen.push(None);
            continue;
        }
        let categories: Vec<(char, bool)> = left
            .iter()
            .filter_map(|at| declared(*at, place))
            .map(|ty| (schema.category(ty), schema.is_preferred(ty)))
            .collect();
        let category = if categories.iter().any(|(category, _)| *category == 'S') {
            'S'
        } else {
            let Some((first, _)) = categories.first() else { return };
            if categories.iter().any(|(category, _)| category != first) {
                return;
            }
            *first
        };
        let preferred = categories.iter().any(|(own, preferred)| *own == category && *preferred);
        chosen.push(Some((category, preferred)));
    }
    let fits = |at: &usize| {
        chosen.iter().enumerate().all(|(place, wanted)| match (wanted, declared(*at, place)) {
            (Some((category, preferred)), Some(ty)) => {
                schema.category(ty) == *category && (!preferred || schema.is_preferred(ty))
            }
            _ => true,
        })
    };
    if left.iter().any(&fits) {
        left.retain(fits);
    }
}

/// Rule 4.f: if the settled arguments are all of one type, the open ones are tried as that.
fn by_known_type(schema: &Schema, candidates: &[Vec<Ty>], left: &mut Vec<usize>, actual: &[Ty]) {
    let mut settled = actual.iter().filter(|ty| ty.is_settled());
    let Some(first) = settled.next() else { return };
    if settled.any(|ty| ty != first) {
        return;
    }
    let all_first = vec![first.clone(); actual.len()];
    let fits = |at: &usize| reachable(schema, candidates, *at, &all_first);
    if left.iter().filter(|at| fits(at)).count() == 1 {
        left.retain(fits);
    }
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::catalogue;
    use super::*;
    use crate::Dialect;

    fn operator(name: &str, left: Ty, right: Ty) -> Option<Ty> {
        let schema = Schema::empty(Dialect::Postgres);
        let own: Vec<_> = catalogue().operators(name).iter().filter(|own| own.left.is_some()).collect();
        let lists: Vec<Vec<Ty>> =
            own.iter().map(|own| vec![own.left.clone().unwrap_or(Ty::Any), own.right.clone()]).collect();
        match choose(&schema, &lists, &[left, right]) {
            Choice::One(at) => own.get(at).map(|own| own.result.clone()),
            _ => None,
        }
    }

    #[test]
    fn the_examples_of_chapter_10_come_out_as_they_say() {
        let ty = Ty::fixed;
        assert_eq!(operator("||", ty("text"), Ty::Open), Some(ty("text")));
        assert_eq!(operator("||", Ty::Open, Ty::Open), Some(ty("text")));
        assert_eq!(operator("+", ty("int4"), ty("numeric")), Some(ty("numeric")));
        assert_eq!(operator("<@", Ty::Array("int4".into()), Ty::Open), Some(ty("bool")));
    }

    #[test]
    fn a_number_is_no_text() {
        assert_eq!(operator("=", Ty::fixed("int4"), Ty::fixed("varchar")), None);
        assert_eq!(operator("=", Ty::fixed("varchar"), Ty::fixed("text")), Some(Ty::fixed("bool")));
    }
}
