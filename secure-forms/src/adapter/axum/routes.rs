//! Typed routes in axum: a router built from an enum, so that a link without a handler does not compile, and an extractor
//! that reads a request as one of the enum's variants.

use std::future::{Future, ready};
use std::pin::Pin;

use axum::Router;
use axum::extract::NestedPath;
use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};
use axum_core::extract::{FromRequestParts, Request};
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;

use super::respond::ask_again;
use super::state::{GuardedState, RouteHandler};
use crate::guard::Admission;
use crate::route::{Handlers, Method, Route, RouteError, Routes};

/// A handler whose method and path the enum of routes decides; made by [`handle`].
pub struct Handle<S>(Box<dyn FnOnce(&'static Route) -> MethodRouter<S> + Send>);

/// Makes an axum handler one for an enum of routes. The guard judges a request before the handler sees it.
pub fn handle<H, T, S>(handler: H) -> Handle<S>
where
    H: RouteHandler<T, S>,
    T: 'static,
    S: GuardedState + Clone + Send + Sync + 'static,
{
    Handle(Box::new(move |route| on(filter(route.method), Guarded { route, handler })))
}

/// A handler behind the guard.
#[derive(Clone)]
struct Guarded<H> {
    route: &'static Route,
    handler: H,
}

impl<H, T, S> Handler<T, S> for Guarded<H>
where
    H: Handler<T, S>,
    T: 'static,
    S: GuardedState + Send + Sync + 'static,
{
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, request: Request, state: S) -> Self::Future {
        let (mut parts, body) = request.into_parts();
        if is_nested(&parts) {
            return Box::pin(ready(RouteError::UnknownPrefix.into_response()));
        }
        match state.form_guard().admit(self.route, &mut parts) {
            Admission::GoOn => Box::pin(self.handler.call(Request::from_parts(parts, body), state)),
            Admission::Refuse(refusal) => Box::pin(ready(refusal.into_response())),
            Admission::AskAgain => Box::pin(ready(ask_again())),
        }
    }
}

/// The router of an enum of routes: one handler for each variant. The guard in the application's state judges every request first:
/// what another site sends to a form target, or as a WebSocket handshake, is answered by 403, with or without a form; and who
/// arrives from another site without the `Strict` session cookie gets a page that asks again from here (see
/// [`Arrival`](crate::session::Arrival)). A variant that other sites may send to says so with its reason:
/// `#[post("/hook", dangerously_without_csrf = "the provider signs the body")]`.
///
/// Take it into a larger router with [`Router::merge`]. A prefix belongs to the enum, `#[routes(prefix = "/admin")]`, because links are
/// made of it: below a [`Router::nest`] they would lead elsewhere, and so each of the routes answers with 500 and says that. (axum
/// does not tell a router where it is nested before a request comes.)
///
/// ```
/// use axum::extract::FromRef;
/// use secure_forms::axum::{RouteOf, handle, router};
/// use secure_forms::csrf::OwnOrigins;
/// use secure_forms::{FormGuard, KeyRing, Routes};
///
/// #[derive(Clone, FromRef)]
/// struct App {
///     guard: FormGuard,
/// }
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
/// async fn user(RouteOf(page): RouteOf<Page>) -> String {
///     page.path().to_string()
/// }
///
/// let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?);
/// let pages = PageHandlers { home: handle(home), user: handle(user) };
/// let app: axum::Router = router(pages).with_state(App { guard });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn router<H, S>(handlers: H) -> Router<S>
where
    H: Handlers<Handler = Handle<S>>,
    S: Clone + Send + Sync + 'static,
{
    handlers
        .into_handlers()
        .into_iter()
        .fold(Router::new(), |router, (route, handle)| router.route(route.pattern, (handle.0)(route)))
}

/// Whether axum serves the request below a prefix, which only [`Router::nest`] and `nest_service` leave in it. A typed route holds
/// its whole path, so below one its links lead elsewhere.
fn is_nested(parts: &Parts) -> bool {
    parts.extensions.get::<NestedPath>().is_some()
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

/// The request's address as a variant of an enum of routes: 404 where no value fits, 400 for a query that does not, and
/// 500 below a prefix of [`Router::nest`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteOf<R>(pub R);

impl<S: Sync, R: Routes> FromRequestParts<S> for RouteOf<R> {
    type Rejection = RouteError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, RouteError> {
        if is_nested(parts) {
            return Err(RouteError::UnknownPrefix);
        }
        R::parse(parts.uri.path(), parts.uri.query()).map(Self)
    }
}
