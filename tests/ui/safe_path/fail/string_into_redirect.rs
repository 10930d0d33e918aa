use secure_forms::SafeRedirect;

fn main() {
    let next = String::from("https://evil.test");
    let _: SafeRedirect = next.into();
}
