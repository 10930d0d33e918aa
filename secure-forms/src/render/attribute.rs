//! The attributes of a tag: the only way in which a form's markup gets them.

use std::fmt;

use crate::html::AttributeValue;

/// The attributes of a control, each escaped: for a page that writes the tag itself.
///
/// ```
/// use secure_forms::{Blank, Form, html};
///
/// #[derive(Form)]
/// struct SignUp {
///     #[field(trim = false, length(3..=32))]
///     username: String,
/// }
///
/// let page = Blank::<SignUp>::new().page();
/// let attributes = page.part(SignUp::FIELDS.username).attributes();
/// assert_eq!(attributes.get("maxlength").unwrap().as_str(), "32");
/// assert!(attributes.has("required"));
/// let input = html! { input name="username" maxlength=[attributes.get("maxlength")] required[attributes.has("required")]; };
/// assert_eq!(input.as_str(), "<input name=\"username\" maxlength=\"32\" required>");
/// // A template of another engine writes all of them.
/// assert!(format!("<input{attributes}>").starts_with("<input type=\"text\" id=\"sign-up-username\""));
/// ```
///
/// # Security
/// Every value is escaped and stands in double quotes. None of a secret has its text.
#[derive(Clone, Debug, Default)]
pub struct Attributes(Vec<Attribute>);

#[derive(Clone, Debug)]
struct Attribute {
    name: &'static str,
    /// None for one that is there or not (HTML Standard, 2.3.2).
    value: Option<AttributeValue>,
}

impl Attributes {
    /// The value of the attribute of this name; of one that is there or not ([`Attributes::has`]), none.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&AttributeValue> {
        self.0.iter().find(|attribute| attribute.name == name)?.value.as_ref()
    }

    /// Whether there is an attribute of this name, with a value or without: `required`, `checked`.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|attribute| attribute.name == name)
    }

    /// Every attribute in the order of the tag, with its value if it has one.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Option<&AttributeValue>)> {
        self.0.iter().map(|attribute| (attribute.name, attribute.value.as_ref()))
    }

    /// `name`, without a value.
    pub(super) fn flag(&mut self, name: &'static str) {
        self.0.push(Attribute { name, value: None });
    }

    /// `class`, if there are any.
    pub(super) fn class(mut self, classes: &str) -> Self {
        if !classes.is_empty() {
            attribute(&mut self, "class", classes);
        }
        self
    }

    /// The same with one more.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        attribute(&mut self, name, value);
        self
    }
}

/// All of them, a space before each: `<input{attributes}>`.
impl fmt::Display for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|(name, value)| match value {
            Some(value) => write!(f, " {name}=\"{value}\""),
            None => write!(f, " {name}"),
        })
    }
}

/// `name="value"`, escaped.
pub(super) fn attribute(out: &mut Attributes, name: &'static str, value: &str) {
    out.0.push(Attribute { name, value: Some(AttributeValue::new(value)) });
}
