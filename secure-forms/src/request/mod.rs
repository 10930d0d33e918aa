//! Request bytes become named, untrusted values.

mod body;
#[cfg(feature = "web")]
mod client_ip;
#[cfg(feature = "web")]
mod collect;
mod filename;
#[cfg(feature = "multipart")]
pub(crate) mod multipart;
#[cfg(feature = "multipart")]
mod parameters;
mod problem;
#[cfg(feature = "multipart")]
mod upload;
pub(crate) mod urlencoded;

pub(crate) use body::{Body, Unread};
#[cfg(feature = "web")]
pub use client_ip::{ClientIp, ClientIpPolicy, Network, NetworkError, Networks, RateKey, Transport};
#[cfg(feature = "web")]
pub(crate) use collect::Collector;
pub use filename::FileName;
#[cfg(feature = "multipart")]
pub(crate) use multipart::{PartValue, Parts};
pub use problem::BodyProblem;
#[cfg(feature = "multipart")]
pub use upload::{Pixels, Upload, UploadReader};

/// The most bytes that are read and thrown away, of texts and files that are too large or that nothing asks for: 64 MiB. A
/// browser whose sending is cut off shows no page of ours, so a person with a film of a minute is better heard out.
const PASSED_OVER: u64 = 64 << 20;
