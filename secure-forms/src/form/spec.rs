//! The const tables that the derive writes: one [`FormSpec`] per form. The binder, the renderer and the adapters all read
//! the same table, so that what a page says and what the server checks cannot differ.

use super::method::FormMethod;
use super::rule::Rule;
pub use secure_forms_core::value::visible::Lines;

pub use super::kind::{ChoiceOption, FieldKind, Input, Presence, TICKED};

/// One form.
#[derive(Debug)]
#[non_exhaustive]
pub struct FormSpec {
    /// The form's name, with which the ids of its controls begin: not empty, without white space (HTML Standard, 3.2.6).
    pub name: &'static str,
    /// The struct with the path of its module: two forms of one name in two modules are two forms.
    pub path: &'static str,
    /// How it is sent.
    pub method: FormMethod,
    /// Its fields, in order.
    pub fields: &'static [FieldSpec],
    /// What happens to a field that the form does not have.
    pub unknown: Unknown,
}

/// What happens to a field that the form does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unknown {
    /// It is not looked at.
    #[default]
    Ignore,
    /// The submission is rejected.
    Reject,
}

/// One field. `kind` comes from its type, the rest from its attributes.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FieldSpec {
    /// Name on the wire.
    pub name: &'static str,
    /// Label for people.
    pub label: &'static str,
    /// A hint below the label.
    pub help: Option<&'static str>,
    /// What its type says.
    pub kind: FieldKind,
    /// How it is shown, where the attributes say other than its type.
    pub widget: Option<Input>,
    /// Whether white space at both ends is cut off.
    pub trim: Trim,
    /// Whether line breaks are text.
    pub lines: Lines,
    /// Whether what cannot be seen is text.
    pub invisible: Invisible,
    /// What its text and its number must hold, in order.
    pub rules: &'static [Rule],
    /// The sentence for whatever is wrong with it, where no rule has its own.
    pub message: Option<&'static str>,
    /// The `autocomplete` attribute (HTML Standard, 4.10.18.7).
    pub autocomplete: Option<&'static str>,
    /// What a file field takes: media types, groups of them (`image/*`), extensions (`.pdf`); empty: all.
    pub accept: &'static [&'static str],
    /// The most bytes that a file field takes.
    pub max_size: u64,
    /// The most pixels, in width times height, of a picture that a file field takes.
    pub max_pixels: Option<u64>,
}

/// Whether white space (Unicode `White_Space`) at both ends is cut off before anything is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trim {
    /// It is cut off.
    Both,
    /// The text stays as it came.
    No,
}

/// Whether characters that cannot be seen, or that change the order of those that can, are text (UTS 39, RFC 8264). Refused
/// unless `allow(invisible)` stands at the field; in secrets, which nobody reads, they are text.
///
/// ```
/// use secure_forms::form::{FieldKind, FieldSpec, Input, Invisible};
/// assert_eq!(FieldSpec::new("name", "Name", FieldKind::required(Input::Text)).invisible, Invisible::Refuse);
/// assert_eq!(FieldSpec::new("pin", "PIN", FieldKind::required(Input::Password)).invisible, Invisible::Allow);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invisible {
    /// They are cut off at trimmed ends and refused elsewhere, but where a script or an emoji needs them.
    Refuse,
    /// They are text like any other.
    Allow,
}

/// The tables are made here: `const` functions with defaults, so that a new property breaks no generated code.
impl FormSpec {
    /// A form of these fields.
    pub const fn new(name: &'static str, path: &'static str, fields: &'static [FieldSpec]) -> Self {
        Self { name, path, method: FormMethod::Post, fields, unknown: Unknown::Ignore }
    }

    /// `method = get`.
    #[must_use]
    pub const fn get(mut self) -> Self {
        self.method = FormMethod::Get;
        self
    }

    /// Rejects fields that the form does not have.
    #[must_use]
    pub const fn reject_unknown(mut self) -> Self {
        self.unknown = Unknown::Reject;
        self
    }

    /// Whether some field is secret: such a form must not be sent in an address.
    pub const fn holds_secrets(&self) -> bool {
        let mut at = 0;
        while at < self.fields.len() {
            if self.fields[at].kind.is_secret() {
                return true;
            }
            at += 1;
        }
        false
    }

