//! The classes of a form's elements.

/// The `class` of each element that a form's markup has; an empty one is left out.
///
/// ```
/// use secure_forms::render::Classes;
///
/// const MINE: Classes = Classes { control: "input", problem: "input-error", ..Classes::DEFAULT };
/// assert_eq!(MINE.field, "field");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Classes {
    /// The form.
    pub form: &'static str,
    /// The list of problems.
    pub summary: &'static str,
    /// What is around one field.
    pub field: &'static str,
    /// The same around a box.
    pub checkbox: &'static str,
    /// The label.
    pub label: &'static str,
    /// The input, the select or the text area.
    pub control: &'static str,
    /// The hint.
    pub help: &'static str,
    /// The problem.
    pub problem: &'static str,
    /// The button.
    pub button: &'static str,
}

impl Classes {
    /// Those of a form without a theme of its own.
    pub const DEFAULT: Self = Self {
        form: "",
        summary: "form-errors",
        field: "field",
        checkbox: "field box",
        label: "",
        control: "",
        help: "help",
        problem: "error",
        button: "",
    };
}
