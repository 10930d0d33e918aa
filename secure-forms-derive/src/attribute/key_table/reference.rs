//! The reference of the keys in the docs of each derive is what the table says. `SECURE_FORMS_BLESS=1 cargo test -p secure-forms-derive --lib
//! reference` writes it anew; read it before you commit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::fmt::Write;
use std::path::Path;

use super::{CrateKey, FieldKey, Fits, FormKey, Key, RoutesKey, Row, Value, VariantKey};

fn rows<K: Key>() -> Vec<&'static Row> {
    K::ALL.iter().map(|key| key.row()).collect()
}

/// One attribute as a table. Fields have a column more: whom a key is for.
fn table(attribute: &str, place: &str, rows: &[&Row], fits: Option<fn(Fits) -> &'static str>) -> String {
    let mut text = format!("# Keys of `#[{attribute}(…)]` {place}\n\n");
    let (head, line) = if fits.is_some() { (" for |", "---|") } else { ("", "") };
    writeln!(text, "| key | value |{head} example | what it does |\n|---|---|{line}---|---|").unwrap();
    for row in rows {
        let whom = fits.map(|fits| format!(" {} |", fits(row.fits))).unwrap_or_default();
        let value = match row.value {
            Value::Flag => "none, or `true` or `false`".to_owned(),
            value => value.to_string(),
        };
        writeln!(text, "| `{}` | {value} |{whom} `{}` | {} |", row.name, row.example, row.does).unwrap();
    }
    text
}

fn assert_read(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/reference").join(file);
    if std::env::var_os("SECURE_FORMS_BLESS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), text, "{file} differs");
}

#[test]
fn the_reference_of_a_form_is_the_table() {
    let form = table("form", "on the struct", &rows::<FormKey>(), None);
    let field = table("field", "on a field", &rows::<FieldKey>(), Some(Fits::whose));
    assert_read("form.md", &format!("{form}\n{field}"));
}

#[test]
fn the_reference_of_a_choice_is_the_table() {
    let whole = table("choice", "on the enum", &rows::<CrateKey>(), None);
    let variant = table("choice", "on a variant", &rows::<VariantKey>(), None);
    assert_read("choice.md", &format!("{whole}\n{variant}"));
}

#[test]
fn the_reference_of_routes_is_the_table() {
    assert_read("routes.md", &table("routes", "on the enum", &rows::<RoutesKey>(), None));
}

#[test]
fn every_row_says_what_a_reader_needs() {
    let all = [rows::<FormKey>(), rows::<FieldKey>(), rows::<CrateKey>(), rows::<VariantKey>(), rows::<RoutesKey>()];
    for row in all.concat() {
        let Row { name, example, does, .. } = row;
        assert!(example.starts_with(name), "{name}: the example is of the key");
        assert!(does.ends_with('.') && !does.contains('|'), "{name}: whole sentences, in one cell");
    }
    for keys in [rows::<FormKey>(), rows::<FieldKey>()] {
        let names: std::collections::BTreeSet<_> = keys.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), keys.len(), "each spelling is one key");
    }
}
