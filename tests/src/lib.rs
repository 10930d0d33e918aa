//! What the suites and the `conform` program share.

pub mod client_ip;
pub mod cookie;
pub mod redirect;
