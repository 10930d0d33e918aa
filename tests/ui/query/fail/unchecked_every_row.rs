use secure_forms::query;

fn main() {
    query!(unchecked(), "DELETE FROM users WHERE true");
}
