//! Text of which nobody knows who sent it becomes a submission under an ugly name alone, with a reason.
use secure_forms::guard::Submission;
use secure_forms::Form;

#[derive(Form)]
struct Transfer {
    to: String,
}

fn main() {
    let _ = Submission::from_urlencoded("to=mallory").bind::<Transfer>();
    let _ = Submission::from_query("to=mallory").bind::<Transfer>();
    let _ = Submission::dangerously_without_request("to=mallory").bind::<Transfer>();
}
