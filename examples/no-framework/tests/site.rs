//! The example does what its page says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use http::{Request, Response, header};
use no_framework::Site;
use secure_forms::csrf::OwnOrigins;

const OWN: &str = "https://app.example";

fn post(site: &Site, cookie: &str, origin: &str, body: String) -> Response<String> {
    let request = Request::post("/")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie)
        .header(header::ORIGIN, origin);
    site.handle(request.body(body.into_bytes()).unwrap())
}

#[test]
fn a_person_is_greeted_and_another_site_is_not() {
    let site = Site::new(OwnOrigins::parse(OWN).unwrap()).unwrap();
    let page = site.handle(Request::get("/").body(Vec::new()).unwrap());
    assert_eq!(page.headers()[header::CACHE_CONTROL], "no-store");
    assert!(page.headers().contains_key(header::CONTENT_SECURITY_POLICY));
    let cookie = page.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap();
    let token = page.body().split("name=\"csrf_token\" value=\"").nth(1).unwrap().split('"').next().unwrap();

    let body = format!("csrf_token={token}&name=%3CAda%3E");
    let greeting = post(&site, cookie, OWN, body.clone());
    assert_eq!(greeting.status(), 200);
    assert!(greeting.body().contains("Hello, &lt;Ada&gt;!"), "{}", greeting.body());

    assert_eq!(post(&site, cookie, "https://evil.example", body).status(), 403);
    assert_eq!(post(&site, cookie, OWN, "name=Ada".to_owned()).status(), 403);
    let empty = post(&site, cookie, OWN, format!("csrf_token={token}&name="));
    assert_eq!(empty.status(), 422);
    assert!(empty.body().contains("Name is required."), "{}", empty.body());
}

#[test]
fn what_is_not_there_is_not_found() {
    let site = Site::new(OwnOrigins::parse(OWN).unwrap()).unwrap();
    assert_eq!(site.handle(Request::get("/other").body(Vec::new()).unwrap()).status(), 404);
}
