use secure_forms::Next;

fn main() {
    let _ = Next::default().next_or("//evil.test");
}
