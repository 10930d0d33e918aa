use secure_forms::query;

fn main() {
    query!(unchecked(), "BEGIN");
}
