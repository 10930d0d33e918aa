use secure_forms::SafeRedirect;

fn main() {
    let _ = SafeRedirect("//evil.test".into());
}
