//! A form becomes markup (HTML Standard, 4.10), from the same table that binds it: the whole form, or one part at a time.

mod attribute;
mod blank;
mod constraint;
mod control;
mod page;
mod text;

pub use blank::Blank;
pub use page::{FormPage, FormView};
