//! What the suites and the `conform` program share.

pub mod csp;
pub mod filename;
pub mod html;
