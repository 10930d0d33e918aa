//! Typed routes in axum: a router built from an enum, so that a link without a handler does not compile, and an extractor
//! that reads a request as one of the enum's variants.

use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};
use axum_core::extract::FromRequestParts;
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;

use crate::route::{Handlers, Method, RouteError, Routes};

/// A handler whose method and path the enum of routes decides; made by [`handle`].
pub struct Handle<S>(Box<dyn FnOnce(MethodFilter) -> MethodRouter<S> + Send>);

/// Makes an axum handler one for an enum of routes.
pub fn handle<H, T, S>(handler: H) -> Handle<S>
where
    H: Handler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    Handle(Box::new(move |method| on(method, handler)))
}

/// The router of an enum of routes: one handler for each variant.
///
/// ```
/// use secure_forms::{At, Routes, handle, router};
///
/// #[derive(Routes)]
/// enum Page {
///     #[get("/")]
///     Home,
///     #[get("/users/{id}")]
///     User { id: u64 },
/// }
///
/// async fn home() -> &'static str {
///     "home"
/// }
///
/// async fn user(At(page): At<Page>) -> String {
///     page.path().to_string()
/// }
///
/// let app: axum::Router = router(PageHandlers { home: handle(home), user: handle(user) });
/// ```
pub fn router<H, S>(handlers: H) -> Router<S>
where
    H: Handlers<Handler = Handle<S>>,
    S: Clone + Send + Sync + 'static,
{
    handlers
        .into_handlers()
        .into_iter()
        .fold(Router::new(), |router, (route, handle)| router.route(route.pattern, (handle.0)(filter(route.method))))
}

fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Patch => MethodFilter::PATCH,
        Method::Delete => MethodFilter::DELETE,
    }
}

/// The request's address as a variant of an enum of routes: 404 where no value fits, 400 for a query that does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At<R>(pub R);

impl<S: Sync, R: Routes> FromRequestParts<S> for At<R> {
    type Rejection = RouteError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, RouteError> {
        R::parse(parts.uri.path(), parts.uri.query()).map(Self)
    }
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        (self.status(), self.to_string()).into_response()
    }
}
