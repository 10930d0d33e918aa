//! The session cookie, else the remember-me cookie, enter; the [`Identity`] of the request leaves. Signing in and out.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next as Inner;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, header};
use secure_forms::cookie::{CookieError, CookieName, Cookies};
use secure_forms::session::{REMEMBER_COOKIE, RememberToken, SESSION_COOKIE, SessionId};
use secure_forms::{Readable, Refused, query};
use serde::{Deserialize, Serialize};

use crate::identity::{Identity, here};
use crate::limits::Browser;
use crate::state::App;
use crate::store::remembered::{self, Recognized};
use crate::store::sessions;

/// Fills the [`Identity`] of every request.
pub(crate) async fn identify(State(app): State<App>, mut request: Request, inner: Inner) -> Result<Response, Refused> {
    let cookies = Cookies::from_headers(request.headers());
    if let Ok(Some(session)) = app.cookies().get(&cookies, &SESSION_COOKIE)
        && let Some(user) = app.session_user(&session.value).await?
    {
        // Signed again only now that it is known to be alive.
        let again = session.reissue.then(|| app.cookies().reissue(&SESSION_COOKIE, &session).ok()).flatten();
        Identity::fill(&mut request, user);
        let mut response = inner.run(request).await;
        if let Some(cookie) = again.filter(|_| !sets(&response, SESSION_COOKIE.name())) {
            cookie.append_to(response.headers_mut());
        }
        return Ok(response);
    }
    if let Ok(Some(remembered)) = app.cookies().get(&cookies, &REMEMBER_COOKIE) {
        return welcome_back(&app, remembered.value, request, inner).await;
    }
    Ok(inner.run(request).await)
}

/// Signs a remembered person in. Pages are asked for again, and then come with the session; a form is taken at once, so that what was
/// typed before the session ended is not lost. A token that is worth nothing is taken away.
async fn welcome_back(
    app: &App,
    token: RememberToken,
    mut request: Request,
    inner: Inner,
) -> Result<Response, Refused> {
    let recognized = match remembered::recognize(&app.db, token, app.time()).await {
        // Nobody is signed in just now, and the token stays.
        Err(error) if error.is_temporary() => return Ok(inner.run(request).await),
        recognized => recognized?,
    };
    let Recognized::User { user, family, next } = recognized else {
        let mut response = inner.run(request).await;
        if !sets(&response, REMEMBER_COOKIE.name()) {
            REMEMBER_COOKIE.deletion().append_to(response.headers_mut());
        }
        return Ok(response);
    };
    let session = sessions::start(&app.db, user.id, Some(family), app.now()).await?;
    let mut response = if request.method() == Method::GET {
        let address = request.uri().path_and_query().map_or("/", |address| address.as_str());
        here(address).into_response()
    } else {
        Identity::fill(&mut request, user);
        inner.run(request).await
    };
    // A form that signed out, or in as somebody else, has had the last word.
    if !sets(&response, SESSION_COOKIE.name()) {
        set_session(app, response.headers_mut(), &session)?;
        if let Some(next) = next {
            app.cookies().set(&REMEMBER_COOKIE, &next)?.append_to(response.headers_mut());
        }
    }
    Ok(response)
}

/// Whether a response sets or takes away this cookie.
fn sets(response: &Response, name: &str) -> bool {
    let lines = response.headers().get_all(header::SET_COOKIE).iter();
    lines.filter_map(|line| line.as_bytes().strip_prefix(name.as_bytes())).any(|rest| rest.starts_with(b"="))
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
) -> Result<(), Refused> {
    end(app, headers).await?;
    let token = match remember {
        Remember::Yes => Some(remembered::begin(&app.db, user, app.time()).await?),
        Remember::No => None,
    };
    let family = token.as_ref().map(|token| token.selector().to_string());
    let session = sessions::start(&app.db, user, family, app.now()).await?;
    set_session(app, response.headers_mut(), &session)?;
    match token {
        Some(token) => app.cookies().set(&REMEMBER_COOKIE, &token)?.append_to(response.headers_mut()),
        // The family of another, which has just ended.
        None if Cookies::from_headers(headers).get(REMEMBER_COOKIE.name()).is_some() => {
            REMEMBER_COOKIE.deletion().append_to(response.headers_mut());
        }
        None => {}
    }
    app.cookies().set(&BROWSER_COOKIE, &KnownBrowser(user))?.append_to(response.headers_mut());
    Ok(())
}

/// Says that somebody has signed in to this account on this browser before: others who try the account do not delay this one. It signs
/// nobody in.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Readable, Serialize)]
pub(crate) struct KnownBrowser(i64);

const BROWSER_COOKIE: CookieName<KnownBrowser> =
    CookieName::new("__Host-browser").max_age(Duration::from_secs(180 * 24 * 60 * 60));

/// Whether this browser has signed in to this account before.
pub(crate) fn browser(app: &App, headers: &HeaderMap, account: Option<i64>) -> Browser {
    let cookie = app.cookies().get(&Cookies::from_headers(headers), &BROWSER_COOKIE).ok().flatten();
    match cookie {
        Some(known) if Some(known.value.0) == account => Browser::Known,
        _ => Browser::Unknown,
    }
}

/// Ends the session and the remember-me family of a request, in the database and in the browser. In the browser it ends also when the
/// database cannot be written.
pub(crate) async fn sign_out(app: &App, headers: &HeaderMap, response: &mut Response) -> Result<Ended, query::Error> {
    let ended = match end(app, headers).await {
        Ok(()) => Ended::Everywhere,
        Err(error) if error.is_temporary() => Ended::HereAlone,
        Err(error) => return Err(error),
    };
    SESSION_COOKIE.deletion().append_to(response.headers_mut());
    REMEMBER_COOKIE.deletion().append_to(response.headers_mut());
    Ok(ended)
}

/// Where a session has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// A copy of its cookie is worth nothing.
    Everywhere,
    /// The browser has lost the cookie, and the database still knows the session.
    HereAlone,
}

/// Ends both in the database: copies of the cookies are worth nothing from here on.
async fn end(app: &App, headers: &HeaderMap) -> Result<(), query::Error> {
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
