//! Request bytes become named, untrusted values.

mod problem;
mod submission;
pub(crate) mod urlencoded;

pub use problem::BodyProblem;
pub use submission::Submission;
