//! [`SecurityHeaders`]: which headers every response carries, as a value that a layer applies.

use http::header::{
    self, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS, X_XSS_PROTECTION,
};
use secure_forms_core::protocol;

use super::conflict::HeaderConflict;
use super::endpoint::ReportEndpoint;
use super::header_values::{FrameOptions, ReferrerPolicy};
use super::hsts::Hsts;
use super::permissions::PermissionsPolicy;
use super::policy::Csp;
use crate::request::Transport;
use crate::route::AllowedOrigins;

const COEP: HeaderName = HeaderName::from_static(protocol::CROSS_ORIGIN_EMBEDDER_POLICY);
const COOP: HeaderName = HeaderName::from_static(protocol::CROSS_ORIGIN_OPENER_POLICY);
const CORP: HeaderName = HeaderName::from_static(protocol::CROSS_ORIGIN_RESOURCE_POLICY);
const ORIGIN_AGENT_CLUSTER: HeaderName = HeaderName::from_static(protocol::ORIGIN_AGENT_CLUSTER);
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static(protocol::PERMISSIONS_POLICY);
const REPORTING_ENDPOINTS: HeaderName = HeaderName::from_static(protocol::REPORTING_ENDPOINTS);

/// The policy of [`SecurityHeaders::modern`]. A nonce replaces `'self'` for scripts, because a nonce beside a list is weaker than alone.
const MODERN: Csp = Csp::evaluated(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
     manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; \
     require-trusted-types-for 'script'",
    "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'nonce-{nonce}'; img-src 'self'; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
     object-src 'none'; require-trusted-types-for 'script'",
    &[],
);

/// Sent in place of a policy that was not evaluated.
const CLOSED: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

/// The security headers of every response.
///
/// | header | [`guide`](Self::guide) | [`modern`](Self::modern) | why they differ |
/// |---|---|---|---|
/// | `Content-Security-Policy` | – | closed, see below | the guide builds one by hand, step by step |
/// | `Strict-Transport-Security` | always | over TLS, not for localhost or addresses | RFC 6797, 7.2: not over plain HTTP; localhost would lock developers out |
/// | `X-Frame-Options` | `SAMEORIGIN` | `DENY` | as `frame-ancestors 'none'` |
/// | `X-XSS-Protection` | `1; mode=block` | `0` | the filter it steers is gone, and could be used to leak data |
/// | `X-Content-Type-Options` | `nosniff` | `nosniff` | |
/// | `Referrer-Policy` | `strict-origin-when-cross-origin` | the same | |
/// | `Cross-Origin-Opener-Policy` | – | `same-origin` | cuts off windows of other sites |
/// | `Cross-Origin-Resource-Policy` | – | `same-origin` | other sites cannot load responses into their process |
/// | `Permissions-Policy` | – | denies camera, microphone, geolocation, payment, usb | |
/// | `Origin-Agent-Cluster` | – | `?1` | a process of its own |
///
/// The modern policy is `default-src 'none'` with `'self'` for scripts, styles, images, fonts, connections, the manifest and form targets;
/// no base, no frames around the page, no plugins; Trusted Types for scripts. If a [`Nonce`](crate::Nonce) is asked for, scripts need it
/// (`'nonce-…' 'strict-dynamic'`) and styles may carry it.
///
/// A header that the handler set stays. A response with a nonce, a session, a CSRF token or a cookie is sent with `Cache-Control: no-store`
/// in both presets, and without the fields that some caches obey before it: `Surrogate-Control`, `X-Accel-Expires`, `Edge-Control`,
/// `Expires` and what ends in `-Cache-Control` (RFC 9213). A 304 carries no policy: the stored page keeps the one with its own nonce.
///
/// ```
/// use secure_forms::headers::FrameOptions;
/// use secure_forms::SecurityHeaders;
///
/// let headers = SecurityHeaders::modern().frame_options(FrameOptions::SameOrigin);
/// let sent = headers.preview("example.org");
/// assert_eq!(sent["x-frame-options"], "SAMEORIGIN");
/// assert_eq!(sent["strict-transport-security"], "max-age=31536000; includeSubDomains");
/// ```
///
/// ```
/// use std::time::Duration;
/// use secure_forms::SecurityHeaders;
/// use secure_forms::headers::{Feature, HeaderConflict, Hsts, InvalidEndpoint, PermissionsPolicy, ReferrerPolicy, ReportEndpoint};
/// use secure_forms::redirect::AllowedOrigins;
///
/// let endpoint: Result<ReportEndpoint, InvalidEndpoint> = ReportEndpoint::new("csp", "/csp-report");
/// let headers = SecurityHeaders::modern()
///     .report_to(endpoint?)
///     .form_action(&AllowedOrigins::new(["https://pay.example"])?)  // a form here may post there
///     .trusted_types(["app"])
///     .hsts(Hsts::new(Duration::from_secs(86_400)).include_subdomains())
///     .behind_tls_proxy()
///     .referrer_policy(ReferrerPolicy::SameOrigin)
///     .permissions_policy(&PermissionsPolicy::default().allow_self(Feature::Camera))
///     .isolated()
///     .on_conflict(|conflict: HeaderConflict| eprintln!("check the headers: {conflict}"));
/// let sent = headers.preview("example.org");
/// assert_eq!(sent["referrer-policy"], "same-origin");
/// assert_eq!(sent["cross-origin-embedder-policy"], "require-corp");
/// assert!(headers.without_hsts().preview("example.org").get("strict-transport-security").is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Security
/// Against clickjacking, content sniffing, downgrade to HTTP, cross-site leaks and, through the policy, injected scripts. Headers are a
/// second line: escaping, CSRF tokens and cookie attributes stay necessary.
#[derive(Clone, Debug)]
#[must_use = "headers are sent by the layer that this value is given to"]
pub struct SecurityHeaders {
    pub(super) fixed: HeaderMap,
    pub(super) csp: Option<Csp>,
    pub(super) report_only: Option<Csp>,
    pub(super) hsts: Option<Hsts>,
    pub(super) hsts_when: HstsWhen,
    pub(super) endpoint: Option<ReportEndpoint>,
    pub(super) on_conflict: fn(HeaderConflict),
}

