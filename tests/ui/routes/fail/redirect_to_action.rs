use secure_forms::{Routes, SafeRedirect};

#[derive(Routes)]
enum Action {
    #[post("/logout")]
    Logout,
}

fn main() {
    let _ = SafeRedirect::from(Action::Logout);
}
