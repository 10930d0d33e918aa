//! How many bytes a body of a form may have: the form's table says how long its texts may be, so that no text that a rule
//! allows is refused by a limit that knows nothing of it.

use super::filter::most_bytes;
use super::spec::{FormSpec, Input};

/// Room for what is not the form's own: its token, `next`, the name of a button.
const ENVELOPE: usize = 4 << 10;

/// The most bytes that the texts of a good submission have together, as UTF-8: what a body of parts needs.
pub(crate) fn most_text(form: &FormSpec) -> usize {
    let texts = form.fields.iter().filter(|field| !matches!(field.kind.input, Input::File));
    texts.map(|field| field.name.len().saturating_add(most_bytes(field))).fold(ENVELOPE, usize::saturating_add)
}

/// The same as pairs: each byte may come as a percent triplet (URL Standard, 5.2), and two separators stand beside each.
pub(crate) fn most_encoded(form: &FormSpec) -> usize {
    most_text(form).saturating_mul(3).saturating_add(form.fields.len().saturating_mul(2))
}

#[cfg(test)]
mod tests {
    use super::super::problem::Unit;
    use super::super::rule::{Constraint, Length, Rule};
    use super::super::spec::{FieldKind, FieldSpec};
    use super::*;

    const fn field(rules: &'static [Rule]) -> FieldSpec {
        FieldSpec::new("text", "Text", FieldKind::required(Input::Text)).rules(rules)
    }

    const fn length(max: usize, unit: Unit) -> Rule {
        Rule { constraint: Constraint::Length(Length { min: 0, max, unit }), message: None }
    }

    #[test]
    fn every_text_that_a_length_allows_fits() {
        const FIELDS: &[FieldSpec] = &[field(&[length(50_000, Unit::Utf16), length(usize::MAX, Unit::Bytes)])];
        const FORM: FormSpec = FormSpec::new("form", "form", FIELDS);
        assert_eq!(most_text(&FORM), ENVELOPE + 4 + 150_000);
        assert!(most_encoded(&FORM) >= "text=".len() + 50_000 * "%E6%97%A5".len());
    }

    #[test]
    fn a_length_counts_in_its_unit_and_the_shorter_of_two_holds() {
        const OF_CHARS: FieldSpec = field(&[length(10, Unit::Chars)]);
        const OF_TWO: FieldSpec = field(&[length(10, Unit::Bytes), length(5, Unit::Utf16)]);
        const OF_ALL: FieldSpec = field(&[length(usize::MAX - 1, Unit::Chars)]);
        let most = [OF_CHARS, OF_TWO, OF_ALL, field(&[])].map(|field| most_bytes(&field));
        assert_eq!(most, [40, 10, usize::MAX, 16 << 10]);
    }
}
