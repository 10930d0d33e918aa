//! Which route a request belongs to: the raw path and query enter, the index of the route and its undecoded values leave.
//! The choice is that of the router matchit: at the first difference literal text goes before a placeholder.

use secure_forms_core::percent::{decode_query_value, decode_segment};

use super::pairs::one_value;
use super::segment::Segment;
use super::table::{Route, RouteError, RoutePart};

/// A request that belongs to the route at `index`; for generated code.
pub struct Matched<'r> {
    index: usize,
    segments: Vec<&'r str>,
    query: &'r str,
}

impl<'r> Matched<'r> {
    /// Finds the route.
    ///
    /// # Errors
    /// [`RouteError::NotFound`].
    pub fn find(routes: &[Route], path: &'r str, query: Option<&'r str>) -> Result<Self, RouteError> {
        let segments: Vec<&str> = path.strip_prefix('/').ok_or(RouteError::NotFound)?.split('/').collect();
        let index = routes
            .iter()
            .enumerate()
            .filter(|(_, route)| fits(route.parts, &segments))
            .max_by_key(|(_, route)| literals(route.parts))
            .map(|(index, _)| index)
            .ok_or(RouteError::NotFound)?;
        Ok(Self { index, segments, query: query.unwrap_or_default() })
    }

    /// The place of the route in the table.
    #[must_use]
    pub(super) fn index(&self) -> usize {
        self.index
    }

    /// The value of the segment at `at`; `read` is [`PathSegment::from_segment`](super::PathSegment::from_segment).
    ///
    /// # Errors
    /// [`RouteError::NotFound`] for text that is not a segment, or not of this type.
    pub fn segment<T>(&self, at: usize, read: fn(&Segment) -> Option<T>) -> Result<T, RouteError> {
        let raw = self.segments.get(at).ok_or(RouteError::NotFound)?;
        let text = decode_segment(raw).map_err(|_| RouteError::NotFound)?;
        let segment = Segment::new(text.into_owned()).map_err(|_| RouteError::NotFound)?;
        read(&segment).ok_or(RouteError::NotFound)
    }

    /// The value of the query called `name`; `read` is [`QueryPart::read`](super::QueryPart::read).
    ///
    /// # Errors
    /// [`RouteError`] for a value that is repeated, cannot be decoded, or is not of this type.
    pub fn query<T>(&self, name: &'static str, read: fn(Option<&str>) -> Option<T>) -> Result<T, RouteError> {
        let found = one_value(self.query, name).map_err(|_| RouteError::Repeated { name })?;
        let text = found.map(decode_query_value).transpose().map_err(|_| RouteError::Malformed { name })?;
        read(text.as_deref()).ok_or(RouteError::Query { name })
    }
}

/// Whether a request belongs to a route of this table that other sites may send to.
#[cfg(feature = "web")]
pub(crate) fn is_exempt(routes: &[Route], method: &http::Method, path: &str) -> bool {
    let route = Matched::find(routes, path, None).ok().and_then(|matched| routes.get(matched.index()));
    route.is_some_and(|route| route.csrf_exempt.is_some() && http::Method::from(route.method) == method)
}

fn fits(parts: &[RoutePart], segments: &[&str]) -> bool {
    parts.len() == segments.len()
        && parts.iter().zip(segments).all(|(part, segment)| match part {
            RoutePart::Literal(text) => text == segment,
            RoutePart::Field(_) => !segment.is_empty(),
        })
}

/// Of two routes that fit, the one with the literal at the first difference is greater.
fn literals(parts: &[RoutePart]) -> Vec<bool> {
    parts.iter().map(|part| matches!(part, RoutePart::Literal(_))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::{Method, PathSegment};

    const ROUTES: [Route; 4] = [
        Route::new(Method::Get, "/{a}/new", "A", &[RoutePart::Field("a"), RoutePart::Literal("new")]),
        Route::new(Method::Get, "/users/{b}", "B", &[RoutePart::Literal("users"), RoutePart::Field("b")]),
        Route::new(Method::Get, "/users/", "C", &[RoutePart::Literal("users"), RoutePart::Literal("")]),
        Route::new(Method::Get, "/", "D", &[RoutePart::Literal("")]),
    ];

    fn variant(path: &str) -> Option<&'static str> {
        Matched::find(&ROUTES, path, None).ok().map(|found| ROUTES[found.index()].variant)
    }

    #[test]
    fn literal_text_goes_before_a_placeholder() {
        assert_eq!(variant("/users/new"), Some("B"));
        assert_eq!(variant("/teams/new"), Some("A"));
        assert_eq!(variant("/users/"), Some("C"));
        assert_eq!(variant("/"), Some("D"));
    }

    #[test]
    fn other_paths_belong_to_no_route() {
        for path in ["", "/users", "//new", "/users/7/", "users/7", "*"] {
            assert_eq!(variant(path), None, "{path}");
        }
    }

    #[test]
    fn a_segment_is_decoded_once_and_then_judged() {
        let value = |path| Matched::find(&ROUTES, path, None).and_then(|found| found.segment(1, Segment::from_segment));
        assert_eq!(value("/users/a%20b").unwrap().as_str(), "a b");
        for path in ["/users/%2e%2e", "/users/a%2fb", "/users/%252e", "/users/%zz", "/users/%ff", "/users/%00"] {
            assert_eq!(value(path), Err(RouteError::NotFound), "{path}");
        }
    }
}
