use secure_forms::query;

fn main() {
    let f = "%400000000d";
    query!("SELECT printf({f}, 1) AS text");
}
