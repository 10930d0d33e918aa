//! A form is bound without waiting for its checks.

use secure_forms::guard::Submission;
use secure_forms::{Form, Invalid};

#[derive(Form)]
struct SignUp {
    #[field(check(async) = is_free)]
    name: String,
}

async fn is_free(_: &str) -> Result<(), Invalid> {
    Ok(())
}

fn bind(submission: &mut Submission) -> bool {
    submission.bind::<SignUp>().is_ok()
}

fn main() {}
