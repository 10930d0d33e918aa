//! Which type becomes which (PostgreSQL 10.1, 10.4, 10.5, `parse_coerce.c`): casts, common types, polymorphic arguments.

use super::catalogue::{Context, catalogue, is_type};
use crate::dialect::Dialect;
use crate::schema::{Schema, UserType};
use crate::types::Ty;

impl Schema {
    /// A type's name as it is, or `Any` if neither the dialect nor the schema has it.
    pub(crate) fn known_type(&self, ty: Ty) -> Ty {
        match &ty {
            Ty::Named(name) | Ty::Array(name)
                if self.dialect == Dialect::Postgres && !is_type(name) && !self.types.contains_key(name.as_ref()) =>
            {
                // Extensions bring types: they keep their name, which the checker then does not look into.
                if name == "citext" { ty } else { Ty::Any }
            }
            _ => ty,
        }
    }

    /// The category of a type; arrays, enumerations and composites have their own.
    pub(crate) fn category(&self, ty: &Ty) -> char {
        match self.base_type(ty) {
            Ty::Array(_) => 'A',
            Ty::Named(name) => match self.types.get(name.as_ref()) {
                Some(UserType::Enum(_)) => 'E',
                Some(UserType::Composite) => 'C',
                Some(_) => 'U',
                None if name == "citext" => 'S',
                None if name == "record" => 'P',
                None => catalogue().type_entry(&name).map_or('U', |entry| entry.category),
            },
            Ty::Any | Ty::Open => 'X',
        }
    }

    pub(crate) fn is_preferred(&self, ty: &Ty) -> bool {
        matches!(ty, Ty::Named(name) if catalogue().type_entry(name).is_some_and(|entry| entry.preferred))
    }

    /// Whether a value of one type becomes one of another in this context.
    pub(crate) fn coerces(&self, from: &Ty, to: &Ty, context: Context) -> bool {
        let (from, to) = (&self.base_type(from), &self.base_type(to));
        if from == to || matches!(from, Ty::Any | Ty::Open) || matches!(to, Ty::Any) {
            return true;
        }
        match (from, to) {
            (_, Ty::Named(pseudo)) if is_polymorphic(pseudo) => self.fits_polymorphic(from, pseudo),
            (Ty::Array(one), Ty::Array(other)) => {
                self.coerces(&Ty::Named(one.clone()), &Ty::Named(other.clone()), context)
            }
            (Ty::Named(one), Ty::Named(other)) => {
                catalogue().cast(one, other).is_some_and(|needed| needed <= context)
                    || (other == "citext" && self.category(from) == 'S')
                    || (one == "citext" && self.category(to) == 'S')
                    || self.through_text(from, to, context)
            }
            _ => self.through_text(from, to, context),
        }
    }

    /// Everything has a text form: it is assigned to text columns, and text is cast to everything.
    fn through_text(&self, from: &Ty, to: &Ty, context: Context) -> bool {
        (self.category(to) == 'S' && context >= Context::Assignment)
            || (self.category(from) == 'S' && context >= Context::Explicit)
            || (self.category(from) == 'P' && context >= Context::Explicit)
    }

    fn fits_polymorphic(&self, from: &Ty, pseudo: &str) -> bool {
        match pseudo {
            "any" | "anyelement" | "anycompatible" => true,
            "anynonarray" | "anycompatiblenonarray" => !matches!(from, Ty::Array(_)),
            "anyarray" | "anycompatiblearray" => from.element().is_some(),
            "anyenum" => self.category(from) == 'E',
            "anyrange" | "anycompatiblerange" => range_element(from).is_some() && !is_multirange(from),
            "anymultirange" | "anycompatiblemultirange" => is_multirange(from),
            _ => false,
        }
    }

