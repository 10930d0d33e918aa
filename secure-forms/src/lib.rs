//! Forms, redirects, queries, headers and cookies for web apps: **if it compiles, it is not injectable.**
//!
//! A struct becomes a form; a handler gets a [`Valid`] of it or shows the form again; a redirect cannot leave the site.
#![cfg_attr(feature = "axum", doc = "```no_run")]
// Not without axum, which it stands on.
#![cfg_attr(not(feature = "axum"), doc = "```ignore")]
#![doc = include_str!("../docs/example.rs")]
//! ```
#![doc = include_str!("../docs/map.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
// What only the adapters of frameworks use is dead in a build without one. In a build with one the lint is on, so that
// nothing hides here that is dead everywhere.
#![cfg_attr(not(feature = "axum"), allow(dead_code, unused_imports, reason = "adapters are behind features"))]

// Lets the paths that the macros emit work inside this crate's own tests.
#[allow(unused_extern_crates, reason = "the macros' paths need it in tests")]
extern crate self as secure_forms;

#[doc(hidden)]
#[path = "__private.rs"]
pub mod __private_0_1;

#[cfg(feature = "web")]
mod adapter;
#[cfg(any(feature = "web", feature = "sqlite"))]
mod crypto;
pub mod form;
#[cfg(feature = "web")]
pub mod guard;
pub mod html;
#[cfg(feature = "sqlite")]
pub mod query;
pub mod render;
mod request;
#[cfg(feature = "web")]
mod response;
pub mod route;
#[cfg(feature = "web")]
pub mod session;
#[cfg(feature = "testing")]
pub mod testing;

#[cfg(feature = "web")]
pub use crate::adapter::{Cause, Refused};
#[cfg(feature = "web")]
pub use crate::crypto::KeyRing;
pub use crate::form::blank::Blank;
pub use crate::form::definition::Form;
pub use crate::form::field::{Accepted, Choice, EmailAddress, Secret};
pub use crate::form::problem::Invalid;
pub use crate::form::valid::{Rejected, Valid};
#[cfg(feature = "web")]
pub use crate::guard::config::FormGuard;
#[cfg(feature = "web")]
pub use crate::guard::page_content::PageContent;
#[cfg(feature = "web")]
pub use crate::guard::submitted::Submitted;
pub use crate::html::fragment::Html;
#[cfg(feature = "multipart")]
pub use crate::request::Upload;
#[cfg(feature = "web")]
pub use crate::response::{Csp, Nonce, SecurityHeaders};
pub use crate::route::redirect::SafeRedirect;
pub use crate::route::return_to::ReturnTo;
pub use crate::route::routes::Routes;
#[cfg(feature = "web")]
pub use crate::session::readable::Readable;

/// Assets with their integrity: [`asset!`](macro@crate::asset), [`remote_asset!`](crate::remote_asset), and what they give. (Subresource Integrity.)
#[cfg(feature = "web")]
pub mod asset {
    pub use crate::response::{
        Asset, AssetFile, AssetSet, Module, RemoteAsset, Script, StaticFile, Stylesheet, Tagged, integrity,
    };
}

/// axum 0.8: routers of typed routes, layers, and the extractors that are named.
#[cfg(feature = "axum")]
pub mod axum {
    pub use crate::adapter::axum::{
        CatchPanicFuture, CatchPanicLayer, ConnectionLayer, CsrfLayer, Finishing, GuardedState, Handle, Judged,
        LayoutLayer, NoClientIp, NoSecurityHeadersLayer, OwnOriginLayer, Personal, ProtectionLayer, RouteHandler,
        RouteOf, SecurityHeadersLayer, ViolationReports, WithCatchPanic, WithConnection, WithCsrf, WithLayout,
        WithOwnOrigin, WithSecurityHeaders, WithoutCsrf, handle, router,
    };
}

/// Who a request came from: the address behind the proxies that are trusted, and what it is limited by. (RFC 7239.)
#[cfg(feature = "web")]
pub mod client_ip {
    pub use crate::request::{ClientIp, ClientIpPolicy, Network, NetworkError, Networks, RateKey, Transport};
}

/// Cookies, plain and signed: their names and prefixes, their attributes, and what is wrong with those that came. (RFC 6265bis.)
#[cfg(feature = "web")]
pub mod cookie {
    pub use crate::session::cookie::{
        CookieError, CookieName, CookieNameError, CookieRefusal, Cookies, Opened, SameSite, Secure, SetCookie,
        SignedCookies,
    };
}

/// The policy that [`csp!`](macro@crate::csp) checks or a program builds, its nonces, and reports of what broke it. (CSP Level 3.)
#[cfg(feature = "web")]
pub mod csp {
    pub use crate::response::{BadReport, CspBuilder, NonceError, RefusedPolicy, ViolationReport};
}

