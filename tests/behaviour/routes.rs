//! Typed routes from outside: links, parsing, redirects, handlers; each refusal with its twin that passes.
#![allow(clippy::unwrap_used, reason = "helpers of a suite, not in #[test] functions themselves")]

use secure_forms::{
    Routes, SafeRedirect,
    route::{ActionRoutes, Handlers, Method, PageRoutes, QueryValue, RouteError, Segment},
    safe_path,
};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Routes)]
enum Page {
    #[get("/")]
    Home,
    #[get("/users/{id}?{tab}&sort={order}")]
    User { id: u64, tab: Option<String>, order: Option<bool> },
    #[get("/users/new")]
    NewUser,
    #[get("/files/{folder}/{name}/")]
    File { folder: Uuid, name: Segment },
    #[get("/search?{q}&{page}")]
    Search { q: String, page: Option<u32> },
    #[get("/login?{next}")]
    Login { next: Option<SafeRedirect> },
    #[get("/kinds/{type}")]
    Type { r#type: i8 },
}

#[derive(Debug, PartialEq, Routes)]
#[routes(handlers = Posted)]
enum Action {
    #[post("/login")]
    Login,
    #[post("/users/{id}")]
    Update { id: u64 },
}

fn parse(target: &str) -> Result<Page, RouteError> {
    match target.split_once('?') {
        Some((path, query)) => Page::parse(path, Some(query)),
        None => Page::parse(target, None),
    }
}

fn pages() -> Vec<(Page, &'static str)> {
    let folder = Uuid::from_u128(7);
    let name = Segment::new("a b;é").unwrap();
    vec![
        (Page::Home, "/"),
        (Page::User { id: 1, tab: None, order: None }, "/users/1"),
        (
            Page::User { id: u64::MAX, tab: Some("a&b=/é".into()), order: Some(true) },
            "/users/18446744073709551615?tab=a%26b%3D%2F%C3%A9&sort=true",
        ),
        (Page::NewUser, "/users/new"),
        (Page::File { folder, name }, "/files/00000000-0000-0000-0000-000000000007/a%20b%3B%C3%A9/"),
        (Page::Search { q: String::new(), page: None }, "/search?q="),
        (Page::Search { q: "\r\n\"<\\//".into(), page: Some(2) }, "/search?q=%0D%0A%22%3C%5C%2F%2F&page=2"),
        (Page::Login { next: Some(safe_path!("/a?b#c")) }, "/login?next=%2Fa%3Fb%23c"),
        (Page::Type { r#type: -3 }, "/kinds/-3"),
    ]
}

#[test]
fn every_variant_is_its_path_and_back() {
    for (page, path) in pages() {
        assert_eq!(page.path().as_str(), path);
        assert_eq!(parse(path), Ok(page));
    }
}

#[test]
fn every_page_is_a_redirect_that_the_rule_leaves_as_it_is() {
    for (page, path) in pages() {
        assert_eq!(SafeRedirect::from(page.clone()).as_str(), path);
        assert_eq!(SafeRedirect::from_query_text(path), Some(page.into()));
    }
}

#[test]
fn a_path_without_a_page_is_not_found() {
    for target in [
        "/users/",
        "/users/1/",
        "/users/+1",
        "/users/01",
        "/users/-1",
        "/users/18446744073709551616",
        "/users/%31%2f",
        "/files/7/a/",
        "/kinds/128",
        "//",
        "",
        "users/1",
        "/Users/1",
        "/users/%zz",
    ] {
        assert_eq!(parse(target), Err(RouteError::NotFound), "{target}");
    }
}

#[test]
fn a_bad_query_says_which_value() {
    assert_eq!(parse("/search"), Err(RouteError::Query { name: "q" }));
    assert_eq!(parse("/search?q=&page=two"), Err(RouteError::Query { name: "page" }));
    assert_eq!(parse("/users/1?sort=yes"), Err(RouteError::Query { name: "sort" }));
    assert_eq!(parse("/login?next=//evil.test"), Err(RouteError::Query { name: "next" }));
    assert_eq!(parse("/search?q=a&q=a"), Err(RouteError::Repeated { name: "q" }));
    assert_eq!(parse("/search?q=%"), Err(RouteError::Malformed { name: "q" }));
}

#[test]
fn a_query_may_hold_more_than_the_page_asks_for() {
    assert_eq!(parse("/search?utm=%zz&q=a+b"), Ok(Page::Search { q: "a b".into(), page: None }));
    assert_eq!(parse("/users/1?tab="), Ok(Page::User { id: 1, tab: None, order: None }));
}

#[test]
fn the_table_names_methods_patterns_and_variants() {
    let table: Vec<_> = Action::ROUTES.iter().map(|route| (route.method, route.pattern, route.variant)).collect();
    assert_eq!(table, [(Method::Post, "/login", "Login"), (Method::Post, "/users/{id}", "Update")]);
    assert_eq!(Page::Type { r#type: 1 }.route().map(|route| route.pattern), Some("/kinds/{type}"));
}

#[test]
fn handlers_come_out_with_their_routes() {
    let handlers = Posted { login: 'l', update: 'u' }.into_handlers();
    let named: Vec<_> = handlers.iter().map(|(route, handler)| (route.variant, *handler)).collect();
    assert_eq!(named, [("Login", 'l'), ("Update", 'u')]);
    assert_eq!(Action::Update { id: 3 }.path().as_str(), "/users/3");
}

#[test]
fn a_field_of_handlers_called_as_a_keyword_is_raw() {
    let handlers = PageHandlers { home: 0, user: 1, new_user: 2, file: 3, search: 4, login: 5, r#type: 6 };
    assert!(handlers.into_handlers().into_iter().map(|(_, handler)| handler).eq(0..7));
}

#[test]
fn pages_and_form_targets_are_told_apart_by_type() {
    fn page<P: PageRoutes>() {}
    fn action<A: ActionRoutes>() {}
    page::<Page>();
    action::<Action>();
}

/// The derive's choice among routes is the router's: both find the same variant for every path.
#[test]
fn the_router_of_axum_finds_the_same_variant() {
    let mut router = matchit::Router::new();
    for route in Page::ROUTES {
        router.insert(route.pattern, route.variant).unwrap();
    }
    let words = ["", "users", "new", "1", "files", "search", "00000000-0000-0000-0000-000000000007", "kinds"];
    for a in words {
        for b in words {
            for path in [format!("/{a}"), format!("/{a}/{b}"), format!("/{a}/{b}/1/"), format!("/{a}/{b}/1")] {
                let ours = Page::parse(&path, Some("q=")).ok();
                let theirs = router.at(&path).ok().map(|found| *found.value);
                let ours = ours.and_then(|page| page.route()).map(|route| route.variant);
                assert!(ours.is_none() || ours == theirs, "{path}: {ours:?}, {theirs:?}");
            }
        }
    }
}

#[derive(Clone, Debug, PartialEq, Routes)]
enum Site {
    #[get("/")]
    Home,
    #[nest("/staff")]
    Staff(staff::StaffPage),
    #[get("/{name}")]
    Named { name: Segment },
    #[nest("/")]
    Help(HelpPage),
}

mod staff {
    use secure_forms::Routes;
    use secure_forms::route::Segment;

    #[derive(Clone, Debug, PartialEq, Routes)]
    #[routes(prefix = "/staff", handlers = StaffTable)]
    pub(crate) enum StaffPage {
        #[get("/?{tab}")]
        Overview { tab: Option<u8> },
        #[get("/{person}/keys/{id}")]
        Key { person: Segment, id: u64 },
        #[nest("/teams")]
        Team(TeamPage),
    }

    #[derive(Clone, Debug, PartialEq, Routes)]
    #[routes(prefix = "/staff/teams")]
    pub(crate) enum TeamPage {
        #[get("/{team}")]
        Team { team: u64 },
    }
}
use staff::{StaffPage, StaffTable, TeamPage, TeamPageHandlers};

#[derive(Clone, Debug, PartialEq, Routes)]
#[routes(prefix = "/help/en")]
enum HelpPage {
    #[get("/{topic}/")]
    Topic { topic: Segment },
}

/// Only enums, no route of its own.
#[derive(Debug, PartialEq, Routes)]
#[routes(prefix = "/staff", method = get)]
enum OnlyNested {
    #[nest("/teams")]
    Team(TeamPage),
}

fn site_pages() -> Vec<(Site, &'static str)> {
    let segment = |text: &'static str| Segment::new(text).unwrap();
    let team = TeamPage::Team { team: 3 };
    vec![
        (Site::Home, "/"),
        (Site::Named { name: segment("ada") }, "/ada"),
        (Site::Staff(StaffPage::Overview { tab: None }), "/staff"),
        (Site::Staff(StaffPage::Overview { tab: Some(2) }), "/staff?tab=2"),
        (Site::Staff(StaffPage::Key { person: segment("a b"), id: 7 }), "/staff/a%20b/keys/7"),
        (Site::Staff(StaffPage::Team(team)), "/staff/teams/3"),
        (Site::Help(HelpPage::Topic { topic: segment("keys") }), "/help/en/keys/"),
    ]
}

fn parse_site(target: &str) -> Result<Site, RouteError> {
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    Site::parse(path, query)
}

#[test]
fn every_nested_variant_is_its_path_and_back() {
    for (page, path) in site_pages() {
        assert_eq!(page.path().as_str(), path);
        assert_eq!(parse_site(path).as_ref(), Ok(&page));
        let row = page.route().unwrap();
        assert_eq!(row.parts.len(), row.pattern.split('/').skip(1).count(), "{path}");
        assert_eq!(SafeRedirect::from(page).as_str(), path);
    }
    assert_eq!(OnlyNested::parse("/staff/teams/3", None), Ok(OnlyNested::Team(TeamPage::Team { team: 3 })));
}

#[test]
fn a_link_is_the_same_wherever_it_is_made() {
    let key = StaffPage::Key { person: Segment::new("ada").unwrap(), id: 7 };
    assert_eq!(key.path(), Site::Staff(key.clone()).path());
    assert_eq!(StaffPage::parse("/staff/ada/keys/7", None), Ok(key));
    let team = TeamPage::Team { team: 3 };
    assert_eq!(team.path(), Site::Staff(StaffPage::Team(team.clone())).path());
}

#[test]
fn what_is_not_below_its_prefix_is_not_found() {
    for target in
        ["/staff/", "/keys/7", "/staff/ada/keys/x", "/teams/3", "/staff/teams", "/keys/", "/help/en", "/staffx/"]
    {
        assert_eq!(parse_site(target), Err(RouteError::NotFound), "{target}");
    }
    assert_eq!(parse_site("/staff?tab=x"), Err(RouteError::Query { name: "tab" }));
}

#[test]
fn the_table_of_a_nest_has_the_routes_of_all() {
    let patterns: Vec<_> = Site::ROUTES.iter().map(|route| route.pattern).collect();
    let all = ["/", "/{name}", "/staff", "/staff/{person}/keys/{id}", "/staff/teams/{team}", "/help/en/{topic}/"];
    assert_eq!(patterns, all);
    assert!(site_pages().iter().all(|(page, _)| page.route().is_some_and(|row| row.method == Method::Get)));
}

#[test]
fn the_router_of_axum_finds_the_same_nested_variant() {
    let mut router = matchit::Router::new();
    for route in Site::ROUTES {
        router.insert(route.pattern, route.variant).unwrap();
    }
    for (page, path) in site_pages() {
        let path = path.split('?').next().unwrap();
        assert_eq!(router.at(path).ok().map(|found| *found.value), page.route().map(|route| route.variant), "{path}");
    }
}

#[test]
fn nested_handlers_come_out_with_their_routes() {
    let team = TeamPageHandlers { team: 't' };
    let staff = StaffTable { overview: 'o', key: 'k', team };
    let handlers = SiteHandlers { home: 'h', staff, named: 'n', help: HelpPageHandlers { topic: 'p' } };
    let named: Vec<_> = handlers.into_handlers().into_iter().map(|(route, handler)| (route.pattern, handler)).collect();
    let all = ["/", "/{name}", "/staff", "/staff/{person}/keys/{id}", "/staff/teams/{team}", "/help/en/{topic}/"];
    assert_eq!(named, all.into_iter().zip("hnoktp".chars()).collect::<Vec<_>>());
}

mod mounted {
    use axum::Router;
    use axum::body::Body;
    use axum::extract::FromRef;
    use axum::routing::get;
    use http::{Request, StatusCode};
    use http_body_util::BodyExt;
    use secure_forms::axum::{RouteOf, handle, router};
    use secure_forms::csrf::OwnOrigins;
    use secure_forms::{FormGuard, KeyRing, Routes};
    use tower::ServiceExt;

    use super::{HelpPageHandlers, Site, SiteHandlers, StaffPage, StaffTable, TeamPageHandlers};

    #[derive(Clone, FromRef)]
    struct App {
        guard: FormGuard,
    }

    async fn outer(RouteOf(page): RouteOf<Site>) -> String {
        page.path().to_string()
    }

    async fn inner(RouteOf(page): RouteOf<StaffPage>) -> String {
        format!("staff: {}", page.path())
    }

    fn site() -> Router {
        let guard = FormGuard::new(KeyRing::generate().unwrap(), OwnOrigins::parse("https://app.example").unwrap());
        let team = TeamPageHandlers { team: handle(inner) };
        let staff = StaffTable { overview: handle(inner), key: handle(inner), team };
        let help = HelpPageHandlers { topic: handle(outer) };
        router(SiteHandlers { home: handle(outer), staff, named: handle(outer), help }).with_state(App { guard })
    }

    async fn get_of(app: Router, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header("host", "app.example").body(Body::empty()).unwrap();
        let response = app.oneshot(request).await.unwrap();
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn the_handlers_of_a_nested_enum_answer_at_their_links() {
        for (page, path) in super::site_pages() {
            let (status, body) = get_of(site(), path).await;
            assert_eq!((status, body.trim_start_matches("staff: ")), (StatusCode::OK, path));
            assert_eq!(body.starts_with("staff: "), matches!(page, Site::Staff(_)), "{path}");
        }
    }

    #[tokio::test]
    async fn a_router_that_is_merged_answers_and_one_that_is_nested_says_what_to_write() {
        assert_eq!(get_of(Router::new().merge(site()), "/staff").await.0, StatusCode::OK);
        let nested = [
            (Router::new().nest("/app", site()), "/app/staff"),
            (Router::new().nest("/app", Router::new().nest("/v1", site())), "/app/v1/staff"),
            (Router::new().nest_service("/app", site()), "/app/staff"),
            (Router::new().nest("/{tenant}", site()), "/a/staff"),
            (Router::new().nest("/staff", site()), "/staff/staff"),
        ];
        for (app, path) in nested {
            let (status, body) = get_of(app, path).await;
            assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
            assert!(body.contains("#[routes(prefix = ") && body.contains("merge"), "{body}");
        }
    }

    #[tokio::test]
    async fn a_handler_that_is_nested_by_hand_does_not_make_links_that_lead_elsewhere() {
        let by_hand = || Router::new().route("/staff", get(inner));
        assert_eq!(get_of(by_hand(), "/staff").await, (StatusCode::OK, "staff: /staff".to_owned()));
        let (status, body) = get_of(Router::new().nest("/app", by_hand()), "/app/staff").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(body.contains("#[routes(prefix = "), "{body}");
    }

    #[test]
    #[should_panic(expected = "already exists")]
    fn two_routers_with_one_path_stop_when_they_are_merged() {
        let _ = site().merge(site());
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_in_a_link_stays_a_value(q: String, page: Option<u32>) {
        let search = Page::Search { q: q.clone(), page };
        let path = search.path();
        proptest::prop_assert_eq!(parse(path.as_str()), Ok(search));
        let url = url::Url::parse("https://app.test").unwrap().join(path.as_str()).unwrap();
        proptest::prop_assert_eq!(url.path(), "/search");
        proptest::prop_assert!(url.query_pairs().any(|(name, value)| name == "q" && value == q));
    }

    #[test]
    fn any_segment_stays_one_segment(text: String) {
        if let Ok(name) = Segment::new(text.clone()) {
            let page = Page::File { folder: Uuid::nil(), name };
            let url = url::Url::parse("https://app.test").unwrap().join(page.path().as_str()).unwrap();
            proptest::prop_assert_eq!(url.path_segments().map(Iterator::count), Some(4));
            proptest::prop_assert_eq!(parse(page.path().as_str()), Ok(page));
        }
    }

    #[test]
    fn no_request_makes_it_panic(path: String, query: Option<String>) {
        let _ = Page::parse(&path, query.as_deref());
        let _ = Page::parse(&format!("/users/{path}"), query.as_deref());
    }
}
