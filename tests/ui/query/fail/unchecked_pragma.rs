use secure_forms::query;

fn main() {
    query!(unchecked(), "PRAGMA foreign_keys = OFF");
}
