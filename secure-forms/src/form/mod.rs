//! From untrusted values to `Valid<T>`, and back to a page. A const table per form (`spec`) drives the binder (`bind`),
//! which filters, parses and checks in that order, and the renderer, so that both say the same.

mod bind;
pub(crate) mod blank;
mod body_limit;
mod check;
pub(crate) mod definition;
mod entry;
pub(crate) mod field;
mod filter;
pub(crate) mod format;
mod kind;
mod message;
mod method;
pub(crate) mod name;
mod page;
mod page_context;
pub(crate) mod problem;
mod report;
pub(crate) mod rule;
mod scan;
mod spec;
mod texts;
pub(crate) mod valid;

pub use bind::{Bind, Binder, Waiting};
pub(crate) use blank::Blank;
pub(crate) use body_limit::most_encoded;
#[cfg(feature = "multipart")]
pub(crate) use body_limit::most_text;
pub use check::{CheckError, Unavailable};
pub(crate) use definition::Form;
pub use definition::{NoAsyncChecks, NoContext};
pub use entry::{Entries, Entry, Filtered};
pub(crate) use field::EmailAddress;
pub use field::{Field, FieldValue, NeverShown, Nfc, Numeric, ShownText, Textual};
pub(crate) use format::TextFormat;
pub use message::{English, German, Messages, choose_messages};
pub use method::{ActionOf, FormMethod, GetForm, PostForm};
pub use name::{FieldName, NamedField};
pub(crate) use page::BrowserChecks;
pub use page::{FormPage, FormView};
pub(crate) use page_context::{PageContext, Prefers, Tokens};
pub(crate) use problem::Number;
pub use problem::{Problem, ProblemKind};
pub use report::Report;
pub(crate) use rule::{Constraint, EmailLevel, Length, Range, Rule, Step};
#[cfg(feature = "multipart")]
pub(crate) use scan::MAX_PAIRS;
pub(crate) use scan::{HiddenFields, Scan};
pub use spec::{
    ChoiceOption, FieldKind, FieldSpec, FormSpec, Input, Invisible, Lines, Presence, TICKED, Trim, Unknown,
};
pub(crate) use valid::{Rejected, Valid};

pub use crate::request::BodyProblem;
