//! Plain HTTP in front of the TLS mode: pages are sent on to HTTPS, everything else is refused, since it has been sent in the open already.

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use secure_forms::OwnOrigins;

/// A site that sends to the own origin whose host the request names, else to the first. Never to a host of the request's own.
pub fn to_https(origins: &OwnOrigins) -> Router {
    let origins: Vec<String> = origins
        .iter()
        .map(|origin| origin.as_str().to_owned())
        .filter(|origin| origin.starts_with("https://"))
        .collect();
    Router::new().fallback(async move |request: Request| answer(&origins, &request))
}

fn answer(origins: &[String], request: &Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let words = "This was sent over plain HTTP, so others may have read it: what it carried (a password, say) must count as known. \
                     Nothing was done. Please open the page over HTTPS.";
        return (StatusCode::FORBIDDEN, words).into_response();
    }
    let target = target(origins, request.headers(), request.uri()).and_then(|text| HeaderValue::try_from(text).ok());
    match target {
        Some(target) => (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, target)]).into_response(),
        None => StatusCode::MISDIRECTED_REQUEST.into_response(),
    }
}

fn target(origins: &[String], headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let asked = headers.get(header::HOST).and_then(|host| host.to_str().ok()).map(host).unwrap_or_default();
    let named = origins.iter().find(|origin| host(&origin["https://".len()..]).eq_ignore_ascii_case(asked));
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    named.or(origins.first()).map(|origin| format!("{origin}{path}"))
}

/// An authority without its port.
fn host(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use tower::ServiceExt;

    use super::*;

    async fn answer(method: &str, host: &str, path: &str) -> (u16, String) {
        let origins = OwnOrigins::parse("https://a.example:8443, https://b.example").unwrap();
        let request =
            Request::builder().method(method).uri(path).header(header::HOST, host).body(Body::empty()).unwrap();
        let answer = to_https(&origins).oneshot(request).await.unwrap();
        let target = answer.headers().get(header::LOCATION).map_or("", |target| target.to_str().unwrap());
        (answer.status().as_u16(), target.to_owned())
    }

    #[tokio::test]
    async fn pages_are_sent_on_to_an_own_origin_and_posts_are_refused() {
        let to = |target: &str| (301, target.to_owned());
        assert_eq!(answer("GET", "a.example", "/a?b=c").await, to("https://a.example:8443/a?b=c"));
        assert_eq!(answer("HEAD", "B.example:80", "/").await, to("https://b.example/"));
        assert_eq!(answer("GET", "evil.example", "//evil.example").await, to("https://a.example:8443//evil.example"));
        assert_eq!(answer("POST", "a.example", "/login").await, (403, String::new()));
    }
}
