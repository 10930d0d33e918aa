//! What the derive writes breaks no lint that a program may have made an error.

#![deny(warnings, missing_docs, unreachable_pub, unused, private_interfaces, private_bounds, rust_2018_idioms)]
#![deny(missing_debug_implementations, missing_copy_implementations, unused_qualifications, single_use_lifetimes)]
#![deny(unnameable_types, trivial_casts, elided_lifetimes_in_paths, let_underscore_drop, redundant_lifetimes)]

/// Forms that everybody can name, with a type that nobody else can.
pub mod forms {
    use secure_forms::{Choice, Form};

    #[derive(Choice, Debug)]
    enum Size {
        Small,
        Large,
    }

    /// A form.
    #[derive(Debug, Form)]
    pub struct Order {
        size: Size,
        /// Why.
        pub reason: Option<String>,
    }

    /// Another, which borrows.
    #[derive(Debug, Form)]
    pub struct Search<'a> {
        /// What is looked for.
        pub q: &'a str,
    }

    impl Order {
        /// Its size.
        pub fn is_large(&self) -> bool {
            matches!(self.size, Size::Large)
        }
    }
}

#[derive(Debug, secure_forms::Form)]
struct Local {
    name: String,
}

fn main() {
    let bound = secure_forms::testing::submission("name=a").bind::<Local>().map(|form| form.name.clone());
    assert_eq!(bound.ok().as_deref(), Some("a"));
}
