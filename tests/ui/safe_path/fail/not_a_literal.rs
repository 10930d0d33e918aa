fn go(next: &str) {
    let _ = secure_forms::safe_path!(next);
}

fn main() {
    go("/home");
}
