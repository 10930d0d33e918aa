//! One mistake in a form with a context is told alone: its handler still type-checks.

use secure_forms::guard::Submission;
use secure_forms::{Form, Rejected};

struct App;

#[derive(Debug, Form)]
#[form(context = App)]
struct SignUp {
    #[field(lenght(3..=32))]
    name: String,
}

async fn sign_up(app: &App, mut submission: Submission) -> Result<String, Rejected<SignUp>> {
    let form = submission.validate::<SignUp>(app).await?;
    Ok(form.name.clone())
}

fn main() {
    let _ = sign_up;
}
