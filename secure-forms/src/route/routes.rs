//! What `#[derive(Routes)]` implements: a variant with its typed values enters, the text of a link or a form target leaves, and
//! back. Frameworks' adapters build their routers from [`Routes::ROUTES`] and [`Handlers`].

use super::matching::Matched;
use super::path::RoutePath;
use super::table::{Route, RouteError};

/// The routes of a site that share one method; implemented by `#[derive(Routes)]`.
///
/// Each variant is a route. Its path and query are written with the names of its fields:
///
/// | text | meaning |
/// |---|---|
/// | `/users` | literal text, which needs no encoding |
/// | `/{id}` | one segment, of a type that is [`PathSegment`](crate::route::PathSegment) |
/// | `?{tab}&{page}` | values of the query, of types that are [`QueryPart`](crate::route::QueryPart) |
/// | `?sort={order}` | the value `sort` of the query, from the field `order` |
///
/// ```
/// use secure_forms::route::RouteError;
/// use secure_forms::{Routes, SafeRedirect};
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
/// # Prefix
/// What all paths of an enum begin with is written once, and belongs to links and matching alike. The root of such an enum is
/// the prefix itself.
///
/// ```
/// use secure_forms::Routes;
/// #[derive(Debug, PartialEq, Routes)]
/// #[routes(prefix = "/admin")]
/// enum AdminPage {
///     #[get("/")]
///     Overview,
///     #[get("/keys/{id}")]
///     Key { id: u64 },
/// }
/// assert_eq!(AdminPage::Overview.path().as_str(), "/admin");
/// assert_eq!(AdminPage::Key { id: 7 }.path().as_str(), "/admin/keys/7");
/// assert_eq!(AdminPage::parse("/admin/keys/7", None), Ok(AdminPage::Key { id: 7 }));
/// assert!(AdminPage::parse("/keys/7", None).is_err());
/// ```
///
/// # Enums in enums
/// A variant can hold the routes of another enum: links, matching, the table and the handlers are then those of both. Each enum
/// knows its whole prefix, so that a link is the same wherever it is made; `nest` says it once more, and the compiler compares.
/// Two routes with one path do not compile. `#[nest("/")]` takes an enum with any prefix.
///
/// ```
/// use secure_forms::route::Handlers;
/// use secure_forms::Routes;
/// #[derive(Debug, PartialEq, Routes)]
/// enum Page {
///     #[get("/")]
///     Home,
///     #[nest("/users")]
///     Users(UserPage),
/// }
/// #[derive(Debug, PartialEq, Routes)]
/// #[routes(prefix = "/users")]
/// enum UserPage {
///     #[get("/{id}")]
///     Profile { id: u64 },
/// }
/// let profile = Page::Users(UserPage::Profile { id: 7 });
/// assert_eq!(profile.path(), UserPage::Profile { id: 7 }.path());
/// assert_eq!(profile.path().as_str(), "/users/7");
/// assert_eq!(Page::parse("/users/7", None), Ok(profile));
/// assert!(Page::ROUTES.iter().map(|route| route.pattern).eq(["/", "/users/{id}"]));
///
/// let handlers = PageHandlers { home: "shows the start", users: UserPageHandlers { profile: "shows a person" } };
/// assert_eq!(handlers.into_list(), ["shows the start", "shows a person"]);
/// ```
///
/// # Attributes of the enum
/// | `#[routes(…)]` | meaning |
/// |---|---|
/// | `prefix = "/admin"` | what all its paths begin with |
/// | `handlers = Name` | the name of the struct of handlers (see [`Handlers`]) |
/// | `method = get` | the method of an enum that has no route of its own, only nested enums |
/// | `crate = ::other::name` | where this library is |
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
    /// One handler for each route: the struct that the derive makes.
    type Handlers<H>: Handlers<Routes = Self, Handler = H>;

    /// All routes: its own in the order of the variants, then those of the nested enums.
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
    fn parse(path: &str, query: Option<&str>) -> Result<Self, RouteError> {
        let found = Matched::find(Self::ROUTES, path, query)?;
        Self::read(&found, found.index())
    }

    /// For generated code: the variant at `index`, with the values that were found.
    ///
    /// # Errors
    /// As of [`Routes::parse`].
    #[doc(hidden)]
    fn read(found: &Matched<'_>, index: usize) -> Result<Self, RouteError>;

    /// This variant's route.
    fn route(&self) -> Option<&'static Route> {
        Self::ROUTES.get(self.index())
    }
}

/// [`Routes`] with the method GET: links lead to them, and redirects.
///
/// ```
/// use secure_forms::route::PageRoutes;
/// use secure_forms::{Routes, SafeRedirect};
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
/// use secure_forms::route::Handlers;
/// use secure_forms::Routes;
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

    /// The handlers, in the order of [`Routes::ROUTES`].
    fn into_list(self) -> Vec<Self::Handler>;

    /// Each route with its handler.
    fn into_handlers(self) -> Vec<(&'static Route, Self::Handler)>
    where
        Self: Sized,
    {
        Self::Routes::ROUTES.iter().zip(self.into_list()).collect()
    }
}
