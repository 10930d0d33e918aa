//! The names that travel between browser and server, each spelled once: fields of forms, headers that the `http` crate has no constant for, cookies.
//! Macros refuse fields of these names; the library writes and reads them.

/// The field that carries the CSRF token.
pub const CSRF_FIELD: &str = "csrf_token";
/// The field, and the parameter of a query, that says where a person goes afterwards.
pub const RETURN_TO_FIELD: &str = "next";

/// The request header in which a script may send the CSRF token instead.
pub const CSRF_HEADER: &str = "x-csrf-token";
/// From which site a request comes (Fetch Metadata Request Headers, 2.3).
pub const SEC_FETCH_SITE: &str = "sec-fetch-site";
/// What a request is for (Fetch Metadata Request Headers, 2.2).
pub const SEC_FETCH_MODE: &str = "sec-fetch-mode";
/// The scheme that a proxy was asked by; of no standard.
pub const X_FORWARDED_PROTO: &str = "x-forwarded-proto";

/// What a page may embed (HTML Standard, 7.1.4).
pub const CROSS_ORIGIN_EMBEDDER_POLICY: &str = "cross-origin-embedder-policy";
/// Which pages share a browsing context group with this one (HTML Standard, 7.1.3).
pub const CROSS_ORIGIN_OPENER_POLICY: &str = "cross-origin-opener-policy";
/// Which pages may embed the response (Fetch, 3.7).
pub const CROSS_ORIGIN_RESOURCE_POLICY: &str = "cross-origin-resource-policy";
/// Whether an origin has an agent cluster of its own (HTML Standard, 7.1.2).
pub const ORIGIN_AGENT_CLUSTER: &str = "origin-agent-cluster";
/// Which features of a browser a page may use (Permissions Policy, 5.2).
pub const PERMISSIONS_POLICY: &str = "permissions-policy";
/// Where reports go (Reporting API, 3.2).
pub const REPORTING_ENDPOINTS: &str = "reporting-endpoints";

/// What gateways obey before `Cache-Control` (Edge Architecture Specification, 2.2).
pub const SURROGATE_CONTROL: &str = "surrogate-control";
/// What nginx obeys before `Cache-Control`.
pub const X_ACCEL_EXPIRES: &str = "x-accel-expires";
/// What Akamai obeys before `Cache-Control`.
pub const EDGE_CONTROL: &str = "edge-control";

/// The session.
pub const SESSION_COOKIE: &str = "__Host-session";
/// The remember-me token.
pub const REMEMBER_COOKIE: &str = "__Host-remember";
/// A navigation from another site.
pub const ARRIVAL_COOKIE: &str = "__Host-arrival";
/// A browser that is not signed in.
pub const CSRF_COOKIE: &str = "__Host-csrf";

/// `Secure`, `Path=/`, no `Domain` (RFC 6265bis, 4.1.3.2).
pub const HOST_PREFIX: &str = "__Host-";
/// `Secure` (RFC 6265bis, 4.1.3.1).
pub const SECURE_PREFIX: &str = "__Secure-";
/// `Secure` and `HttpOnly` (RFC 6265bis, 4.1.3.3).
pub const HTTP_PREFIX: &str = "__Http-";
/// Both of [`HOST_PREFIX`] and [`HTTP_PREFIX`] (RFC 6265bis, 4.1.3.4).
pub const HOST_HTTP_PREFIX: &str = "__Host-Http-";
