//! On which steps a number lies (HTML `step`), reckoned in decimal.

use secure_forms_core::value::step::{self, StepProblem};

use super::super::problem::{Digits, ProblemKind};

pub use secure_forms_core::value::step::Decimal;

/// Every number that is whole steps away from the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// How far apart two of them are.
    pub step: Decimal,
    /// The one to count from: the least number if there is one, else zero (HTML Standard, 4.10.5.3.8).
    pub base: Decimal,
}

impl Step {
    /// Judges the text of a number.
    ///
    /// # Errors
    /// [`ProblemKind::Step`]; [`ProblemKind::OutOfRange`] beyond 38 digits, [`ProblemKind::NotANumber`] if it is none.
    pub fn check(&self, text: &str) -> Result<(), ProblemKind> {
        step::check(text, self.step, self.base).map_err(|problem| match problem {
            StepProblem::NotANumber => ProblemKind::NotANumber(Digits::Decimal),
            StepProblem::OutOfRange => ProblemKind::OutOfRange,
            StepProblem::Between => ProblemKind::Step,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_decimal_and_begin_at_the_base() {
        let price = Step { step: Decimal::new(1, 2), base: Decimal::ZERO };
        assert_eq!(price.check("19.99"), Ok(()));
        assert_eq!(price.check("19.995"), Err(ProblemKind::Step));
        let from_three = Step { step: Decimal::new(5, 0), base: Decimal::new(3, 0) };
        assert_eq!(from_three.check("13"), Ok(()));
        assert_eq!(from_three.check("10"), Err(ProblemKind::Step));
    }
}
