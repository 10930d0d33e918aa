//! Form bodies: what is bound is what the URL Standard's own parser reads (5.1), and what a browser writes comes back.

use secure_forms::{Form, testing};
use url::form_urlencoded;

use super::Property;

pub(super) const PROPERTY: Property = Property {
    name: "urlencoded",
    seeds: &["a=1&b=caf%C3%A9+x", "b=%0D%0A&=&a", "a=%zz&b=%ff", "%61=x&b=%26%3D%2B", "a=1&a=2"],
    holds,
};

#[derive(Debug, Form)]
struct Pair<'f> {
    #[field(multiline, trim = false, allow(invisible))]
    a: Option<&'f str>,
    #[field(multiline, trim = false, allow(invisible))]
    b: Option<String>,
}

fn holds(input: &[u8]) {
    if let Ok(pair) = testing::submission(input).bind::<Pair<'_>>() {
        assert_eq!(pair.a, first(input, "a").as_deref());
        assert_eq!(pair.b, first(input, "b"));
    }
    let text = String::from_utf8_lossy(input);
    let written: String = form_urlencoded::Serializer::new(String::new()).append_pair("a", &text).finish();
    if let Ok(pair) = testing::submission(written).bind::<Pair<'_>>() {
        assert_eq!(pair.a.unwrap_or_default(), text);
    }
}

/// What another parser reads; empty is absent.
fn first(input: &[u8], name: &str) -> Option<String> {
    let value = form_urlencoded::parse(input).find(|(known, _)| known == name).map(|(_, value)| value.into_owned());
    value.filter(|value| !value.is_empty())
}
