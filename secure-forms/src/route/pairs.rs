//! The pairs of a query, not decoded (URL Standard, section 5.1): `a=1&b=2` enters, names and values leave, or the one value of a name.
//! (A body is not split here: `request::urlencoded` decodes one in its own buffer.)

use secure_forms_core::percent::decode_query_value;

/// Two pairs have one name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Repeated;

/// All pairs in order. What has no `=` is a name with an empty value; `&&` separates nothing.
pub(super) fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// The one value of `name`, however its name is encoded. A name that cannot be decoded is another one.
///
/// # Errors
/// [`Repeated`]: who comes first would otherwise depend on who reads.
pub(super) fn one_value<'q>(query: &'q str, name: &str) -> Result<Option<&'q str>, Repeated> {
    let is_meant = |raw: &str| decode_query_value(raw).is_ok_and(|decoded| decoded == name);
    let mut values = pairs(query).filter(|(raw, _)| is_meant(raw)).map(|(_, value)| value);
    let first = values.next();
    if values.next().is_some() { Err(Repeated) } else { Ok(first) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_ends_at_the_ampersand_and_its_name_at_the_first_equals_sign() {
        let all = |query| pairs(query).collect::<Vec<_>>();
        assert_eq!(all("a=1&b=x=y&c&&=d&"), [("a", "1"), ("b", "x=y"), ("c", ""), ("", "d")]);
        assert_eq!(all(""), []);
        assert_eq!(all("a=%26&b=+"), [("a", "%26"), ("b", "+")]);
    }

    #[test]
    fn a_name_is_found_however_it_is_encoded_and_only_once() {
        assert_eq!(one_value("x=%zz&%zz=1&n%65xt=/a", "next"), Ok(Some("/a")));
        assert_eq!(one_value("nexts=1&nex=2", "next"), Ok(None));
        assert_eq!(one_value("next", "next"), Ok(Some("")));
        for twice in ["next=a&next=a", "next&n%65xt=", "next=a&x=1&%6Eext=b"] {
            assert_eq!(one_value(twice, "next"), Err(Repeated), "{twice}");
        }
    }
}
