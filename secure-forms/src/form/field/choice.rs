//! Enums whose variants are the offered values of a select.

use crate::form::problem::ProblemKind;
use crate::form::spec::ChoiceOption;

/// An enum made by `#[derive(Choice)]`: only its variants parse, and each has a text.
///
/// ```
/// use secure_forms::Choice;
///
/// #[derive(Choice, Clone, Copy, Debug, PartialEq)]
/// enum Country {
///     Austria,
///     #[choice(label = "Côte d’Ivoire", value = "ci")]
///     IvoryCoast,
/// }
///
/// assert_eq!(Country::OPTIONS[0].value, "austria");
/// assert_eq!(Country::from_value("ci"), Some(Country::IvoryCoast));
/// assert_eq!(Country::IvoryCoast.value(), "ci");
/// assert_eq!(Country::from_value("atlantis"), None);
/// ```
///
/// It is a value of routes too: `#[get("/people/{country}?{sort}")]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a choice",
    label = "not a choice",
    note = "add `#[derive(Choice)]` to the enum"
)]
pub trait Choice: Sized + 'static {
    /// The variants' values and labels, in order.
    const OPTIONS: &'static [ChoiceOption];

    /// The variant with this value.
    fn from_value(value: &str) -> Option<Self>;

    /// The value of this variant.
    fn value(&self) -> &'static str;
}

/// Parses one of the offered values; generated code calls it.
///
/// # Errors
/// [`ProblemKind::NotOffered`].
#[doc(hidden)]
pub fn choice<T: Choice>(text: &str) -> Result<T, ProblemKind> {
    T::from_value(text).ok_or(ProblemKind::NotOffered)
}
