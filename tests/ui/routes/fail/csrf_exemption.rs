//! An exemption stands at the variant, with its reason.
use secure_forms::Routes;

#[derive(Routes)]
enum Action {
    #[post("/a", dangerously_without_csrf)]
    NoReason,
    #[post("/b", dangerously_without_csrf = "")]
    EmptyReason,
    #[post("/c", without_csrf = "because")]
    OtherKey,
    #[post("/d", dangerously_without_csrf = "the provider signs the body")]
    Fine,
}

#[derive(Routes)]
enum Page {
    #[get("/e", dangerously_without_csrf = "everybody may read it")]
    Needless,
}

fn main() {}
