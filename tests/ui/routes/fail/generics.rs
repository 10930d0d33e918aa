use secure_forms::Routes;

#[derive(Routes)]
enum Page<T> {
    #[get("/{id}")]
    Item { id: T },
}

fn main() {}
