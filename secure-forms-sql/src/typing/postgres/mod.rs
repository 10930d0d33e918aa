//! Types as PostgreSQL treats them: an operator or a conversion that it does not have is refused when a statement is
//! prepared (chapter 10).

mod call;
mod catalogue;
mod choose;
mod coerce;
mod json;
mod literal;
mod nulls;
mod rows;

use std::ops::Range;

use sqlparser::ast::DataType;

use self::catalogue::{Context, catalogue};
use self::choose::{Choice, choose};
use crate::problem::Problem;
use crate::resolve::expr::expression::Placed;
use crate::resolve::resolver::{Judge, Typed};
use crate::schema::declared;
use crate::types::{BOOL, TEXT, Ty};

pub(crate) fn is_type(name: &str) -> bool {
    catalogue().type_entry(name).is_some()
}

impl Judge<'_> {
    pub(crate) fn postgres_operator(&mut self, name: &str, left: Option<&Placed>, right: &Placed) -> Typed {
        self.resolved_operator(name, left, right).0
    }

    pub(crate) fn postgres_left_operand(&mut self, name: &str, left: &Placed, right: &Placed) -> Ty {
        self.resolved_operator(name, Some(left), right).1.unwrap_or(Ty::Any)
    }

    /// What an operator gives, and the type that its first operand is used as.
    fn resolved_operator(&mut self, name: &str, left: Option<&Placed>, right: &Placed) -> (Typed, Option<Ty>) {
        let operands: Vec<&Placed> = left.into_iter().chain([right]).collect();
        let nullable = operands.iter().any(|(typed, _)| typed.nullable) || may_be_null(name, &operands);
        let span = operands.first().map_or(0, |(_, span)| span.start)..right.1.end;
        if operands.iter().any(|(typed, _)| typed.ty == Ty::Any || typed.ty.is("record")) {
            return (self.operator_on_unknown(name, &operands, nullable), None);
        }
        let own: Vec<_> =
            catalogue().operators(name).iter().filter(|own| own.left.is_some() == left.is_some()).collect();
        if own.is_empty() {
            return (self.cannot_judge(span, format!("the operator `{name}` is not checked")), None);
        }
        let lists: Vec<Vec<Ty>> =
            own.iter().map(|own| own.left.iter().cloned().chain([own.right.clone()]).collect()).collect();
        let actual: Vec<Ty> = operands.iter().map(|(typed, _)| self.schema.base_type(&typed.ty)).collect();
        // Rule 10.2 2.a: one open operand beside a settled one is first tried as the same type.
        let same = match actual.as_slice() {
            [Ty::Open, other] | [other, Ty::Open] if other.is_settled() => {
                lists.iter().position(|declared| declared.iter().all(|ty| ty == other))
            }
            _ => None,
        };
        let choice = same.map_or_else(|| choose(self.schema, &lists, &actual), Choice::One);
        let Choice::One(at) = choice else {
            return (self.no_operator(name, &actual, choice == Choice::Ambiguous, span), None);
        };
        let (Some(declared), Some(operator)) = (lists.get(at), own.get(at)) else { return (Typed::any(), None) };
        match self.schema.resolve_polymorphic(declared, &actual, &operator.result) {
            Some((declared, result)) => {
                for ((typed, span), ty) in operands.iter().zip(&declared) {
                    self.take(typed, ty, span.clone());
                }
                (Typed::new(result, nullable), declared.first().cloned())
            }
            None => (self.no_operator(name, &actual, false, span), None),
        }
    }

    /// Nothing is known about one side, or it is a row: the other is used as what it is, and comparisons are boolean.
    fn operator_on_unknown(&mut self, name: &str, operands: &[&Placed], nullable: bool) -> Typed {
        for (typed, _) in operands {
            if let Some(number) = typed.param
                && typed.ty == Ty::Open
            {
                self.settle(number, &Ty::Any);
            }
        }
        let boolean = matches!(name, "=" | "<>" | "<" | ">" | "<=" | ">=") || name.contains("~~");
        // A row with a NULL in it is not NULL, but its comparison may be.
        let row = operands.iter().any(|(typed, _)| typed.ty.is("record"));
        Typed::new(if boolean { BOOL } else { Ty::Any }, nullable || row || !boolean)
    }

    fn no_operator(&mut self, name: &str, actual: &[Ty], ambiguous: bool, span: Range<usize>) -> Typed {
        let signature = match actual {
            [left, right] => format!("{left} {name} {right}"),
            [right] => format!("{name} {right}"),
            _ => name.to_owned(),
        };
        if self.has_foreign_type(actual) {
            return self.cannot_judge(span, format!("the operator {signature} is not checked"));
        }
        if ambiguous {
            let problem = Problem::refused(span, format!("the operator {signature} is not unique"));
            self.problem(problem.help("say the type: `$1::text`"));
            return Typed::any();
        }
        let problem = Problem::refused(span, format!("no operator {signature}"));
        self.problem(problem.help("cast one side to the type of the other"));
        Typed::any()
    }

    /// Types that extensions bring have operators that the catalogue does not know.
    fn has_foreign_type(&self, types: &[Ty]) -> bool {
        let foreign = |ty: &Ty| match self.schema.base_type(ty) {
            Ty::Named(name) | Ty::Array(name) => !is_type(&name) && !self.schema.is_enum(&name),
            Ty::Any => true,
            Ty::Open => false,
        };
        types.iter().any(foreign) || self.unsure()
    }

    pub(crate) fn array_operator(&mut self, name: &str, left: &Placed, array: &Placed) -> Typed {
        let element = match &array.0.ty {
            Ty::Open => {
                let element = if left.0.ty == Ty::Open { TEXT } else { self.schema.base_type(&left.0.ty) };
                self.take(&array.0, &element.array(), array.1.clone());
                element
            }
            Ty::Any => Ty::Any,
            ty => match self.schema.base_type(ty).element() {
                Some(element) => element,
                None => {
                    let problem = Problem::refused(array.1.clone(), format!("ANY takes an array, not {ty}"));
                    self.problem(problem.help("cast it to an array: `$1::int[]`"));
                    return Typed::any();
                }
            },
        };
        let element = (Typed::new(element, false), array.1.clone());
        let result = self.postgres_operator(name, Some(left), &element);
        // An element may be NULL whatever the array is.
        Typed::new(result.ty, true)
    }

    pub(crate) fn postgres_unify(&mut self, cells: &[(&Typed, Range<usize>)], what: &str) -> Typed {
        let nullable = cells.iter().any(|(typed, _)| typed.nullable);
        if let [(typed, _)] = cells {
            return (*typed).clone();
        }
        let types: Vec<Ty> = cells.iter().map(|(typed, _)| typed.ty.clone()).collect();
        match self.schema.common_type(&types) {
            Ok(ty) => {
                let ty = if ty == Ty::Open { TEXT } else { ty };
                for (typed, span) in cells {
                    self.take(typed, &ty, span.clone());
                }
                Typed::new(ty, nullable)
            }
            Err((one, other)) => {
                let at = cells.iter().position(|(typed, _)| typed.ty == other).or(Some(cells.len().saturating_sub(1)));
                let span = at.and_then(|at| cells.get(at)).map_or(0..0, |(_, span)| span.clone());
                let message = format!("{what} cannot match {one} and {other}");
                if self.has_foreign_type(&[one, other]) {
                    self.cannot_judge(span, message)
                } else {
                    self.refuse(span, message)
                }
            }
        }
    }

    /// A value is used as `ty`: a parameter takes the type, a literal must be one.
    pub(crate) fn take(&mut self, typed: &Typed, ty: &Ty, span: Range<usize>) {
        if typed.ty != Ty::Open {
            return;
        }
        if let Some(number) = typed.param
            // Any type will do there, so that none is told.
            && !ty.is("any")
        {
            let pseudo = matches!(ty, Ty::Named(name) if coerce::is_polymorphic(name));
            let ty = if pseudo { TEXT } else { ty.clone() };
            self.settle(number, &ty);
        }
        if let Some(text) = &typed.literal {
            self.literal_fits(text, ty, span);
        }
    }

    pub(crate) fn postgres_assign(&mut self, typed: &Typed, ty: &Ty, span: Range<usize>, what: &str) {
        if typed.ty == Ty::Open {
            self.take(typed, ty, span);
        } else if !self.schema.coerces(&typed.ty, ty, Context::Assignment) {
            let message = format!("{what} is {ty}, and this is {}", typed.ty);
            if self.has_foreign_type(&[typed.ty.clone(), ty.clone()]) {
                self.cannot_judge(span, message);
            } else {
                self.problem(Problem::refused(span, message).help(format!("cast it: `…::{ty}`")));
            }
        }
    }

    pub(crate) fn postgres_cast(&mut self, inner: &Placed, data_type: &DataType, span: Range<usize>) -> Typed {
        if !declared::length_is_positive(data_type) {
            return self.refuse(span, "the length of a character type is at least 1");
        }
        let ty = self.named_type(data_type, span.clone());
        let (typed, at) = inner;
        if typed.ty == Ty::Open {
            self.take(typed, &ty, at.clone());
        } else if !self.schema.coerces(&typed.ty, &ty, Context::Explicit) {
            let message = format!("cannot cast {} to {ty}", typed.ty);
            return if self.has_foreign_type(&[typed.ty.clone(), ty]) {
                self.cannot_judge(span, message)
            } else {
                self.refuse(span, message)
            };
        }
        // An infinite moment has no time of day.
        let timeless = (typed.ty.is("timestamp") || typed.ty.is("timestamptz")) && (ty.is("time") || ty.is("timetz"));
        Typed::new(ty, typed.nullable || timeless)
    }
}

const SHAPES: [&str; 7] = ["point", "lseg", "line", "box", "path", "polygon", "circle"];

/// Operators that give NULL for values that are none.
fn may_be_null(name: &str, operands: &[&Placed]) -> bool {
    let json = operands.first().is_some_and(|(typed, _)| typed.ty.is("json") || typed.ty.is("jsonb"));
    // Paths that are closed cannot be joined, and lines that do not meet have no common point.
    let geometric = |typed: &Typed| matches!(&typed.ty, Ty::Named(name) if SHAPES.contains(&name.as_ref()));
    matches!(name, "->" | "->>" | "#>" | "#>>")
        || (json && matches!(name, "@?" | "@@"))
        || (matches!(name, "#" | "##" | "+") && operands.iter().any(|(typed, _)| geometric(typed)))
}
