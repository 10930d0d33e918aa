//! Structs, tuples, enums, generics, lifetimes and recursion are readable when their fields are.

use std::borrow::Cow;
use std::collections::BTreeMap;

use secure_forms::Readable;

#[derive(Readable)]
struct Theme<'a, T, const N: usize>
where
    T: Clone,
{
    dark: bool,
    accent: Option<Cow<'a, str>>,
    extra: [T; N],
    counts: BTreeMap<String, (u32, f64)>,
}

#[derive(Readable)]
enum Tree {
    Leaf(uuid::Uuid),
    Node { left: Box<Tree>, right: Vec<Tree> },
    Empty,
}

#[derive(Readable)]
struct Unit;

#[derive(Readable)]
#[readable(crate = ::secure_forms)]
struct Raw {
    r#type: String,
    self_: &'static str,
}

fn readable<T: Readable>() {}

fn main() {
    readable::<Theme<'static, u8, 3>>();
    readable::<(Tree, Unit, Raw)>();
}
