//! The tower layer that says of every request who sent it and over what it arrived, and the extractor of the sender's address.

use std::net::IpAddr;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum_core::extract::FromRequestParts;
use axum_core::response::{IntoResponse, Response as AxumResponse};
use http::request::Parts;
use http::{Extensions, Request, StatusCode};
use tower_layer::Layer;
use tower_service::Service;

use crate::request::{ClientIp, ClientIpPolicy, Transport};

/// Puts the [`ClientIp`] and the [`Transport`] of every request within reach of handlers and of the layers further in.
///
/// The policy says which proxies are believed, and for both at once. The second argument finds the address of the connection where the
/// server put it.
///
/// ```
/// use std::net::SocketAddr;
///
/// use axum::{Router, extract::ConnectInfo, routing::get};
/// use http::HeaderName;
/// use secure_forms::axum::ConnectionLayer;
/// use secure_forms::client_ip::{ClientIp, ClientIpPolicy};
///
/// async fn who(client: ClientIp) -> String {
///     client.rate_key().to_string()
/// }
///
/// let policy = ClientIpPolicy::Proxies {
///     trusted: "10.0.0.0/8".parse()?,
///     header: HeaderName::from_static("x-forwarded-for"),
/// };
/// // Served with `into_make_service_with_connect_info::<SocketAddr>()`.
/// let peer = |extensions: &http::Extensions| extensions.get().map(|ConnectInfo::<SocketAddr>(peer)| peer.ip());
/// let app: Router = Router::new().route("/", get(who)).layer(ConnectionLayer::new(policy, peer));
/// # Ok::<(), secure_forms::client_ip::NetworkError>(())
/// ```
///
/// # Security
/// A server that ends TLS puts [`Transport::Tls`] into a request's extensions, and is believed. A request whose peer is not found is one
/// that nobody vouches for: it has no address, and arrived over what the server said.
#[derive(Clone, Debug)]
pub struct ConnectionLayer {
    policy: Arc<ClientIpPolicy>,
    peer: FindPeer,
}

type FindPeer = fn(&Extensions) -> Option<IpAddr>;

impl ConnectionLayer {
    /// Believes the proxies of the policy; `peer` finds the address at the other end of the connection.
    #[must_use]
    pub fn new(policy: ClientIpPolicy, peer: fn(&Extensions) -> Option<IpAddr>) -> Self {
        Self { policy: Arc::new(policy), peer }
    }

    /// Knows no peer, so that nobody is believed but the server.
    pub(super) fn unknown() -> Self {
        Self::new(ClientIpPolicy::Peer, |_| None)
    }

    fn mark<B>(&self, request: &mut Request<B>) {
        let said = request.extensions().get().copied().unwrap_or(Transport::Plain);
        let Some(peer) = (self.peer)(request.extensions()) else { return };
        let client = ClientIp::resolve(&self.policy, peer, request.headers());
        let transport = match said {
            Transport::Tls => Transport::Tls,
            Transport::Plain => Transport::resolve(&self.policy, peer, request.headers()),
        };
        request.extensions_mut().insert(client);
        request.extensions_mut().insert(transport);
    }
}

impl<S> Layer<S> for ConnectionLayer {
    type Service = WithConnection<S>;

    fn layer(&self, inner: S) -> Self::Service {
        WithConnection { layer: self.clone(), inner }
    }
}

/// The service that [`ConnectionLayer`] makes.
#[derive(Clone, Debug)]
pub struct WithConnection<S> {
    layer: ConnectionLayer,
    inner: S,
}

impl<S, B> Service<Request<B>> for WithConnection<S>
where
    S: Service<Request<B>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        self.layer.mark(&mut request);
        self.inner.call(request)
    }
}

/// A handler wants the [`ClientIp`], but no [`ConnectionLayer`] is around it, or the layer found no peer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NoClientIp;

impl<S: Sync> FromRequestParts<S> for ClientIp {
    type Rejection = NoClientIp;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, NoClientIp> {
        parts.extensions.get().copied().ok_or(NoClientIp)
    }
}

impl IntoResponse for NoClientIp {
    fn into_response(self) -> AxumResponse {
        (StatusCode::INTERNAL_SERVER_ERROR, "The server is not set up to tell clients apart.").into_response()
    }
}

impl std::fmt::Display for NoClientIp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a handler asks for the client's address, but no `ConnectionLayer` that found a peer is around it")
    }
}

impl std::error::Error for NoClientIp {}
