//! The text of a route: `/users/{id}?{tab}&sort={order}` enters, its parts or the first mistake with its place leaves. The path
//! is a pattern of the router matchit (axum's), the query names the values that a link may carry. RFC 3986, section 3.3.

use std::fmt;
use std::ops::Range;

/// A route's text in parts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Template<'t> {
    /// The path as it was written, which is the router's pattern.
    pub path: &'t str,
    /// What stands between the slashes. The last is an empty literal where the path ends with a slash.
    pub segments: Vec<Part<'t>>,
    /// The values of the query.
    pub query: Vec<Placeholder<'t>>,
}

/// One segment.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Part<'t> {
    /// Text that is always the same.
    Literal(&'t str),
    /// A typed value.
    Placeholder(Placeholder<'t>),
}

/// A `{field}`, or a `name={field}` of the query.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Placeholder<'t> {
    /// The name in the query; of a segment, the field's.
    pub name: &'t str,
    /// The name of the field.
    pub field: &'t str,
}

/// A mistake in the text of a route.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TemplateProblem {
    /// What is wrong.
    pub kind: TemplateProblemKind,
    /// Where, in bytes.
    pub place: Range<usize>,
}

/// What is wrong with the text of a route.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum TemplateProblemKind {
    /// It does not start with a slash.
    NoLeadingSlash,
    /// Two slashes in a row.
    EmptySegment,
    /// `.` or `..`.
    DotSegment,
    /// A `#`: browsers do not send fragments.
    Fragment,
    /// A brace without its partner, or one inside the other.
    Brace,
    /// `{}` or a name that no field can have.
    FieldName,
    /// `{*rest}`.
    CatchAll,
    /// Text beside a placeholder in one segment.
    MixedSegment,
    /// A segment that starts with `:` or `*`, which older routers read as a placeholder.
    OldPlaceholder,
    /// A character that a link would have to encode, so that the router would not see the text that is written.
    Character(char),
    /// A part of the query that is not `{field}` or `name={field}`.
    QueryPart,
    /// A placeholder whose field was named before.
    RepeatedField,
    /// A name of the query that was used before.
    RepeatedName,
    /// A value in a prefix.
    PrefixPlaceholder,
    /// A query behind a prefix.
    PrefixQuery,
    /// A prefix that ends with a slash.
    PrefixEnd,
}

impl fmt::Display for TemplateProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoLeadingSlash => "the path of a route starts with `/`",
            Self::EmptySegment => "a path with an empty segment",
            Self::DotSegment => "a path with a dot segment",
            Self::Fragment => "a route with a fragment",
            Self::Brace => "a brace without its partner",
            Self::FieldName => "a placeholder without the name of a field",
            Self::CatchAll => "a placeholder for several segments",
            Self::MixedSegment => "a segment that mixes text and a placeholder",
            Self::OldPlaceholder => "a segment that starts with `:` or `*`",
            Self::Character(shown) if shown.is_ascii_graphic() => {
                return write!(f, "the character `{shown}` in a path");
            }
            Self::Character(other) => return write!(f, "the character U+{:04X} in a path", u32::from(*other)),
            Self::QueryPart => "a part of the query that is not a placeholder",
            Self::RepeatedField => "a field that stands in the route twice",
            Self::RepeatedName => "a name that stands in the query twice",
            Self::PrefixPlaceholder => "a prefix with a placeholder",
            Self::PrefixQuery => "a prefix with a query",
            Self::PrefixEnd => "a prefix that ends with a slash",
        })
    }
}

impl<'t> Template<'t> {
    /// Reads the text of a route.
    ///
    /// ```
    /// use secure_forms_core::path::{Part, Template};
    /// let template = Template::parse("/users/{id}?{tab}").expect("a good route");
    /// assert_eq!(template.path, "/users/{id}");
    /// assert_eq!(template.segments[0], Part::Literal("users"));
    /// assert_eq!(template.query[0].field, "tab");
    /// ```
    ///
    /// # Errors
    /// The first [`TemplateProblem`], with its place.
    ///
    /// # Security
    /// The literal text of a route needs no encoding and has no dot segment, so a link's path leads where it reads.
    pub fn parse(text: &'t str) -> Result<Self, TemplateProblem> {
        let problem = |kind, place| Err(TemplateProblem { kind, place });
        if !text.starts_with('/') {
            return problem(TemplateProblemKind::NoLeadingSlash, 0..text.chars().next().map_or(0, char::len_utf8));
        }
        if let Some(at) = text.find('#') {
            return problem(TemplateProblemKind::Fragment, at..text.len());
        }
        let (path, query) = match text.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (text, None),
        };
        let mut template = Self { path, segments: Vec::new(), query: Vec::new() };
        for (place, segment) in pieces(&path[1..], '/', 1) {
            let is_last = place.end == path.len();
            let part = segment_part(segment, is_last).map_err(|kind| TemplateProblem { kind, place: place.clone() })?;
            if let Part::Placeholder(placeholder) = &part
                && template.names(placeholder.field)
            {
                return problem(TemplateProblemKind::RepeatedField, place);
            }
            template.segments.push(part);
        }
        for (place, part) in query.into_iter().flat_map(|query| pieces(query, '&', path.len() + 1)) {
            let placeholder = query_part(part).map_err(|kind| TemplateProblem { kind, place: place.clone() })?;
            if template.names(placeholder.field) {
                return problem(TemplateProblemKind::RepeatedField, place);
            }
            if template.query.iter().any(|earlier| earlier.name == placeholder.name) {
                return problem(TemplateProblemKind::RepeatedName, place);
            }
            template.query.push(placeholder);
        }
        Ok(template)
    }

    /// The placeholders of the path.
    pub fn placeholders(&self) -> impl Iterator<Item = &Placeholder<'t>> {
        self.segments.iter().filter_map(|part| match part {
            Part::Placeholder(placeholder) => Some(placeholder),
            Part::Literal(_) => None,
        })
    }

    fn names(&self, field: &str) -> bool {
        self.placeholders().chain(&self.query).any(|placeholder| placeholder.field == field)
    }
}

