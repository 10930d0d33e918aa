use secure_forms::redirect::AllowedOrigins;
use secure_forms::SafeRedirect;

fn main() {
    let allowed = AllowedOrigins::new(["https://id.example"]).unwrap();
    let _: SafeRedirect = allowed.redirect("https://id.example/").unwrap();
}
