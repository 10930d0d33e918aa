//! A generic type is readable where its parameter is.

use secure_forms::Readable;

struct ApiKey(String);

#[derive(Readable)]
struct Wrapped<T>(T);

fn readable<T: Readable>() {}

fn main() {
    readable::<Wrapped<String>>();
    readable::<Wrapped<ApiKey>>();
}