/// Reads what stands before every route of an enum, `/admin`: text only, without the slash of the route that follows.
///
/// ```
/// use secure_forms_core::path::{TemplateProblemKind, prefix};
/// assert_eq!(prefix("/admin/users").expect("a good prefix"), ["admin", "users"]);
/// assert_eq!(prefix("/admin/").expect_err("two slashes would meet").kind, TemplateProblemKind::PrefixEnd);
/// ```
///
/// # Errors
/// The first [`TemplateProblem`], with its place: of a route's text, or what a route may have and a prefix may not.
///
/// # Security
/// As of a route: the text needs no encoding and has no dot segment, so what stands behind it stays behind it.
pub fn prefix(text: &str) -> Result<Vec<&str>, TemplateProblem> {
    let query = text.find('?').filter(|at| !text[..*at].contains('#'));
    let path = &text[..query.unwrap_or(text.len())];
    Template::parse(path)?;
    for (place, segment) in pieces(&path[1..], '/', 1) {
        let kind = match segment {
            "" => TemplateProblemKind::PrefixEnd,
            _ if segment.starts_with('{') => TemplateProblemKind::PrefixPlaceholder,
            _ => continue,
        };
        let place = if segment.is_empty() { path.len() - 1..path.len() } else { place };
        return Err(TemplateProblem { kind, place });
    }
    match query {
        Some(at) => Err(TemplateProblem { kind: TemplateProblemKind::PrefixQuery, place: at..text.len() }),
        None => Ok(path[1..].split('/').collect()),
    }
}

/// The pieces between the separators with their places in the whole text.
fn pieces(text: &str, separator: char, offset: usize) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut start = offset;
    text.split(separator).map(move |piece| {
        let place = start..start + piece.len();
        start = place.end + separator.len_utf8();
        (place, piece)
    })
}

fn segment_part(segment: &str, is_last: bool) -> Result<Part<'_>, TemplateProblemKind> {
    if segment.contains(['{', '}']) {
        return placeholder(segment).map(|field| Part::Placeholder(Placeholder { name: field, field }));
    }
    match segment {
        "" if is_last => return Ok(Part::Literal("")),
        "" => return Err(TemplateProblemKind::EmptySegment),
        "." | ".." => return Err(TemplateProblemKind::DotSegment),
        _ if segment.starts_with([':', '*']) => return Err(TemplateProblemKind::OldPlaceholder),
        _ => {}
    }
    match segment.chars().find(|character| !is_path_character(*character)) {
        Some(character) => Err(TemplateProblemKind::Character(character)),
        None => Ok(Part::Literal(segment)),
    }
}

/// `pchar` of RFC 3986, section 3.3, without triplets.
fn is_path_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(character)
}

/// The field of `{field}`.
fn placeholder(text: &str) -> Result<&str, TemplateProblemKind> {
    let open = text.find('{').ok_or(TemplateProblemKind::Brace)?;
    let close = text.find('}').ok_or(TemplateProblemKind::Brace)?;
    if text.matches(['{', '}']).count() % 2 == 1 || close < open || text[open + 1..close].contains('{') {
        return Err(TemplateProblemKind::Brace);
    }
    if open > 0 || close + 1 < text.len() {
        return Err(TemplateProblemKind::MixedSegment);
    }
    match &text[1..close] {
        inner if inner.starts_with('*') => Err(TemplateProblemKind::CatchAll),
        inner if is_field_name(inner) => Ok(inner),
        _ => Err(TemplateProblemKind::FieldName),
    }
}

fn is_field_name(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.bytes().any(|byte| byte != b'_')
        && !name.starts_with(|first: char| first.is_ascii_digit())
}

