//! A form becomes markup (HTML Standard, 4.10), from the same table that binds it: the whole form, or one part at a time. The methods
//! that do it stand on [`FormView`](crate::form::FormView) and are defined here, so that a form knows nothing of markup.

mod attribute;
mod constraint;
mod control;
mod element;
mod field;
mod form;
mod summary;
mod text;
mod theme;

pub use attribute::Attributes;
pub use field::FieldView;
pub use form::Themed;
pub use summary::Summary;
pub use theme::{Classes, Theme};
