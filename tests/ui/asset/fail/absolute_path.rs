//! A path of one machine.

fn main() {
    let _ = secure_forms::asset!("/etc/passwd.txt");
}
