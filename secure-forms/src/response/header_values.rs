//! The values of headers that have a few: `X-Frame-Options` (RFC 7034) and `Referrer-Policy` (W3C).

/// The values of `X-Frame-Options`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FrameOptions {
    /// Nobody may frame the page.
    Deny,
    /// Pages of this origin may.
    SameOrigin,
}

impl FrameOptions {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Deny => "DENY",
            Self::SameOrigin => "SAMEORIGIN",
        }
    }
}

/// The values of `Referrer-Policy` that do not give a URL's path to other sites.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ReferrerPolicy {
    /// Nothing to anybody; see [`SecurityHeaders::referrer_policy`](crate::SecurityHeaders::referrer_policy) for what that breaks.
    NoReferrer,
    /// The whole URL to this origin, nothing to others.
    SameOrigin,
    /// The origin, and not to plain HTTP.
    StrictOrigin,
    /// The whole URL to this origin, the origin to others, and nothing to plain HTTP.
    StrictOriginWhenCrossOrigin,
}

impl ReferrerPolicy {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::NoReferrer => "no-referrer",
            Self::SameOrigin => "same-origin",
            Self::StrictOrigin => "strict-origin",
            Self::StrictOriginWhenCrossOrigin => "strict-origin-when-cross-origin",
        }
    }
}
