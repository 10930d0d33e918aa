//! A `Set-Cookie` line is not made from text.

use secure_forms::cookie::SetCookie;

fn main() {
    let name = "evil\r\nx";
    let _ = SetCookie::from(format!("{name}=1"));
}