    /// The type that values of several types have in common, `Err` with the two that have none.
    pub(crate) fn common_type(&self, types: &[Ty]) -> Result<Ty, (Ty, Ty)> {
        let mut settled = types.iter().filter(|ty| ty.is_settled());
        if types.contains(&Ty::Any) {
            return Ok(Ty::Any);
        }
        let Some(first) = settled.next() else { return Ok(Ty::Open) };
        if settled.clone().all(|ty| ty == first) {
            return Ok(first.clone());
        }
        let mut common = self.base_type(first);
        for ty in settled {
            let ty = self.base_type(ty);
            if ty == common {
                continue;
            }
            if self.category(&ty) != self.category(&common) {
                return Err((common, ty));
            }
            if !self.is_preferred(&common)
                && self.coerces(&common, &ty, Context::Implicit)
                && !self.coerces(&ty, &common, Context::Implicit)
            {
                common = ty;
            }
        }
        match types.iter().find(|ty| !self.coerces(ty, &common, Context::Implicit)) {
            Some(other) => Err((common, other.clone())),
            None => Ok(common),
        }
    }

    /// What polymorphic parameters stand for in a call, and so what its result is. `None` if they do not agree.
    pub(crate) fn resolve_polymorphic(&self, declared: &[Ty], actual: &[Ty], result: &Ty) -> Option<(Vec<Ty>, Ty)> {
        let count = declared.len();
        let mut element: Option<Ty> = None;
        let mut compatible: Vec<Ty> = Vec::new();
        let mut range: Option<Ty> = None;
        for (declared, actual) in declared.iter().zip(actual) {
            let Ty::Named(pseudo) = declared else { continue };
            if !is_polymorphic(pseudo) || pseudo == "any" || *actual == Ty::Open {
                continue;
            }
            if *actual == Ty::Any {
                return Some((vec![Ty::Any; count], Ty::Any));
            }
            let base = self.base_type(actual);
            let own = match pseudo.as_ref() {
                "anyarray" | "anycompatiblearray" => base.element()?,
                "anyrange" | "anymultirange" => {
                    range = Some(base.clone());
                    range_element(&base)?
                }
                _ => base,
            };
            if pseudo.starts_with("anycompatible") {
                compatible.push(own);
            } else if element.as_ref().is_some_and(|element| *element != own) {
                return None;
            } else {
                element = Some(own);
            }
        }
        let common = if compatible.is_empty() { None } else { Some(self.common_type(&compatible).ok()?) };
        let stand_in = |ty: &Ty| -> Option<Ty> {
            let Ty::Named(pseudo) = ty else { return Some(ty.clone()) };
            match pseudo.as_ref() {
                "anyelement" | "anynonarray" | "anyenum" => element.clone(),
                "anyarray" => element.as_ref().map(Ty::array),
                "anycompatible" | "anycompatiblenonarray" => common.clone(),
                "anycompatiblearray" => common.as_ref().map(Ty::array),
                "anyrange" | "anymultirange" => range.clone(),
                _ => Some(ty.clone()),
            }
        };
        // With nothing but open arguments, PostgreSQL takes anycompatible for text and cannot tell the others.
        let or_text = |ty: &Ty| {
            stand_in(ty).or_else(|| match ty {
                Ty::Named(pseudo) if pseudo == "anycompatible" || pseudo == "anycompatiblenonarray" => {
                    Some(Ty::fixed("text"))
                }
                Ty::Named(pseudo) if pseudo == "anycompatiblearray" => Some(Ty::Array("text".into())),
                _ => None,
            })
        };
        Some((declared.iter().map(or_text).collect::<Option<Vec<_>>>()?, or_text(result)?))
    }
}

pub(crate) fn is_polymorphic(name: &str) -> bool {
    name == "any"
        || matches!(
            name.strip_prefix("any"),
            Some(
                "element"
                    | "array"
                    | "nonarray"
                    | "enum"
                    | "range"
                    | "multirange"
                    | "compatible"
                    | "compatiblearray"
                    | "compatiblenonarray"
                    | "compatiblerange"
                    | "compatiblemultirange"
            )
        )
}

fn range_element(ty: &Ty) -> Option<Ty> {
    let Ty::Named(name) = ty else { return None };
    let element = match name.as_ref() {
        "int4range" | "int4multirange" => "int4",
        "int8range" | "int8multirange" => "int8",
        "numrange" | "nummultirange" => "numeric",
        "daterange" | "datemultirange" => "date",
        "tsrange" | "tsmultirange" => "timestamp",
        "tstzrange" | "tstzmultirange" => "timestamptz",
        _ => return None,
    };
    Some(Ty::fixed(element))
}

fn is_multirange(ty: &Ty) -> bool {
    matches!(ty, Ty::Named(name) if name.ends_with("multirange"))
}
