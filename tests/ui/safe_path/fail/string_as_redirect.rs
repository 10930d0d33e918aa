use secure_forms::SafeRedirect;

fn redirect(_to: SafeRedirect) {}

fn main() {
    let next = String::from("https://evil.test");
    redirect(next);
}
