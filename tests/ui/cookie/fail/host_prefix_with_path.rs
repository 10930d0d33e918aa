//! `__Host-` promises `Path=/`.

use secure_forms::cookie::CookieName;

const DRAFT: CookieName<String> = CookieName::new("__Host-draft").path("/drafts");

fn main() {
    let _ = DRAFT;
}
