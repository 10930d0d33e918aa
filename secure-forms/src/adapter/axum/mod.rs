//! axum 0.8: extractors, responses and layers.

mod assets;
mod connection;
mod csrf;
mod download;
mod finishing;
mod form;
mod headers;
mod judged;
mod layout;
mod own_origin;
mod panic;
mod protection;
mod report;
mod respond;
mod routes;
mod state;

pub use self::connection::{ConnectionLayer, NoClientIp, WithConnection};
pub use self::csrf::{CsrfLayer, WithCsrf, WithoutCsrf};
pub use self::finishing::Finishing;
pub use self::headers::{NoSecurityHeadersLayer, Personal, SecurityHeadersLayer, WithSecurityHeaders};
pub use self::judged::Judged;
pub use self::layout::{LayoutLayer, WithLayout};
pub use self::own_origin::{OwnOriginLayer, WithOwnOrigin};
pub use self::panic::{CatchPanicFuture, CatchPanicLayer, WithCatchPanic};
pub use self::protection::ProtectionLayer;
pub use self::report::ViolationReports;
pub use self::routes::{Handle, RouteOf, handle, router};
pub use self::state::{GuardedState, RouteHandler};
