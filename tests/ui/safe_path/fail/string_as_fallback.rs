use secure_forms::ReturnTo;

fn main() {
    let _ = ReturnTo::default().return_to_or("//evil.test");
}
