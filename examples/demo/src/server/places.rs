//! Places for connections: so many in all, so many for each client. A proxy that is trusted stands for many clients, and counts only to
//! the first.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use http::HeaderMap;
use secure_forms::client_ip::{ClientIp, ClientIpPolicy, Networks, RateKey};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The most connections at once; others wait in the system's queue.
const IN_ALL: usize = 1024;
/// The most of one client: browsers open six to a host, and several people may share an address.
const PER_CLIENT: usize = 32;

/// All places; cloning shares them.
#[derive(Clone, Debug)]
pub(super) struct Places {
    all: Arc<Semaphore>,
    taken: Arc<Mutex<HashMap<RateKey, usize>>>,
    proxies: Arc<Option<Networks>>,
}

impl Places {
    pub(super) fn new(proxies: Option<Networks>) -> Self {
        Self { all: Arc::new(Semaphore::new(IN_ALL)), taken: Arc::default(), proxies: Arc::new(proxies) }
    }

    /// Waits until there is room for one more.
    pub(super) async fn room(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.all).acquire_owned().await.ok()
    }

    /// The place of a connection from this address, unless its client has as many as one may have.
    pub(super) fn take(&self, room: OwnedSemaphorePermit, peer: IpAddr) -> Option<Place> {
        if self.proxies.as_ref().as_ref().is_some_and(|proxies| proxies.contains(peer.to_canonical())) {
            return Some(Place { _room: room, client: None, taken: Arc::clone(&self.taken) });
        }
        let client = ClientIp::resolve(&ClientIpPolicy::Peer, peer, &HeaderMap::new()).rate_key();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(client).or_default();
        if *count >= PER_CLIENT {
            return None;
        }
        *count += 1;
        Some(Place { _room: room, client: Some(client), taken: Arc::clone(&self.taken) })
    }
}

/// One of the places, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    _room: OwnedSemaphorePermit,
    client: Option<RateKey>,
    taken: Arc<Mutex<HashMap<RateKey, usize>>>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(client) = self.client else { return };
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&client) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn take(places: &Places, peer: &str) -> Option<Place> {
        places.take(places.room().await.unwrap(), peer.parse().unwrap())
    }

    #[tokio::test]
    async fn one_client_cannot_have_every_place_and_a_proxy_can() {
        let places = Places::new(Some("10.0.0.1".parse().unwrap()));
        let mut held = Vec::new();
        for at in 0..PER_CLIENT {
            // One customer has a whole /64 of IPv6.
            held.push(take(&places, &format!("2001:db8::{at:x}")).await.unwrap());
        }
        assert!(take(&places, "2001:db8::ffff").await.is_none());
        assert!(take(&places, "2001:db8:0:1::1").await.is_some(), "another client");
        for _ in 0..2 * PER_CLIENT {
            held.push(take(&places, "::ffff:10.0.0.1").await.expect("the proxy"));
        }
        held.clear();
        assert!(take(&places, "2001:db8::1").await.is_some());
        assert_eq!((places.taken.lock().unwrap().len(), places.all.available_permits()), (0, IN_ALL));
    }
}
