//! Request bytes become named, untrusted values.

mod client_ip;
mod filename;
mod problem;
mod submission;
pub(crate) mod urlencoded;

pub use client_ip::{ClientIp, ClientIpPolicy, Degraded, Network, NetworkError, Networks, OnlyFrom, RateKey};
pub use filename::FileName;
pub use problem::BodyProblem;
pub use submission::Submission;
