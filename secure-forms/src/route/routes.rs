//! What `#[derive(Routes)]` implements: a variant with its typed values enters, the text of a link or a form target leaves, and
//! back. Frameworks' adapters build their routers from [`Routes::ROUTES`] and [`Handlers`].

use std::fmt;

use secure_forms_core::path;

use super::segment::Segment;

/// A method of HTTP that a route can have (RFC 9110, section 9.3; PATCH: RFC 5789).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Method {
    /// Pages.
    Get,
    /// Form targets.
    Post,
    /// Targets of scripts.
    Put,
    /// Targets of scripts.
    Patch,
    /// Targets of scripts.
    Delete,
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
        }
    }
}

/// One route of a site, as data.
///
/// ```
/// use secure_forms::{Method, Routes};
/// #[derive(Routes)]
/// enum Page {
///     #[get("/users/{id}?{tab}")]
///     User { id: u64, tab: Option<String> },
/// }
/// let route = &Page::ROUTES[0];
/// assert_eq!((route.method, route.pattern, route.variant), (Method::Get, "/users/{id}", "User"));
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path as a pattern of the router matchit, which axum uses; actix reads it too.
    pub pattern: &'static str,
    /// The name of the variant.
    pub variant: &'static str,
    /// The pattern in parts.
    pub parts: &'static [RoutePart],
    /// Why the route has no protection against other sites, if it has none.
    pub csrf_exempt: Option<&'static str>,
}

impl Route {
    /// For generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        method: Method,
        pattern: &'static str,
        variant: &'static str,
        parts: &'static [RoutePart],
    ) -> Self {
        Self { method, pattern, variant, parts, csrf_exempt: None }
    }

    /// For generated code: `dangerously_without_csrf = "…"`.
    #[doc(hidden)]
    #[must_use]
    pub const fn dangerously_without_csrf(mut self, reason: &'static str) -> Self {
        self.csrf_exempt = Some(reason);
        self
    }
}

/// What stands between two slashes of a pattern.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RoutePart {
    /// Text.
    Literal(&'static str),
    /// The value of the field of this name.
    Field(&'static str),
}

/// The routes of a site that share one method; implemented by `#[derive(Routes)]`.
///
/// Each variant is a route. Its path and query are written with the names of its fields:
///
/// | text | meaning |
/// |---|---|
/// | `/users` | literal text, which needs no encoding |
/// | `/{id}` | one segment, of a type that is [`PathSegment`](crate::PathSegment) |
/// | `?{tab}&{page}` | values of the query, of types that are [`QueryPart`](crate::QueryPart) |
/// | `?sort={order}` | the value `sort` of the query, from the field `order` |
///
/// ```
/// use secure_forms::{RouteError, Routes, SafeRedirect};
///
/// #[derive(Debug, PartialEq, Routes)]
/// enum Page {
///     #[get("/")]
///     Home,
///     #[get("/users/{id}?{tab}")]
///     User { id: u64, tab: Option<String> },
/// }
///
/// let page = Page::User { id: 42, tab: Some("a&b".to_owned()) };
/// assert_eq!(page.path().as_str(), "/users/42?tab=a%26b");
/// assert_eq!(Page::parse("/users/42", Some("tab=a%26b")), Ok(page));
/// assert_eq!(Page::parse("/users/ada", None), Err(RouteError::NotFound));
/// assert_eq!(SafeRedirect::from(Page::Home).as_str(), "/");
/// ```
///
/// The attribute `#[routes(handlers = Name)]` names the struct of handlers (see [`Handlers`]); `#[routes(crate = ::other::name)]`
/// says where this library is.
///
/// # Security
/// A link leads to its route whatever the values are: each is of a type that cannot climb, and is encoded. Pages (`get`) and
/// form targets are different types, so that a form target never becomes a link or a redirect.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an enum of routes",
    label = "no routes are known for this type",
    note = "write `#[derive(Routes)]` above an enum, and a route such as `#[get(\"/\")]` above each variant"
)]
pub trait Routes: Sized + 'static {
    /// All routes, in the order of the variants.
    const ROUTES: &'static [Route];

    /// The place of this variant's route in [`Routes::ROUTES`].
    fn index(&self) -> usize;

    /// Path and query, for a link or the `action` of a form.
    fn path(&self) -> RoutePath;

    /// The variant of a request: its path as it was sent (not decoded) and its query without the `?`.
    ///
    /// Finds the same route as the framework's router: literal text goes before a placeholder.
    ///
    /// # Errors
    /// [`RouteError::NotFound`] (404) if no route has this path with values of the right types, else what is wrong with the
    /// query (400).
    fn parse(path: &str, query: Option<&str>) -> Result<Self, RouteError>;

    /// This variant's route.
    fn route(&self) -> Option<&'static Route> {
        Self::ROUTES.get(self.index())
    }
}

/// [`Routes`] with the method GET: links lead to them, and redirects.
///
/// ```
/// use secure_forms::{PageRoutes, Routes, SafeRedirect};
/// fn go(page: impl PageRoutes) -> SafeRedirect {
///     page.into()
/// }
/// #[derive(Routes)]
/// enum Page {
///     #[get("/help")]
///     Help,
/// }
/// assert_eq!(go(Page::Help).as_str(), "/help");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a page of this site",
    label = "only pages can be links and redirects",
    note = "a page is a variant with `#[get(…)]` of an enum with `#[derive(Routes)]`",
    note = "a redirect can also be `safe_path!(\"/…\")`, or come from `ReturnTo`; text alone could lead to another site"
)]
pub trait PageRoutes: Routes {}