/// When HSTS is sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum HstsWhen {
    /// With every response, as the guide does.
    Always,
    /// Where the request came over TLS.
    OverTls,
    /// As if every request came over TLS: a proxy in front ends it.
    BehindProxy,
}

impl SecurityHeaders {
    /// The set for a site of today. The default.
    ///
    /// ```
    /// # use secure_forms::SecurityHeaders;
    /// assert_eq!(SecurityHeaders::modern().preview("localhost")["x-frame-options"], "DENY");
    /// ```
    pub fn modern() -> Self {
        let mut fixed = HeaderMap::new();
        for (name, value) in [
            (X_FRAME_OPTIONS, "DENY"),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (X_XSS_PROTECTION, "0"),
            (REFERRER_POLICY, "strict-origin-when-cross-origin"),
            (COOP, "same-origin"),
            (CORP, "same-origin"),
            (PERMISSIONS_POLICY, "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
            (ORIGIN_AGENT_CLUSTER, "?1"),
        ] {
            fixed.insert(name, HeaderValue::from_static(value));
        }
        Self::of(fixed, Some(MODERN), HstsWhen::OverTls)
    }

    /// Exactly the five headers of the security guide, on every response.
    ///
    /// ```
    /// # use secure_forms::SecurityHeaders;
    /// assert_eq!(SecurityHeaders::guide().preview("localhost").len(), 5);
    /// ```
    pub fn guide() -> Self {
        let mut fixed = HeaderMap::new();
        for (name, value) in [
            (X_FRAME_OPTIONS, "SAMEORIGIN"),
            (X_XSS_PROTECTION, "1; mode=block"),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (REFERRER_POLICY, "strict-origin-when-cross-origin"),
        ] {
            fixed.insert(name, HeaderValue::from_static(value));
        }
        Self::of(fixed, None, HstsWhen::Always)
    }

    fn of(fixed: HeaderMap, csp: Option<Csp>, hsts_when: HstsWhen) -> Self {
        let on_conflict = HeaderConflict::to_stderr;
        Self { fixed, csp, report_only: None, hsts: Some(Hsts::ONE_YEAR), hsts_when, endpoint: None, on_conflict }
    }

    /// Sends this policy.
    pub fn csp(mut self, policy: Csp) -> Self {
        self.csp = Some(self.evaluated(policy));
        self
    }

    /// Sends this policy beside the enforced one: browsers report what it would have blocked.
    ///
    /// ```
    /// use secure_forms::SecurityHeaders;
    /// use secure_forms::csp;
    ///
    /// // The policy of tomorrow is tried beside the one of today.
    /// let tomorrow = csp! { default-src none; script-src self; object-src none; base-uri none; form-action self; frame-ancestors none };
    /// let headers = SecurityHeaders::modern().report_only(tomorrow);
    /// assert!(headers.preview("example.org").contains_key("content-security-policy-report-only"));
    /// ```
    pub fn report_only(mut self, policy: Csp) -> Self {
        self.report_only = Some(self.evaluated(policy));
        self
    }

    /// Sends no policy at all.
    ///
    /// ```
    /// use secure_forms::SecurityHeaders;
    ///
    /// let headers = SecurityHeaders::modern().dangerously_without_csp("the proxy in front sends one");
    /// assert!(!headers.preview("example.org").contains_key("content-security-policy"));
    /// ```
    ///
    /// # Security
    /// An injected script then runs. `reason` is for the reader of your code.
    pub fn dangerously_without_csp(mut self, reason: &'static str) -> Self {
        let _ = reason;
        self.csp = None;
        self
    }

    /// Names where browsers send reports of both policies: `Reporting-Endpoints`, `report-to`, and `report-uri` for older ones.
    ///
    /// Over plain HTTP only `report-uri` is sent. Browsers honour endpoints of secure connections alone, and with `report-to` in a
    /// policy they pass over its `report-uri` (CSP Level 3, 5.5): with both, no report would arrive at all.
    pub fn report_to(mut self, endpoint: ReportEndpoint) -> Self {
        self.endpoint = Some(endpoint);
        self
    }

    /// Lets forms also post to, and be redirected to, these origins; browsers block a redirect after a post to elsewhere.
    pub fn form_action(mut self, origins: &AllowedOrigins) -> Self {
        let origins: Vec<_> = origins.iter().collect();
        self.csp = self.csp.map(|policy| policy.extended("form-action", &origins));
        self
    }

    /// Lets scripts create Trusted Types policies of these names. Names with other characters than the standard's are left out.
    ///
    /// Source: Trusted Types, section 4.1.2.
    pub fn trusted_types(mut self, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let fits = |name: &str| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-#=_/@.%".contains(&b))
        };
        let names: Vec<_> = names.into_iter().filter(|name| fits(name.as_ref())).collect();
        self.csp = self.csp.map(|policy| policy.extended("trusted-types", &names));
        self
    }

