use secure_forms::query;

enum Sort {
    Name,
    Newest,
}

fn main() {
    let sort = Sort::Newest;
    query!("SELECT id FROM users ORDER BY {sort: Sort::Name => username}");
    let _ = Sort::Name;
}
