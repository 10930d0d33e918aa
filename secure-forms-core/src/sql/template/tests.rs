//! The template language, rule by rule.

use super::*;

fn texts(template: &str) -> Vec<String> {
    let template = Template::parse(template, Dialect::Sqlite, AllRows::Refused).unwrap();
    template.shapes().into_iter().map(|shape| shape.text).collect()
}

fn faults(template: &str) -> Vec<String> {
    match Template::parse(template, Dialect::Sqlite, AllRows::Refused) {
        Ok(_) => vec![],
        Err(faults) => faults.into_iter().map(|fault| fault.message).collect(),
    }
}

/// The only fault, and the text that it points at.
fn fault(template: &str) -> (String, &str) {
    match Template::parse(template, Dialect::Sqlite, AllRows::Refused) {
        Err(faults) if faults.len() == 1 => (faults[0].message.clone(), &template[faults[0].span.clone()]),
        other => panic!("{template}: {other:?}"),
    }
}

#[test]
fn a_value_becomes_a_placeholder() {
    assert_eq!(
        texts("SELECT a FROM t\n   WHERE b = {user.name()} AND c={c}"),
        ["SELECT a FROM t WHERE b = ?1 AND c=?2"]
    );
}
