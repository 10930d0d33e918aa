//! Request bytes become named, untrusted values.

mod body;
mod client_ip;
mod problem;
pub(crate) mod urlencoded;

pub(crate) use body::Body;
pub use client_ip::{ClientIp, ClientIpPolicy, Degraded, Network, NetworkError, Networks, OnlyFrom, RateKey};
pub use problem::BodyProblem;
