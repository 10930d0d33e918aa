//! Every attribute can be written in a constant.

use std::time::Duration;

use secure_forms::Readable;
use secure_forms::cookie::{CookieName, SameSite, Secure};

#[derive(Readable, serde::Deserialize, serde::Serialize)]
struct Theme {
    dark: bool,
}

const THEME: CookieName<Theme> =
    CookieName::new("__Host-theme").same_site(SameSite::Lax).max_age(Duration::from_secs(3600)).readable_by_scripts();
const EMBEDDED: CookieName<String> = CookieName::new("__Secure-embedded")
    .path("/embed")
    .same_site(SameSite::None(Secure))
    .until_browser_closes(Duration::from_secs(3600));
static HTTP: CookieName<u8> = CookieName::new("__Host-Http-id");

fn main() {
    let names = [THEME.name().len(), EMBEDDED.name().len(), HTTP.name().len()];
    assert_eq!(names, [12, 17, 14]);
}
