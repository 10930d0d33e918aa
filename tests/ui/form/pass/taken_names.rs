//! What the derive invents beside a form takes no name that the form uses.

#![allow(dead_code, reason = "made to compile, not to run")]

use secure_forms::{Choice, Form, Invalid};

#[derive(Choice)]
enum FieldsOfNote {
    Text,
    Title,
}

#[derive(Form)]
struct Note {
    shown: FieldsOfNote,
    names: Option<u8>,
    fields: String,
}

impl Note {
    const NAMES: &'static str = "mine";
    const FIELDS: &'static str = "mine";
}

fn on() -> Invalid {
    Invalid::new(Note::FIELDS).on(<Note as Form>::FIELDS.names)
}

fn main() {}