fn query_part(part: &str) -> Result<Placeholder<'_>, TemplateProblemKind> {
    let (name, value) = match part.split_once('=') {
        Some((name, value)) => (Some(name), value),
        None => (None, part),
    };
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
    };
    if !value.contains(['{', '}']) || name.is_some_and(|name| !is_name(name)) {
        return Err(TemplateProblemKind::QueryPart);
    }
    match placeholder(value) {
        Ok(field) => Ok(Placeholder { name: name.unwrap_or(field), field }),
        Err(TemplateProblemKind::MixedSegment) => Err(TemplateProblemKind::QueryPart),
        Err(kind) => Err(kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(text: &str) -> (TemplateProblemKind, &str) {
        let problem = Template::parse(text).expect_err(text);
        (problem.kind, &text[problem.place])
    }

    #[test]
    fn a_route_has_literals_placeholders_and_a_query() {
        let template = Template::parse("/users/{id}/?{tab}&sort={order}").unwrap();
        let (id, tab) = (Placeholder { name: "id", field: "id" }, Placeholder { name: "tab", field: "tab" });
        assert_eq!(template.segments, [Part::Literal("users"), Part::Placeholder(id), Part::Literal("")]);
        assert_eq!(template.query, [tab, Placeholder { name: "sort", field: "order" }]);
    }

    #[test]
    fn the_root_is_one_empty_literal() {
        assert_eq!(Template::parse("/").unwrap().segments, [Part::Literal("")]);
    }

    #[test]
    fn each_mistake_has_its_name_and_its_place() {
        use TemplateProblemKind::*;
        for (text, kind, place) in [
            ("users", NoLeadingSlash, "u"),
            ("", NoLeadingSlash, ""),
            ("//", EmptySegment, ""),
            ("/a//b", EmptySegment, ""),
            ("/a/../b", DotSegment, ".."),
            ("/a#top", Fragment, "#top"),
            ("/{id", Brace, "{id"),
            ("/id}", Brace, "id}"),
            ("/}{", Brace, "}{"),
            ("/{{id}}", Brace, "{{id}}"),
            ("/{}", FieldName, "{}"),
            ("/{1st}", FieldName, "{1st}"),
            ("/{user-id}", FieldName, "{user-id}"),
            ("/files/{*path}", CatchAll, "{*path}"),
            ("/v{major}", MixedSegment, "v{major}"),
            ("/{a}{b}", MixedSegment, "{a}{b}"),
            ("/:id", OldPlaceholder, ":id"),
            ("/a b", Character(' '), "a b"),
            ("/caf%C3%A9", Character('%'), "caf%C3%A9"),
            ("/a\\b", Character('\\'), "a\\b"),
            ("/a?tab", QueryPart, "tab"),
            ("/a?{b}&", QueryPart, ""),
            ("/a?x=1", QueryPart, "x=1"),
            ("/a?={b}", QueryPart, "={b}"),
            ("/{id}/{id}", RepeatedField, "{id}"),
            ("/{id}?{id}", RepeatedField, "{id}"),
            ("/?{a}&a={b}", RepeatedName, "a={b}"),
        ] {
            assert_eq!(mistake(text), (kind, place), "{text}");
        }
    }

    #[test]
    fn a_prefix_is_plain_segments_only() {
        use TemplateProblemKind::*;
        assert_eq!(prefix("/admin").unwrap(), ["admin"]);
        assert_eq!(prefix("/a/b-c").unwrap(), ["a", "b-c"]);
        for (text, kind, place) in [
            ("admin", NoLeadingSlash, "a"),
            ("", NoLeadingSlash, ""),
            ("?x", NoLeadingSlash, ""),
            ("/", PrefixEnd, "/"),
            ("/admin/", PrefixEnd, "/"),
            ("//admin", EmptySegment, ""),
            ("/teams/{team}", PrefixPlaceholder, "{team}"),
            ("/{*rest}", CatchAll, "{*rest}"),
            ("/admin?{tab}", PrefixQuery, "?{tab}"),
            ("/admin?tab=1", PrefixQuery, "?tab=1"),
            ("/admin#top", Fragment, "#top"),
            ("/admin#top?x", Fragment, "#top?x"),
            ("/admin/..", DotSegment, ".."),
            ("/./admin", DotSegment, "."),
            ("/caf%C3%A9", Character('%'), "caf%C3%A9"),
            ("/\\evil", Character('\\'), "\\evil"),
        ] {
            let problem = prefix(text).expect_err(text);
            assert_eq!((problem.kind, &text[problem.place]), (kind, place), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_prefix_makes_it_panic(text in "[a-z/.{}?#é*:]{0,8}") {
            if let Ok(segments) = prefix(&text) {
                proptest::prop_assert!(super::super::is_emitted(&text));
                proptest::prop_assert_eq!(format!("/{}", segments.join("/")), text);
            }
        }

        #[test]
        fn literal_text_is_emitted_as_it_is_written(text in "/[a-z.:;@%{}/?&=#é-]{0,12}") {
            if let Ok(template) = Template::parse(&text) && template.placeholders().count() == 0 {
                proptest::prop_assert!(super::super::is_emitted(template.path));
            }
        }
    }
}