    /// Whether some field takes a file, so that the form must be sent as multipart.
    pub const fn takes_files(&self) -> bool {
        let mut at = 0;
        while at < self.fields.len() {
            if matches!(self.fields[at].kind.input, Input::File) {
                return true;
            }
            at += 1;
        }
        false
    }
}

impl FieldSpec {
    /// A field of this name, label and kind, without attributes.
    pub const fn new(name: &'static str, label: &'static str, kind: FieldKind) -> Self {
        // What nobody types is taken as it was rendered or not at all.
        let is_typed = !matches!(kind.input, Input::Password | Input::File | Input::Checkbox | Input::Select);
        // And nobody but its owner reads a secret.
        let is_typed = is_typed && !kind.is_secret();
        let (trim, invisible) = if is_typed { (Trim::Both, Invisible::Refuse) } else { (Trim::No, Invisible::Allow) };
        Self {
            name,
            label,
            help: None,
            kind,
            widget: None,
            trim,
            lines: Lines::One,
            invisible,
            rules: &[],
            message: None,
            autocomplete: None,
            accept: &[],
            max_size: DEFAULT_MAX_SIZE,
            max_pixels: None,
        }
    }

    /// `help = "…"`.
    #[must_use]
    pub const fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    /// `hidden`, `search`, `tel`, …: another control than the type's.
    #[must_use]
    pub const fn widget(mut self, widget: Input) -> Self {
        self.widget = Some(widget);
        self
    }

    /// `trim` or `trim = false`.
    #[must_use]
    pub const fn trim(mut self, trim: Trim) -> Self {
        self.trim = trim;
        self
    }

    /// `multiline`: a text area, which is not trimmed.
    #[must_use]
    pub const fn multiline(mut self) -> Self {
        self.lines = Lines::Many;
        self.trim = Trim::No;
        self
    }

    /// `allow(invisible)`: characters that cannot be seen are text too.
    #[must_use]
    pub const fn allow_invisible(mut self) -> Self {
        self.invisible = Invisible::Allow;
        self
    }

    /// The rules, in order.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// `message = "…"`.
    #[must_use]
    pub const fn message(mut self, message: &'static str) -> Self {
        self.message = Some(message);
        self
    }

    /// `autocomplete = "…"`.
    #[must_use]
    pub const fn autocomplete(mut self, autocomplete: &'static str) -> Self {
        self.autocomplete = Some(autocomplete);
        self
    }

    /// `accept = ["image/png"]`.
    #[must_use]
    pub const fn accept(mut self, accept: &'static [&'static str]) -> Self {
        self.accept = accept;
        self
    }

    /// `max_size = "2MiB"`, in bytes.
    #[must_use]
    pub const fn max_size(mut self, bytes: u64) -> Self {
        self.max_size = bytes;
        self
    }

    /// `max_pixels = "12MP"`, in width times height.
    #[must_use]
    pub const fn max_pixels(mut self, pixels: u64) -> Self {
        self.max_pixels = Some(pixels);
        self
    }

    /// Says at compile time that the field may stand in a URL, for forms that are sent by GET; what may not, does not compile.
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn in_query(self) -> Self {
        // URLs are kept in histories, logs and `Referer` headers (RFC 9110, 17.9), and cannot carry a file.
        assert!(!self.kind.is_secret(), "a form that is sent by GET cannot hold a secret: leave `method = get` out");
        assert!(
            !matches!(self.kind.input, Input::File),
            "a form that is sent by GET cannot hold a file: leave `method = get` out"
        );
        self
    }

    pub(crate) fn is_hidden(&self) -> bool {
        self.input() == Input::Hidden
    }

    /// The control that shows it.
    pub const fn input(&self) -> Input {
        match self.widget {
            Some(widget) => widget,
            None => self.kind.input,
        }
    }
}

/// The most bytes of a file field that says nothing: 2 MiB.
const DEFAULT_MAX_SIZE: u64 = 2 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_carries_no_secret_and_no_file() {
        let refuses = |kind: FieldKind| std::panic::catch_unwind(|| FieldSpec::new("x", "X", kind).in_query()).is_err();
        assert!(refuses(FieldKind::required(Input::Password).secret()));
        assert!(refuses(FieldKind::required(Input::Text).secret().optional()));
        assert!(refuses(FieldKind::required(Input::File)));
        assert!(!refuses(FieldKind::required(Input::Text)));
    }
}
