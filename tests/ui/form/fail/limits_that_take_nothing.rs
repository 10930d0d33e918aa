//! Limits under which no file is taken.

use secure_forms::{Form, Upload};

#[derive(Form)]
struct Share {
    #[field(max_size = "0B")]
    file: Upload,
    #[field(max_pixels = "0x400")]
    dot: Upload,
}

fn main() {}
