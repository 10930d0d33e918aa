// Six mistakes of one template, told in one run.
use secure_forms::query;

fn main() {
    let (table, q, n) = ("users", "a", 5);
    query!(
        "SELECT id FROM {table} WHERE username = '{q}' AND email LIKE {q}
         AND age = ? ORDER BY {q} LIMIT {n};"
    );
}
