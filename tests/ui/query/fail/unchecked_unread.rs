use secure_forms::query;

fn main() {
    let id = 1;
    query!(unchecked(), "DELETE FROM users WHERE age ISNULL AND id = {id}");
}
