fn main() {
    let _ = secure_forms::safe_path!("https://app.test/home");
}
