//! The values of fields that a page shows: text for `html!`.

use std::fmt::{self, Write};

use crate::form::EmailAddress;
use crate::html::place::Text;
use crate::request::FileName;

impl Text for EmailAddress {
    fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl Text for FileName {
    fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