/// Who may send what changes something: own origins, tokens, and the verdicts on both. (OWASP, cross-site request forgery.)
#[cfg(feature = "web")]
pub mod csrf {
    pub use crate::session::csrf::{
        Binding, BindingError, CSRF_COOKIE, CSRF_FIELD, CSRF_HEADER, Csrf, CsrfError, CsrfExempt, CsrfRefusal,
        CsrfVerdict, Evidence, HeaderRefusal, HeaderVerdict, OwnOrigins, Visitor,
    };
}

/// Files for a visitor to keep, and the few kinds that may be shown on the site. (RFC 6266.)
#[cfg(feature = "web")]
pub mod download {
    pub use crate::response::{Download, InlineMedia, NotInline};
}

/// The parts of [`SecurityHeaders`], and the answers that need none of them.
#[cfg(feature = "web")]
pub mod headers {
    pub use crate::response::{
        BareAnswers, Feature, FrameOptions, HeaderConflict, Hsts, InvalidEndpoint, PermissionsPolicy, ReferrerPolicy,
        ReportEndpoint,
    };
}

/// What can be wrong with a key or its file, and how one is named.
#[cfg(any(feature = "web", feature = "sqlite"))]
pub mod keys {
    pub use crate::crypto::{FileProblem, PrivateFileError};
    #[cfg(feature = "web")]
    pub use crate::crypto::{KeyError, KeyId};
}

/// Where a visitor may be sent: on this site ([`SafeRedirect`]), back ([`ReturnTo`]), or to origins that are named.
pub mod redirect {
    pub use crate::route::allowed::{AllowedOrigins, AllowedRedirect};
    pub use crate::route::redirect::RedirectTarget;
    pub use crate::route::return_to::{ReturnToError, ReturnToPolicy};
    pub use secure_forms_core::origin::{Origin, OriginError};
    pub use secure_forms_core::path::Refusal;
}

/// What a field's value must be: the rules of a field as data, for rules of one's own and for who reads a [`FormSpec`](form::FormSpec).
pub mod rule {
    pub use crate::form::format::{IpVersion, TextFormat, is_public_address};
    pub use crate::form::problem::{Digits, Number, Unit};
    pub use crate::form::rule::{Constraint, Decimal, EmailLevel, Length, Range, Rule, Step};
}

/// Files that came with a form: their names, sizes in pixels, and how they are read.
pub mod upload {
    pub use crate::request::FileName;
    #[cfg(feature = "multipart")]
    pub use crate::request::{Pixels, UploadReader};
}

/// A type with a fixed set of values from an enum, for a select or radio group, a query and a path.
///
/// ```
/// use secure_forms::Choice;
///
/// #[derive(Choice, Debug, PartialEq)]
/// enum Plan {
///     Free,
///     #[choice(value = "biz", label = "For business")]
///     Business,
/// }
///
/// assert_eq!(Plan::from_value("free"), Some(Plan::Free));
/// assert_eq!(Plan::from_value("Business"), None);
/// assert_eq!(Plan::OPTIONS[1].label, "For business");
/// ```
#[cfg(feature = "derive")]
pub use secure_forms_derive::Choice;
/// A form from a struct: its fields with their rules, its page, and the way from a submission to its values.
///
/// ```
/// use secure_forms::{Form, Invalid, Secret, testing};
///
/// #[derive(Form)]
/// #[form(name = "sign-up", check = password_is_no_name)]
/// struct SignUp {
///     #[field(label = "Name", length(3..=32), pattern("[a-z][a-z0-9]*", message = "Small letters and digits."))]
///     username: String,
///     #[field(length(12..=128), autocomplete = "new-password")]
///     password: Secret,
///     #[field(range(13..=150))]
///     age: Option<u8>,
/// }
///
/// fn password_is_no_name(form: &SignUp) -> Result<(), Invalid> {
///     match form.password.expose() == form.username {
///         true => Err(Invalid::new("Do not take your name for a password.")),
///         false => Ok(()),
///     }
/// }
///
/// let mut good = testing::submission("username=ada&password=correct+horse+battery&age=36");
/// assert_eq!(good.bind::<SignUp>().unwrap().age, Some(36));
///
/// let mut bad = testing::submission("username=Ada!&password=correct+horse+battery&age=12");
/// let rejected = bad.bind::<SignUp>().err().unwrap();
/// let paths: Vec<_> = rejected.report().problems().iter().map(|problem| problem.path()).collect();
/// assert_eq!(paths, ["username", "age"]);
/// ```
#[cfg(feature = "derive")]
pub use secure_forms_derive::Form;
#[cfg(all(feature = "derive", feature = "web"))]
pub use secure_forms_derive::Readable;
#[cfg(feature = "derive")]
pub use secure_forms_derive::Routes;
