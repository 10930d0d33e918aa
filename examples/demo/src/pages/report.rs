//! `POST /csp-report`: browsers tell here what the policy refused. Anyone can forge a report, so they are limited, counted and logged, and
//! nothing more.

use std::io::Write;

use axum::extract::{FromRequest, Request, State};
use axum::response::NoContent;
use secure_forms::Refused;
use secure_forms::axum::ViolationReports;

use crate::client::Client;
use crate::limits::Counted;
use crate::state::App;

/// The most lines that one request may add to the log.
const MAX_LINES: usize = 10;

pub(crate) async fn receive(
    State(app): State<App>,
    Client(client): Client,
    request: Request,
) -> Result<NoContent, Refused> {
    // Counted before the body is read.
    app.limits.count(Counted::Report, &client)?;
    let ViolationReports(reports) = ViolationReports::from_request(request, &()).await?;
    for report in reports.iter().take(MAX_LINES) {
        let _ = writeln!(std::io::stderr().lock(), "demo: csp: {report}");
    }
    app.count_reports(reports.len());
    Ok(NoContent)
}
