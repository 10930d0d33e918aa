//! A `Set-Cookie` line is not made from text.

use secure_forms::SetCookie;

fn main() {
    let name = "evil\r\nx";
    let _ = SetCookie::from(format!("{name}=1"));
}
