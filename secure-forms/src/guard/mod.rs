//! Who sends a request, what of it is verified, and what may be read of it: in terms of HTTP alone, so that every framework's
//! adapter decides the same.

mod admit;
mod config;
mod head;
mod own_origin;

pub(crate) use admit::Admission;
pub use config::FormGuard;
pub(crate) use head::{Carrier, RequestHead};
pub use own_origin::Misdirected;
pub(crate) use own_origin::OwnOriginGate;
