//! What the type of a field says of it: the control that asks for it, whether it must come, what is offered, whether it is secret.

/// What a field's type says of it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FieldKind {
    /// The input that asks for it.
    pub input: Input,
    /// Whether it must come.
    pub presence: Presence,
    /// The offered values, in order; empty where any text may come.
    pub options: &'static [ChoiceOption],
    is_secret: bool,
}

impl FieldKind {
    /// A value that must come, asked for by `input`.
    pub const fn required(input: Input) -> Self {
        Self { input, presence: Presence::Required, options: &[], is_secret: false }
    }

    /// The same value, which may be left out.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.presence = Presence::Optional;
        self
    }

    /// One of these values.
    #[must_use]
    pub const fn with_options(mut self, options: &'static [ChoiceOption]) -> Self {
        self.options = options;
        self
    }

    /// A value that is never shown again. A type whose text is [`NeverShown`](super::NeverShown) has this kind by itself.
    ///
    /// ```
    /// use secure_forms::form::{FieldKind, Input};
    /// assert!(FieldKind::required(Input::Tel).secret().optional().is_secret());
    /// assert!(!FieldKind::required(Input::Password).is_secret());
    /// ```
    ///
    /// # Security
    /// Whatever control asks for it, a page never has its text, and a problem never has its length.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.is_secret = true;
        self
    }

    /// Whether the value is never shown again.
    pub const fn is_secret(&self) -> bool {
        self.is_secret
    }
}

/// Whether a field must come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It must come with something in it.
    Required,
    /// Missing and empty are both "none".
    Optional,
}

/// The control that asks for a value (HTML Standard, 4.10.5).
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Input {
    /// `<input type=text>`, or a text area where lines are many.
    Text,
    /// `<input type=email>`.
    Email,
    /// `<input type=url>`.
    Url,
    /// `<input type=search>`.
    Search,
    /// `<input type=tel>`.
    Tel,
    /// `<input type=password>`: what is typed is not seen.
    Password,
    /// `<input type=number>` for whole numbers, with the limits of the type.
    Integer {
        /// The least that the type holds.
        min: i128,
        /// The greatest that the type holds.
        max: i128,
    },
    /// `<input type=number step=any>`.
    Float,
    /// `<input type=checkbox>`.
    Checkbox,
    /// `<select>`.
    Select,
    /// `<input type=hidden>`.
    Hidden,
    /// `<input type=file>`.
    File,
}

/// One offered value of a select.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    /// What is sent.
    pub value: &'static str,
    /// What a person reads.
    pub label: &'static str,
}

/// The value that a ticked box sends: HTML's default (HTML Standard, 4.10.5.1.15).
pub const TICKED: &str = "on";
