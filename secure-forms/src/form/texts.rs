//! What was typed into the fields of a form, kept for showing it again: one buffer for all, because most pages of a refused form are
//! made in haste and some are never shown.

/// One text or none for each field.
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Texts {
    buffer: String,
    /// Where each text begins and ends.
    ends: Vec<Option<(usize, usize)>>,
}

impl Texts {
    /// As many fields without a text.
    pub(crate) fn none(fields: usize) -> Self {
        Self { buffer: String::new(), ends: vec![None; fields] }
    }

    /// These texts in their order.
    pub(crate) fn of<'t>(texts: impl ExactSizeIterator<Item = Option<&'t str>> + Clone) -> Self {
        let bytes = texts.clone().flatten().map(str::len).sum();
        let mut all = Self { buffer: String::with_capacity(bytes), ends: Vec::with_capacity(texts.len()) };
        for text in texts {
            let end = text.map(|text| all.append(text));
            all.ends.push(end);
        }
        all
    }

    /// Puts a text into the place of a field, or takes it away.
    pub(crate) fn set(&mut self, index: usize, text: Option<&str>) {
        let end = text.map(|text| self.append(text));
        if let Some(place) = self.ends.get_mut(index) {
            *place = end;
        }
    }

    /// The text of this field.
    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        let (start, end) = (*self.ends.get(index)?)?;
        self.buffer.get(start..end)
    }

    fn append(&mut self, text: &str) -> (usize, usize) {
        let start = self.buffer.len();
        self.buffer.push_str(text);
        (start, self.buffer.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_has_its_own_text() {
        let mut texts = Texts::of([Some("ada"), None, Some(""), Some("é")].into_iter());
        texts.set(1, Some("new"));
        texts.set(0, Some("changed"));
        texts.set(9, Some("lost"));
        let all: Vec<_> = (0..6).map(|index| texts.get(index)).collect();
        assert_eq!(all, [Some("changed"), Some("new"), Some(""), Some("é"), None, None]);
        texts.set(0, None);
        assert_eq!(texts.get(0), None);
    }
}
