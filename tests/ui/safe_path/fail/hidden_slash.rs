fn main() {
    let _ = secure_forms::safe_path!("/%2fevil.test");
}
