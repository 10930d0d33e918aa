use secure_forms::query;

fn main() {
    let n = 400_000_000;
    query!("SELECT zeroblob({n}) AS bytes");
}
