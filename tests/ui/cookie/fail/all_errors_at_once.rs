//! Every mistake in the attributes of a type is told in one run.

use secure_forms::Readable;

#[derive(Readable)]
#[readable(crat = ::secure_forms, crate = secure_forms, colour)]
union Either {
    number: u32,
    letter: char,
}

fn main() {}