    /// Sends this HSTS value.
    pub fn hsts(mut self, hsts: Hsts) -> Self {
        self.hsts = Some(hsts);
        self
    }

    /// Asks browser makers to ship this host in their list of hosts that are HTTPS only.
    ///
    /// ```
    /// use secure_forms::SecurityHeaders;
    ///
    /// let sent = SecurityHeaders::modern().hsts_preload().preview("example.org");
    /// assert_eq!(sent["strict-transport-security"], "max-age=31536000; includeSubDomains; preload");
    /// ```
    ///
    /// # Security
    /// Hard to undo: leaving the list takes months, and until then neither the host nor **any of its subdomains** can be reached over
    /// plain HTTP. Sets at least one year and the subdomains, which the list asks for; the host must still be submitted at hstspreload.org.
    pub fn hsts_preload(mut self) -> Self {
        self.hsts = Some(self.hsts.unwrap_or(Hsts::ONE_YEAR).preload());
        self
    }

    /// Sends no HSTS; for a host whose TLS-ending proxy sends it.
    pub fn without_hsts(mut self) -> Self {
        self.hsts = None;
        self
    }

    /// Says that a proxy in front ends TLS for every request, so that HSTS is sent although requests arrive as plain HTTP.
    pub fn behind_tls_proxy(mut self) -> Self {
        self.hsts_when = HstsWhen::BehindProxy;
        self
    }

    pub(crate) fn is_behind_tls_proxy(&self) -> bool {
        self.hsts_when == HstsWhen::BehindProxy
    }

    /// Who may frame the page, for browsers without `frame-ancestors`.
    pub fn frame_options(self, frame: FrameOptions) -> Self {
        self.fixed(X_FRAME_OPTIONS, frame.name())
    }

