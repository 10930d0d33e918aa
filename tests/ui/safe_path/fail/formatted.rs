fn main() {
    let _ = secure_forms::safe_path!(format!("/users/{}", 1));
}
