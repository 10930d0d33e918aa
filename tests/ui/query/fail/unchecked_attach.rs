use secure_forms::query;

fn main() {
    let path = "other.db";
    query!(unchecked(), "ATTACH DATABASE {path} AS other");
}
