//! A report address that was not checked.

use secure_forms::SecurityHeaders;

fn main() {
    let _ = SecurityHeaders::modern().report_to("/csp-report");
}
