//! The bytes of a body within a limit, and what its errors mean.

use std::error::Error;
use std::pin::pin;

use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError};

use crate::request::{BodyProblem, Collector};

/// Reads a body of at most `limit` bytes.
pub(super) async fn read<B>(body: B, limit: usize) -> Result<Vec<u8>, BodyProblem>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let mut body = pin!(body);
    let mut collector = Collector::new(limit);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| too_large_or_broken(error, limit))?;
        if let Some(chunk) = frame.data_ref() {
            collector.push(chunk)?;
        }
    }
    collector.finish()
}

/// A body that a limit nearer to the network cut says so somewhere among its causes.
pub(super) fn too_large_or_broken(error: impl Into<Box<dyn Error + Send + Sync>>, limit: usize) -> BodyProblem {
    let error = error.into();
    let mut cause: Option<&(dyn Error + 'static)> = Some(&*error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return BodyProblem::BodyTooLarge { max: limit as u64 };
        }
        cause = error.source();
    }
    BodyProblem::Malformed
}
