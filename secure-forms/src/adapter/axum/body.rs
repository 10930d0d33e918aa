//! The frames of axum's bodies become bytes of ours, and its errors problems of ours.

use http_body_util::{BodyExt, LengthLimitError};

use crate::request::{BodyProblem, Collector};

/// Reads a body of at most `limit` bytes.
pub(super) async fn read(mut body: axum_core::body::Body, limit: usize) -> Result<Vec<u8>, BodyProblem> {
    let mut collector = Collector::new(limit);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| too_large_or_broken(&error, limit))?;
        if let Some(chunk) = frame.data_ref() {
            collector.push(chunk)?;
        }
    }
    collector.finish()
}

/// A body that a limit nearer to the network cut says so somewhere among its causes.
pub(super) fn too_large_or_broken(error: &(dyn std::error::Error + 'static), limit: usize) -> BodyProblem {
    let mut causes = std::iter::successors(Some(error), |error| error.source());
    let is_too_large = causes.any(|error| error.is::<LengthLimitError>());
    if is_too_large { BodyProblem::BodyTooLarge { max: limit as u64 } } else { BodyProblem::Malformed }
}
