//! Who sends a request, what of it is verified, and what may be read of it: in terms of HTTP alone, so that every framework's
//! adapter decides the same.

mod admit;
mod config;
mod head;

pub(crate) use admit::Admission;
pub use config::FormGuard;
pub(crate) use head::{Carrier, RequestHead};
