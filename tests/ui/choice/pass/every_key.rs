//! Each key where it belongs.

use secure_forms::Choice;

#[derive(Choice, Debug, PartialEq)]
#[choice(crate = ::secure_forms)]
enum Country {
    Austria,
    #[choice(value = "ci", label = "Côte d’Ivoire")]
    IvoryCoast,
    r#NewZealand,
}

fn main() {
    assert_eq!(Country::from_value("new-zealand"), Some(Country::NewZealand));
    assert_eq!(Country::OPTIONS[1].label, "Côte d’Ivoire");
}
