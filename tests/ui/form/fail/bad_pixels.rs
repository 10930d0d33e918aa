//! A number of pixels that is none, and a picture whose pixels are not counted.

use secure_forms::{Form, Upload};

#[derive(Form)]
struct Share {
    #[field(max_pixels = "12 megapixels")]
    photo: Upload,
    #[field(accept = ["image/png", "image/tiff"], max_pixels = "12MP")]
    scan: Upload,
}

fn main() {}
