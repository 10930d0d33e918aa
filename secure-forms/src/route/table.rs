//! Routes as data: what the derive writes down about each variant, for routers, matching and guards; and why a request belongs to none.

use std::fmt;

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

#[cfg(feature = "web")]
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
/// use secure_forms::route::Method;
/// use secure_forms::Routes;
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
    /// The framework serves the routes below a prefix of which their enum knows nothing, so that its links would lead elsewhere:
    /// 500.
    UnknownPrefix,
}

impl RouteError {
    /// The status of the answer.
    ///
    /// ```
    /// assert_eq!(secure_forms::route::RouteError::NotFound.status(), 404);
    /// ```
    #[must_use]
    #[cfg(feature = "web")]
    pub fn status(&self) -> http::StatusCode {
        match self {
            Self::NotFound => http::StatusCode::NOT_FOUND,
            Self::Query { .. } | Self::Repeated { .. } | Self::Malformed { .. } => http::StatusCode::BAD_REQUEST,
            Self::UnknownPrefix => http::StatusCode::INTERNAL_SERVER_ERROR,
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
            Self::UnknownPrefix => f.write_str(
                "these routes are nested under a prefix that their enum does not know, so its links would lead elsewhere; \
                 write `#[routes(prefix = \"/…\")]` above the enum, and `merge` the router instead of nesting it",
            ),
        }
    }
}

impl std::error::Error for RouteError {}
