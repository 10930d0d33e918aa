//! Forms, redirects, queries, headers and cookies for web apps: **if it compiles, it is not injectable.**
#![forbid(unsafe_code)]
// What only the adapters of frameworks use is dead in a build without one. In a build with one the lint is on, so that
// nothing hides here that is dead everywhere.
#![cfg_attr(not(feature = "axum"), allow(dead_code, unused_imports, reason = "adapters are behind features"))]

// Lets the paths that the macros emit work inside this crate's own tests.
#[allow(unused_extern_crates, reason = "the macros' paths need it in tests")]
extern crate self as secure_forms;

#[doc(hidden)]
#[path = "__private.rs"]
pub mod __private_0_1;

mod adapter;
mod crypto;
mod form;
pub mod guard;
mod html;
#[cfg(feature = "sqlite")]
pub mod query;
mod render;
mod request;
mod response;
mod route;
mod session;
#[cfg(feature = "testing")]
pub mod testing;

#[cfg(feature = "axum")]
pub use crate::adapter::axum::{
    CatchPanicFuture, CatchPanicLayer, ConnectionLayer, CsrfLayer, GuardedState, Handle, Judged, LayoutFuture,
    LayoutLayer, NoClientIp, NoSecurityHeadersLayer, OwnOriginLayer, Personal, ProtectionLayer, RouteHandler, RouteOf,
    SecurityHeadersFuture, SecurityHeadersLayer, ViolationReports, WithCatchPanic, WithConnection, WithCsrf,
    WithLayout, WithOwnOrigin, WithSecurityHeaders, WithoutCsrf, handle, router,
};
pub use crate::adapter::{Cause, Refused};
pub use crate::crypto::{FileProblem, KeyError, KeyId, KeyRing, PrivateFileError};
pub use crate::form::{
    Accepted, ActionOf, Bind, Binder, Blank, CheckError, Choice, ChoiceOption, Constraint, Decimal, Digits,
    EmailAddress, EmailLevel, English, Entries, Entry, Field, FieldKind, FieldName, FieldSpec, FieldValue, Filtered,
    Form, FormMethod, FormPage, FormSpec, FormView, German, GetForm, Input, Invalid, Invisible, IpVersion, Length,
    Lines, Messages, NamedField, NeverShown, Nfc, NoAsyncChecks, NoContext, Number, Numeric, PostForm, Presence,
    Problem, ProblemKind, Range, Rejected, Report, Rule, Secret, ShownText, Step, TICKED, TextFormat, Textual, Trim,
    Unavailable, Unit, Unknown, Valid, Waiting, choose_messages, is_public_address,
};
pub use crate::guard::{FormGuard, Misdirected, NoForm, PageContent, Submission, Submitted};
pub use crate::html::{AttributeValue, Html, SafeUrl, SafeUrlError, place};
pub use crate::render::{Attributes, Classes, FieldView, Summary, Theme, Themed};
pub use crate::request::{
    BodyProblem, ClientIp, ClientIpPolicy, FileName, Network, NetworkError, Networks, RateKey, Transport,
};
#[cfg(feature = "multipart")]
pub use crate::request::{Pixels, Upload, UploadReader};
pub use crate::response::{
    Asset, AssetFile, AssetSet, BadReport, BareAnswers, Csp, CspBuilder, Download, Feature, FrameOptions,
    HeaderConflict, Hsts, InlineMedia, InvalidEndpoint, Module, Nonce, NonceError, NotInline, PermissionsPolicy,
    ReferrerPolicy, RefusedPolicy, RemoteAsset, ReportEndpoint, Script, SecurityHeaders, StaticFile, Stylesheet,
    Tagged, ViolationReport, integrity,
};
pub use crate::route::{
    AbsoluteUrl, ActionRoutes, AllowedOrigins, AllowedRedirect, Handlers, Method, NotASegment, PageRoutes, PathSegment,
    PathWriter, QueryPart, QueryValue, RedirectTarget, Refusal, ReturnTo, ReturnToError, ReturnToPolicy, Route,
    RouteError, RoutePart, RoutePath, Routes, SafeRedirect, Segment, Undecodable,
};
pub use crate::session::{
    ARRIVAL_COOKIE, Arrival, Binding, BindingError, CSRF_COOKIE, CSRF_FIELD, CSRF_HEADER, Clock, CookieError,
    CookieName, CookieNameError, CookieRefusal, Cookies, Csrf, CsrfError, CsrfExempt, CsrfRefusal, CsrfVerdict,
    Evidence, HeaderRefusal, HeaderVerdict, IdError, Opened, OwnOrigins, REMEMBER_COOKIE, Readable, RememberMe,
    RememberRow, RememberToken, Remembered, Rotation, SESSION_COOKIE, SameSite, Secure, SessionId, SetCookie,
    SignedCookies, Timestamp, Visitor, VisitorId,
};
pub use secure_forms_core::origin::{Origin, OriginError};
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
#[cfg(feature = "derive")]
pub use secure_forms_derive::Readable;
#[cfg(feature = "derive")]
pub use secure_forms_derive::Routes;
