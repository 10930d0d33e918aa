//! All layers of the library in their order, as one.

use tower_layer::Layer;

use super::connection::{ConnectionLayer, WithConnection};
use super::csrf::{CsrfLayer, WithCsrf};
use super::headers::{SecurityHeadersLayer, WithSecurityHeaders};
use super::layout::{LayoutLayer, WithLayout};
use super::own_origin::{OwnOriginLayer, WithOwnOrigin};
use super::panic::{CatchPanicLayer, WithCatchPanic};
use crate::guard::FormGuard;
use crate::response::SecurityHeaders;

/// Everything that an application needs around its router, in the order that it needs.
///
/// | from outside in | does | alone |
/// |---|---|---|
/// | connection | who sent a request, over what | [`ConnectionLayer`] |
/// | headers | on every answer, those of the layers below too | [`SecurityHeadersLayer`] |
/// | layout | on pages, those of the layers below too | [`LayoutLayer`] |
/// | panics | become a 500 | [`CatchPanicLayer`] |
/// | own origins | other hosts are refused, plain HTTP is redirected | [`OwnOriginLayer`] |
/// | CSRF | what other sites send is refused | [`CsrfLayer`] |
///
/// ```
/// use std::net::SocketAddr;
///
/// use axum::{Router, extract::ConnectInfo, routing::get};
/// use http::HeaderName;
/// use secure_forms::axum::{ConnectionLayer, ProtectionLayer};
/// use secure_forms::client_ip::ClientIpPolicy;
/// use secure_forms::csrf::OwnOrigins;
/// use secure_forms::{FormGuard, KeyRing, SecurityHeaders};
///
/// let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?);
/// // A proxy on this machine ends TLS.
/// let policy = ClientIpPolicy::Proxies {
///     trusted: "127.0.0.1, ::1".parse()?,
///     header: HeaderName::from_static("x-forwarded-for"),
/// };
/// let connection = ConnectionLayer::new(policy, |extensions| {
///     extensions.get().map(|ConnectInfo::<SocketAddr>(peer)| peer.ip())
/// });
/// let app: Router = Router::new()
///     .route("/", get(async || "Hello"))
///     // Layers of your own, such as a time limit, go here, so that their answers carry the headers too.
///     .layer(ProtectionLayer::new(&guard, &SecurityHeaders::modern()).connection(connection));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Security
/// An answer that a server makes before it has a whole request, such as hyper's 400, 408 and 431, comes from outside of every layer: see
/// [`BareAnswers`](crate::headers::BareAnswers). Where TLS ends in front of the program and neither a [`ConnectionLayer`] nor
/// [`SecurityHeaders::behind_tls_proxy`] says so, every request counts as plain HTTP and is redirected.
#[derive(Clone)]
pub struct ProtectionLayer {
    connection: ConnectionLayer,
    headers: SecurityHeadersLayer,
    layout: LayoutLayer,
    own_origin: OwnOriginLayer,
    csrf: CsrfLayer,
}

impl ProtectionLayer {
    /// For the guard's own origins, with these headers.
    #[must_use]
    pub fn new(guard: &FormGuard, headers: &SecurityHeaders) -> Self {
        let mut own_origin = OwnOriginLayer::new(guard.csrf().own_origins().clone());
        if headers.is_behind_tls_proxy() {
            own_origin.allow_plain_http();
        }
        Self {
            connection: ConnectionLayer::unknown(),
            headers: SecurityHeadersLayer::new(headers),
            layout: LayoutLayer::new(guard),
            own_origin,
            csrf: CsrfLayer::new(guard),
        }
    }

    /// Who sends requests, and which proxies are believed. Without it, nobody: what the server says of TLS counts alone, and there is no
    /// [`ClientIp`](crate::client_ip::ClientIp) to extract.
    #[must_use]
    pub fn connection(self, connection: ConnectionLayer) -> Self {
        Self { connection, ..self }
    }

    /// Another rule for hosts and schemes.
    #[must_use]
    pub fn own_origin(self, own_origin: OwnOriginLayer) -> Self {
        Self { own_origin, ..self }
    }

    /// Another rule for what other sites send, such as one that knows exempt routes: [`CsrfLayer::exemptions_of`].
    #[must_use]
    pub fn csrf(self, csrf: CsrfLayer) -> Self {
        Self { csrf, ..self }
    }
}

// The layout's own panics are caught too, and then its page has none.
type InLayout<S> = WithCatchPanic<WithLayout<WithCatchPanic<S>>>;

impl<S> Layer<S> for ProtectionLayer {
    type Service = WithConnection<WithSecurityHeaders<InLayout<WithOwnOrigin<WithCsrf<S>>>>>;

    fn layer(&self, inner: S) -> Self::Service {
        let panics = CatchPanicLayer::new();
        let inner = panics.layer(self.own_origin.layer(self.csrf.layer(inner)));
        self.connection.layer(self.headers.layer(panics.layer(self.layout.layer(inner))))
    }
}
