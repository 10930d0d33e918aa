//! Entries of `accept` that no file matches.

use secure_forms::{Form, Upload};

#[derive(Form)]
struct Share {
    #[field(accept = ["image/jpge"])]
    photo: Upload,
    #[field(accept = [".pdff"])]
    paper: Upload,
    #[field(accept = ["pdf"])]
    letter: Upload,
    #[field(accept = ["model/*"])]
    shape: Upload,
    #[field(accept = ["*/*"])]
    anything: Upload,
    #[field(accept = [])]
    nothing: Upload,
}

fn main() {}
