//! A key on a field that it does not fit.

use super::key_table::{FieldKey, Key};
use crate::diagnostic::{Message, article, list};
use crate::model::holds::Holds;

/// `an `Option<u8>` field`
pub(super) fn with_article(ty: &str) -> String {
    format!("{} field", article(ty))
}

/// A key that such a field does not have.
pub(super) fn misfit(key: FieldKey, field: &str, holds: Holds, fitting: &[FieldKey]) -> Message {
    let row = key.row();
    let instead = row.instead.filter(|(on, _)| *on == holds).map_or("", |(_, write)| write);
    let help = format!("{instead}{field} takes {}", list(fitting.iter().map(|key| key.row().name)));
    Message::new(format_args!("`{}` is for {}, not for {field}", row.name, row.fits.whose())).help(help)
}