/// [`Routes`] with another method than GET: forms lead to them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a form target of this site",
    label = "the `action` of a form is a route",
    note = "a form target is a variant with `#[post(…)]` of an enum with `#[derive(Routes)]`"
)]
pub trait ActionRoutes: Routes {}

/// One handler for each route; implemented by the struct that `#[derive(Routes)]` makes beside the enum.
///
/// For `enum Page` it is `PageHandlers`, with a field for each variant in `snake_case`: leaving one out does not compile, so no
/// link is without its handler. Adapters turn it into a router.
///
/// ```
/// use secure_forms::{Handlers, Routes};
/// #[derive(Routes)]
/// enum Page {
///     #[get("/")]
///     Home,
///     #[get("/users/{id}")]
///     UserProfile { id: u64 },
/// }
/// let handlers = PageHandlers { home: "shows the start", user_profile: "shows a person" };
/// let table: Vec<_> = handlers.into_handlers().into_iter().map(|(route, handler)| (route.pattern, handler)).collect();
/// assert_eq!(table, [("/", "shows the start"), ("/users/{id}", "shows a person")]);
/// ```
pub trait Handlers {
    /// The enum.
    type Routes: Routes;
    /// What the framework calls.
    type Handler;

    /// Each route with its handler, in the order of the variants.
    fn into_handlers(self) -> Vec<(&'static Route, Self::Handler)>;
}

/// Path and query of a typed route, encoded: visible ASCII without `\ " < >`. It can stand in an attribute of HTML as it is,
/// but for `&`, which escaping takes care of.
///
/// ```
/// use secure_forms::Routes;
/// #[derive(Routes)]
/// enum Page {
///     #[get("/search?{q}&{page}")]
///     Search { q: String, page: Option<u32> },
/// }
/// let path = Page::Search { q: "\"><script>".to_owned(), page: Some(2) }.path();
/// assert_eq!(path.to_string(), "/search?q=%22%3E%3Cscript%3E&page=2");
/// ```
///
/// # Security
/// Made only by [`Routes::path`]; it always leads to this site. Its length is that of its values: the limit of 2048 bytes is
/// for targets that come from outside.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct RoutePath(String);

impl RoutePath {
    /// Path and query.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for RoutePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for RoutePath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Writes a [`RoutePath`]; for generated code and for [`QueryPart`](crate::QueryPart).
#[derive(Debug, Default)]
pub struct PathWriter {
    text: String,
    parameters: usize,
}

impl PathWriter {
    /// For generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Text of the pattern.
    #[doc(hidden)]
    pub fn literal(&mut self, text: &'static str) {
        self.text.push_str(text);
    }

    /// A value of the path.
    #[doc(hidden)]
    pub fn segment(&mut self, segment: &Segment) {
        path::encode_value(&mut self.text, segment.as_str());
    }

    /// Appends `name=value` to the query, encoded.
    pub fn query(&mut self, name: &'static str, value: &str) {
        self.text.push(if self.parameters == 0 { '?' } else { '&' });
        self.parameters += 1;
        path::encode_value(&mut self.text, name);
        self.text.push('=');
        path::encode_value(&mut self.text, value);
    }

    /// The whole. The redirect rule runs once more, so that writing by hand opens nothing: refused text becomes the root.
    #[doc(hidden)]
    #[must_use]
    pub fn finish(self) -> RoutePath {
        RoutePath(if path::is_local(&self.text) { self.text } else { "/".to_owned() })
    }
}

/// Why a request belongs to no variant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum RouteError {
    /// No route has this path, or a segment is not a value of its type: 404.
    NotFound,
    /// The query lacks a value that must be there, or the value is not one of its type: 400.
    Query {
        /// The name in the query.
        name: &'static str,
    },
    /// The query holds a value twice: 400.
    Repeated {
        /// The name in the query.
        name: &'static str,
    },
    /// A value of the query cannot be decoded: 400.
    Malformed {
        /// The name in the query.
        name: &'static str,
    },
}

impl RouteError {
    /// The status of the answer.
    ///
    /// ```
    /// assert_eq!(secure_forms::RouteError::NotFound.status(), 404);
    /// ```
    #[must_use]
    pub fn status(&self) -> http::StatusCode {
        match self {
            Self::NotFound => http::StatusCode::NOT_FOUND,
            Self::Query { .. } | Self::Repeated { .. } | Self::Malformed { .. } => http::StatusCode::BAD_REQUEST,
        }
    }
}

impl fmt::Display for RouteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is no such page"),
            Self::Query { name } => write!(f, "`{name}` is missing from the query or is not a value it can have"),
            Self::Repeated { name } => write!(f, "`{name}` stands in the query twice"),
            Self::Malformed { name } => write!(f, "`{name}` in the query cannot be decoded"),
        }
    }
}

impl std::error::Error for RouteError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_by_hand_cannot_leave_the_site() {
        let mut out = PathWriter::new();
        out.literal("//evil.test");
        assert_eq!(out.finish().as_str(), "/");
    }

    #[test]
    fn what_is_written_well_stays_as_it_is() {
        let mut out = PathWriter::new();
        out.literal("/files/");
        out.segment(&Segment::new("a b;c").unwrap());
        out.query("v", "1/2");
        assert_eq!(out.finish().as_str(), "/files/a%20b%3Bc?v=1%2F2");
    }
}
