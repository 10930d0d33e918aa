//! The body of a request becomes the reports of policy violations that a browser sent.

use axum_core::extract::{FromRequest, Request};
use http::header;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::response::{BadReport, MAX_REPORT_BYTES, ViolationReport};

/// What browsers sent to the address of a [`ReportEndpoint`](crate::headers::ReportEndpoint); at most 64 KiB are read.
///
/// ```
/// use axum::{Router, routing::post};
/// use secure_forms::axum::ViolationReports;
///
/// async fn receive(ViolationReports(reports): ViolationReports) {
///     reports.iter().for_each(|report| eprintln!("csp: {report}"));
/// }
///
/// let app: Router = Router::new().route("/csp-report", post(receive));
/// ```
///
/// # Security
/// Browsers send reports without a token, so the route is open to anyone: limit how many one client may send. See [`ViolationReport`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ViolationReports(pub Vec<ViolationReport>);

impl<S: Sync> FromRequest<S> for ViolationReports {
    type Rejection = BadReport;

    async fn from_request(request: Request, _: &S) -> Result<Self, BadReport> {
        let (parts, body) = request.into_parts();
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let body = Limited::new(body, MAX_REPORT_BYTES).collect().await.map_err(|error| {
            let is_large = error.is::<LengthLimitError>();
            if is_large { BadReport::TooLarge { max: MAX_REPORT_BYTES } } else { BadReport::Malformed }
        })?;
        ViolationReport::parse(kind, &body.to_bytes()).map(Self)
    }
}
