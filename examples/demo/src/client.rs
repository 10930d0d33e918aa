//! From where a request comes, as its handlers learn it.

use axum::extract::FromRequestParts;
use http::request::Parts;
use secure_forms::client_ip::ClientIp;

use crate::server::Peer;
use crate::state::App;

/// The client's address, for limits: that of the connection, or what the proxies in `TRUSTED_PROXIES` say.
pub(crate) struct Client(pub(crate) ClientIp);

impl FromRequestParts<App> for Client {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let Peer(peer) = parts.extensions.get().copied().unwrap_or_default();
        Ok(Self(ClientIp::resolve(&app.client_ip, peer, &parts.headers)))
    }
}
