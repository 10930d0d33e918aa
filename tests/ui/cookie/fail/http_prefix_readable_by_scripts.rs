//! `__Http-` promises `HttpOnly`.

use secure_forms::cookie::CookieName;

const THEME: CookieName<String> = CookieName::new("__Host-Http-theme").readable_by_scripts();

fn main() {
    let _ = THEME;
}
