//! How the parts of a form are put together. A [`Theme`] says it; what it leaves out is as without one.

mod classes;

pub use classes::Classes;

use super::field::FieldView;
use super::summary::Summary;
use crate::html::{Html, escape};

use super::attribute::Attributes;
use super::element::element;

/// How a form looks: the classes of its elements, and how the parts of a field, of the list of problems and of the whole form are put
/// together. Every method has the library's own markup as its default.
///
/// ```
/// use secure_forms::render::{Classes, FieldView, Theme};
/// use secure_forms::{Blank, Form, Html, html};
///
/// struct Boxed;
///
/// impl Theme for Boxed {
///     fn classes(&self) -> Classes {
///         Classes { control: "input", ..Classes::DEFAULT }
///     }
///
///     fn field(&self, field: &FieldView<'_>) -> Html {
///         html! { section { (field.label_element()) (field.control()) (field.problem_element()) } }
///     }
/// }
///
/// #[derive(Form)]
/// struct Note {
///     text: String,
/// }
///
/// let page = Blank::<Note>::new().page();
/// let html = page.theme(&Boxed).render().to_string();
/// assert!(html.contains("<section><label for=\"note-text\">Text</label><input type=\"text\" id=\"note-text\""));
/// assert!(html.contains("class=\"input\""));
/// ```
///
/// # Security
/// A theme gets values that are typed and gives [`Html`], into which text enters escaped alone. The form's tag, its action and its
/// token are not the theme's to write.
pub trait Theme {
    /// The classes of the elements.
    fn classes(&self) -> Classes {
        Classes::DEFAULT
    }

    /// One field that is seen; a hidden one is its input alone.
    fn field(&self, field: &FieldView<'_>) -> Html {
        field.render()
    }

    /// The list of problems; it is asked for only if there are some.
    fn summary(&self, summary: &Summary) -> Html {
        summary.render(self.classes().summary)
    }

    /// The button that sends the form and says `words`.
    fn button(&self, words: &str) -> Html {
        let mut text = String::new();
        escape::text(&mut text, words);
        element("button", &Attributes::default().with("type", "submit").class(self.classes().button), &text)
    }

    /// What stands between the form's tags: the list of problems (empty if there are none), the fields in their order, the button.
    fn content(&self, summary: Html, fields: Vec<Html>, button: Html) -> Html {
        std::iter::once(summary).chain(fields).chain([button]).collect()
    }
}

/// The library's own markup.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Standard;

impl Theme for Standard {}
