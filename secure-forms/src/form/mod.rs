//! From untrusted values to `Valid<T>`, and back to a page. A const table per form (`spec`) drives the binder (`bind`),
//! which filters, parses and checks in that order, and the renderer, so that both say the same.

mod bind;
mod blank;
mod body_limit;
mod check;
mod definition;
mod entry;
mod field;
mod filter;
mod format;
mod kind;
mod message;
mod method;
mod name;
mod page;
mod page_context;
mod problem;
mod report;
mod rule;
mod scan;
mod spec;
mod texts;
mod valid;

pub use bind::{Bind, Binder, Waiting};
pub use blank::Blank;
pub(crate) use body_limit::most_encoded;
#[cfg(feature = "multipart")]
pub(crate) use body_limit::most_text;
pub use check::{CheckError, Unavailable};
pub use definition::{Form, NoAsyncChecks, NoContext};
pub use entry::{Entries, Entry, Filtered};
pub use field::{
    Accepted, Choice, EmailAddress, Field, FieldValue, NeverShown, Nfc, Numeric, Secret, ShownText, Textual, choice,
    texts,
};
pub use format::{IpVersion, TextFormat, is_public_address};
pub use message::{English, German, Messages, choose_messages};
pub use method::{ActionOf, FormMethod, GetForm, PostForm};
pub use name::{FieldName, FieldNames, NamedField};
pub(crate) use page::BrowserChecks;
pub use page::{FormPage, FormView};
pub(crate) use page_context::{PageContext, Prefers, Tokens};
pub use problem::{Digits, Invalid, Number, Problem, ProblemKind, Unit};
pub use report::Report;
pub use rule::{Constraint, Decimal, EmailLevel, Length, Range, Rule, Step};
#[cfg(feature = "multipart")]
pub(crate) use scan::MAX_PAIRS;
pub(crate) use scan::{HiddenFields, Scan};
pub use spec::{
    ChoiceOption, FieldKind, FieldSpec, FormSpec, Input, Invisible, Lines, Presence, TICKED, Trim, Unknown,
};
pub use valid::{Rejected, Valid};
