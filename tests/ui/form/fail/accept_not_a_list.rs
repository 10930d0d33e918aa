//! Media types that are no list of texts.

use secure_forms::{Form, Upload};

#[derive(Form)]
struct Profile {
    #[field(accept = "image/png")]
    avatar: Upload,
    #[field(accept = [png])]
    picture: Upload,
}

fn main() {}
