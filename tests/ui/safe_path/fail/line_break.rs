fn main() {
    let _ = secure_forms::safe_path!("/home\r\nSet-Cookie: a=b");
}
