use secure_forms::query;

fn main() {
    let id = 1;
    query!(all_rows, "DELETE FROM users WHERE id = {id}");
}
