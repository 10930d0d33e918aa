fn main() {
    let _ = secure_forms::safe_path!("/x/..//evil.test");
}