    /// How much of the page's URL other sites learn.
    ///
    /// [`ReferrerPolicy::NoReferrer`] makes browsers send `Origin: null` with form posts, so that the origin check of CSRF protection
    /// knows less; it is reported as [`HeaderConflict::NoReferrer`].
    pub fn referrer_policy(self, policy: ReferrerPolicy) -> Self {
        self.fixed(REFERRER_POLICY, policy.name())
    }

    /// Which powers of the browser are denied.
    pub fn permissions_policy(mut self, policy: &PermissionsPolicy) -> Self {
        if let Ok(value) = HeaderValue::try_from(policy.to_string()) {
            self.fixed.insert(PERMISSIONS_POLICY, value);
        }
        self
    }

    /// Isolates the page from other origins (`Cross-Origin-Opener-Policy: same-origin`, `Cross-Origin-Embedder-Policy: require-corp`),
    /// which `SharedArrayBuffer` needs: every resource of another origin must then opt in.
    pub fn isolated(self) -> Self {
        self.fixed(COOP, "same-origin").fixed(COEP, "require-corp")
    }

    /// Calls this function about settings and responses that contradict themselves; without it one line of each kind goes to the standard
    /// error stream.
    pub fn on_conflict(mut self, report: fn(HeaderConflict)) -> Self {
        self.on_conflict = report;
        self
    }

    /// What a plain page over HTTPS at this host would carry.
    #[must_use]
    pub fn preview(&self, host: &str) -> HeaderMap {
        let mut headers = self.without_hsts_headers(Transport::Tls);
        if self.hsts_when == HstsWhen::Always || super::hsts::may_name(host.as_bytes()) {
            self.insert_hsts(&mut headers);
        }
        headers
    }

    /// The policy, if it is what its maker says; else one that lets nothing in.
    fn evaluated(&self, policy: Csp) -> Csp {
        if policy.is_evaluated() {
            return policy;
        }
        (self.on_conflict)(HeaderConflict::UnevaluatedPolicy);
        Csp::evaluated(CLOSED, CLOSED, &[])
    }

    fn fixed(mut self, name: HeaderName, value: &'static str) -> Self {
        self.fixed.insert(name, HeaderValue::from_static(value));
        self
    }

    /// Everything that depends on nothing but how the request arrived.
    pub(super) fn without_hsts_headers(&self, transport: Transport) -> HeaderMap {
        let mut headers = self.fixed.clone();
        for (name, policy) in self.policies(transport) {
            headers.insert(name, policy_value(policy.without_nonce().to_owned()));
        }
        if let (Transport::Tls, Some(endpoint)) = (transport, &self.endpoint)
            && let Ok(value) = HeaderValue::try_from(endpoint.header())
        {
            headers.insert(REPORTING_ENDPOINTS, value);
        }
        headers
    }

    pub(super) fn insert_hsts(&self, headers: &mut HeaderMap) {
        if let Some(value) = self.hsts.and_then(|hsts| HeaderValue::try_from(hsts.to_string()).ok()) {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
        }
    }

    /// The policies with the names of their headers, and with their reports' address.
    pub(super) fn policies(&self, transport: Transport) -> impl Iterator<Item = (HeaderName, Csp)> {
        let named =
            [(CONTENT_SECURITY_POLICY, &self.csp), (header::CONTENT_SECURITY_POLICY_REPORT_ONLY, &self.report_only)];
        named.into_iter().filter_map(move |(name, policy)| {
            let policy = policy.as_ref()?;
            let Some(to) = &self.endpoint else { return Some((name, policy.clone())) };
            let reporting = match transport {
                Transport::Tls => policy.extended("report-to", &[to.name()]).extended("report-uri", &[to.url()]),
                Transport::Plain => policy.extended("report-uri", &[to.url()]),
            };
            Some((name, reporting))
        })
    }
}

impl Default for SecurityHeaders {
    fn default() -> Self {
        Self::modern()
    }
}

/// The value of a policy. An evaluated policy is visible ASCII; should it ever not be, nothing is let in.
pub(super) fn policy_value(text: impl TryInto<HeaderValue>) -> HeaderValue {
    text.try_into().unwrap_or(HeaderValue::from_static(CLOSED))
}
