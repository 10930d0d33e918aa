//! CSRF tokens: nothing that was not issued for this form and this caller passes, and what was issued does.

use std::sync::LazyLock;

use secure_forms::KeyRing;
use secure_forms::csrf::{Binding, Csrf, OwnOrigins};
use secure_forms::session::VisitorId;

use super::Property;

pub(super) const PROPERTY: Property = Property { name: "csrf", seeds: &["", "AAAA", "-_-_"], holds };

static SITE: LazyLock<Option<(Csrf, Binding)>> = LazyLock::new(|| {
    let own = OwnOrigins::parse("https://app.example").ok()?;
    Some((Csrf::new(KeyRing::generate().ok()?, own), Binding::visitor(&VisitorId::generate())))
});

fn holds(input: &[u8]) {
    let (Some((csrf, binding)), text) = (&*SITE, String::from_utf8_lossy(input)) else { return };
    assert!(csrf.verify(Some(&text), "note", binding).is_err(), "a forged token passes");
    let token = csrf.issue(&text, binding);
    assert_eq!(csrf.verify(Some(&token), &text, binding), Ok(()));
    assert!(csrf.verify(Some(&token), "another form", binding).is_err() || text == "another form");
    assert!(csrf.verify(Some(&token), &text, &Binding::visitor(&VisitorId::generate())).is_err());
}
