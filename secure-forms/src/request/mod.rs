//! Request bytes become named, untrusted values.

mod body;
mod client_ip;
mod filename;
#[cfg(feature = "multipart")]
pub(crate) mod multipart;
mod problem;
#[cfg(feature = "multipart")]
mod trickle;
#[cfg(feature = "multipart")]
mod upload;
pub(crate) mod urlencoded;

pub(crate) use body::{Body, Unread};
pub use client_ip::{ClientIp, ClientIpPolicy, Network, NetworkError, Networks, RateKey, Transport};
pub use filename::FileName;
#[cfg(feature = "multipart")]
pub(crate) use multipart::{Part, PartValue};
pub use problem::BodyProblem;
#[cfg(feature = "multipart")]
pub use upload::Upload;
