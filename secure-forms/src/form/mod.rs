//! From untrusted values to `Valid<T>`, and back to a page. A const table per form (`spec`) drives the binder (`bind`),
//! which filters, parses and checks in that order, and the renderer, so that both say the same.

mod bind;
mod body_limit;
mod check;
mod definition;
mod entry;
mod field;
mod filter;
mod kind;
mod message;
mod method;
mod name;
mod page_context;
mod problem;
mod render;
mod report;
mod rule;
mod scan;
mod spec;
mod valid;

pub use bind::{Bind, Binder, Waiting};
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
pub use message::{English, Messages};
pub use method::{ActionOf, FormMethod, GetForm, PostForm};
pub use name::{FieldName, FieldNames, NamedField};
pub(crate) use page_context::{PageContext, Prefers};
pub use problem::{Digits, Invalid, Number, Problem, ProblemKind, Unit};
pub use render::{Blank, FormPage, FormView};
pub use report::Report;
pub use rule::{Constraint, Decimal, EmailLevel, IpVersion, Length, Range, Rule, Step, TextFormat, is_public_address};
#[cfg(feature = "multipart")]
pub(crate) use scan::MAX_PAIRS;
pub(crate) use scan::{HiddenFields, Scan};
pub use spec::{
    ChoiceOption, FieldKind, FieldSpec, FormSpec, Input, Invisible, Lines, Presence, TICKED, Trim, Unknown,
};
pub use valid::{Rejected, Valid};
