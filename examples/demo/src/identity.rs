//! Who sends a request: the session cookie, else the remember-me cookie, enter; [`Identity`] is on the request from here on. Signing
//! in and out.

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next as Inner;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, Method};
use secure_forms::{
    ClientIp, CookieError, Cookies, Next, REMEMBER_COOKIE, RememberToken, SESSION_COOKIE, SafeRedirect, SessionId,
    safe_path,
};

use crate::error::Error;
use crate::routes::Page;
use crate::server::Peer;
use crate::state::App;
use crate::store::remembered::{self, Recognized};
use crate::store::{sessions, users};

/// Who is signed in, if anyone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Identity(pub(crate) Option<users::User>);

impl<S: Sync> FromRequestParts<S> for Identity {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get().cloned().unwrap_or_default())
    }
}

/// Somebody who is signed in; others are sent to the sign-in page, which sends them back.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn(pub(crate) users::User);

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = SafeRedirect;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, SafeRedirect> {
        match parts.extensions.get() {
            Some(Identity(Some(user))) => Ok(Self(user.clone())),
            _ => Err(Page::Login { next: Some(here(parts.uri.path())) }.into()),
        }
    }
}

/// The client's address, for limits: that of the connection, or what the proxies in `TRUSTED_PROXIES` say.
pub(crate) struct Client(pub(crate) ClientIp);

impl FromRequestParts<App> for Client {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let Peer(peer) = parts.extensions.get().copied().unwrap_or_default();
        Ok(Self(ClientIp::resolve(&app.client_ip, peer, &parts.headers)))
    }
}

/// Puts the [`Identity`] on every request.
pub(crate) async fn identify(State(app): State<App>, mut request: Request, inner: Inner) -> Result<Response, Error> {
    let cookies = Cookies::from_headers(request.headers());
    if let Ok(Some(session)) = app.cookies().get(&cookies, &SESSION_COOKIE)
        && let Some(user) = sessions::user(&app.db, &session.value, app.now()).await?
    {
        // Signed again only now that it is known to be alive.
        let again = session.reissue.then(|| app.cookies().reissue(&SESSION_COOKIE, &session).ok()).flatten();
        request.extensions_mut().insert(Identity(Some(user)));
        let mut response = inner.run(request).await;
        if let Some(cookie) = again {
            cookie.append_to(response.headers_mut());
        }
        return Ok(response);
    }
    if request.method() == Method::GET
        && let Ok(Some(remembered)) = app.cookies().get(&cookies, &REMEMBER_COOKIE)
    {
        return welcome_back(&app, remembered.value, request, inner).await;
    }
    Ok(inner.run(request).await)
}

/// Signs a remembered person in and asks for the same page again, which then comes with the session; a token that is worth nothing
/// is taken away.
async fn welcome_back(app: &App, token: RememberToken, request: Request, inner: Inner) -> Result<Response, Error> {
    match remembered::recognize(&app.db, token, app.now()).await? {
        Recognized::User { id, next } => {
            let session = sessions::start(&app.db, id, app.now()).await?;
            let address = request.uri().path_and_query().map_or("/", |address| address.as_str());
            let mut response = here(address).into_response();
            set_session(app, response.headers_mut(), &session)?;
            if let Some(next) = next {
                app.cookies().set(&REMEMBER_COOKIE, &next)?.append_to(response.headers_mut());
            }
            Ok(response)
        }
        Recognized::Nobody => {
            let mut response = inner.run(request).await;
            REMEMBER_COOKIE.deletion().append_to(response.headers_mut());
            Ok(response)
        }
    }
}

/// The address of a request as a place to come back to.
fn here(address: &str) -> SafeRedirect {
    Next::from_query_and_body(None, [address]).unwrap_or_default().next_or(safe_path!("/"))
}

/// Remember this browser?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Remember {
    Yes,
    No,
}

/// Starts a session for `user` and sends its cookies with `response`. The identifier is new, so one that somebody planted before is
/// worth nothing (session fixation), and whoever was signed in with this browser no longer is.
pub(crate) async fn sign_in(
    app: &App,
    headers: &HeaderMap,
    response: &mut Response,
    user: i64,
    remember: Remember,
) -> Result<(), Error> {
    end(app, headers).await?;
    let session = sessions::start(&app.db, user, app.now()).await?;
    set_session(app, response.headers_mut(), &session)?;
    if remember == Remember::Yes {
        let token = remembered::begin(&app.db, user, app.now()).await?;
        app.cookies().set(&REMEMBER_COOKIE, &token)?.append_to(response.headers_mut());
    }
    Ok(())
}

/// Ends the session and the remember-me family of a request, in the database and in the browser.
pub(crate) async fn sign_out(app: &App, headers: &HeaderMap, response: &mut Response) -> Result<(), Error> {
    end(app, headers).await?;
    SESSION_COOKIE.deletion().append_to(response.headers_mut());
    REMEMBER_COOKIE.deletion().append_to(response.headers_mut());
    Ok(())
}

/// Ends both in the database: copies of the cookies are worth nothing from here on.
async fn end(app: &App, headers: &HeaderMap) -> Result<(), Error> {
    let cookies = Cookies::from_headers(headers);
    if let Ok(Some(session)) = app.cookies().get(&cookies, &SESSION_COOKIE) {
        sessions::end(&app.db, &session.value).await?;
    }
    if let Ok(Some(token)) = app.cookies().get(&cookies, &REMEMBER_COOKIE) {
        remembered::end(&app.db, &token.value).await?;
    }
    Ok(())
}

fn set_session(app: &App, headers: &mut HeaderMap, session: &SessionId) -> Result<(), CookieError> {
    app.cookies().set(&SESSION_COOKIE, session)?.append_to(headers);
    Ok(())
}

impl From<CookieError> for Error {
    fn from(_: CookieError) -> Self {
        Self::Internal
    }
}
