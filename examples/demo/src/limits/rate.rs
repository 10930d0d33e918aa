//! One limit of so many times a minute for each key, by the generic cell rate algorithm (ITU-T I.371): per key one moment is kept, at which
//! its quota is full again. Memory is bounded, and a full table never refuses whom it knows: newcomers share a quota with their network.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use secure_forms::client_ip::ClientIp;

use super::retry_after::RetryAfter;

/// More keys than this are never remembered, nor more networks.
const MAX_KEYS: usize = 50_000;
/// Looking through a full table for keys whose quota is full again is done this often, not for each newcomer.
const PRUNE_EVERY: Duration = Duration::from_secs(1);

/// The network of a client: /24 of IPv4, /48 of IPv6. None for all networks together.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Network(Option<IpAddr>);

impl Network {
    const ALL: Self = Self(None);

    fn of(client: &ClientIp) -> Self {
        Self(Some(match client.nearest().to_canonical() {
            IpAddr::V4(address) => IpAddr::V4(Ipv4Addr::from_bits(address.to_bits() & (u32::MAX << 8))),
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 80))),
        }))
    }
}

/// A limit; cloning shares it.
#[derive(Debug)]
pub(super) struct Limit<K> {
    table: Arc<Mutex<Table<K>>>,
    quota: Quota,
}

impl<K> Clone for Limit<K> {
    fn clone(&self) -> Self {
        Self { table: Arc::clone(&self.table), quota: self.quota }
    }
}

/// A time after which one more is allowed, and how many may come at once.
#[derive(Clone, Copy, Debug)]
struct Quota {
    period: Duration,
    burst: Duration,
}

#[derive(Debug)]
struct Table<K> {
    keys: HashMap<K, Instant>,
    networks: HashMap<Network, Instant>,
    pruned: Option<Instant>,
}

impl<K: Eq + Hash> Limit<K> {
    pub(super) fn per_minute(times: NonZeroU32) -> Self {
        let period = Duration::from_secs(60) / times.get();
        let table = Table { keys: HashMap::new(), networks: HashMap::new(), pruned: None };
        Self { table: Arc::new(Mutex::new(table)), quota: Quota { period, burst: period * (times.get() - 1) } }
    }

    /// Counts one under `key`, on behalf of `client`.
    pub(super) fn take(&self, key: K, client: &ClientIp) -> Result<(), RetryAfter> {
        self.take_at(key, client, Instant::now())
    }

    fn take_at(&self, key: K, client: &ClientIp, now: Instant) -> Result<(), RetryAfter> {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        if table.keys.len() >= MAX_KEYS && !table.keys.contains_key(&key) {
            table.prune(now);
            if table.keys.len() >= MAX_KEYS {
                let network = Network::of(client);
                let has_room = table.networks.len() < MAX_KEYS || table.networks.contains_key(&network);
                let network = if has_room { network } else { Network::ALL };
                return self.quota.take(table.networks.entry(network).or_insert(now), now);
            }
        }
        self.quota.take(table.keys.entry(key).or_insert(now), now)
    }
}

impl Quota {
    /// `full` is when the quota is full again; each time moves it by a period.
    fn take(self, full: &mut Instant, now: Instant) -> Result<(), RetryAfter> {
        let ahead = full.saturating_duration_since(now);
        if ahead > self.burst {
            return Err(RetryAfter(ahead - self.burst));
        }
        *full = now + ahead + self.period;
        Ok(())
    }
}

impl<K: Eq + Hash> Table<K> {
    /// Keys whose quota is full again need not be remembered.
    fn prune(&mut self, now: Instant) {
        if self.pruned.is_some_and(|then| now.saturating_duration_since(then) < PRUNE_EVERY) {
            return;
        }
        self.pruned = Some(now);
        self.keys.retain(|_, full| *full > now);
        self.networks.retain(|_, full| *full > now);
    }
}

#[cfg(test)]
mod tests {
    use secure_forms::client_ip::ClientIpPolicy;

    use super::*;

    fn client(address: &str) -> ClientIp {
        ClientIp::resolve(&ClientIpPolicy::Peer, address.parse().unwrap(), &http::HeaderMap::new())
    }

    fn limit(times: u32) -> Limit<u32> {
        Limit::per_minute(NonZeroU32::new(times).unwrap())
    }

    #[test]
    fn so_many_at_once_and_then_one_after_each_period() {
        let (limit, ada, now) = (limit(3), client("192.0.2.1"), Instant::now());
        let at = |seconds| limit.take_at(1, &ada, now + Duration::from_secs(seconds)).is_ok();
        assert_eq!([at(0), at(0), at(0), at(0)], [true, true, true, false]);
        assert_eq!([at(19), at(20), at(20), at(40)], [false, true, false, true]);
        assert!([at(300), at(300), at(300)].iter().all(|ok| *ok) && !at(300));
    }

    #[test]
    fn a_full_table_refuses_nobody_whom_it_knows_and_lets_newcomers_share() {
        let (limit, now) = (limit(2), Instant::now());
        let (ada, crowd) = (client("192.0.2.1"), client("2001:db8:1::1"));
        assert!(limit.take_at(0, &ada, now).is_ok());
        for key in 1..MAX_KEYS as u32 {
            assert!(limit.take_at(key, &crowd, now).is_ok());
        }
        assert!(limit.take_at(0, &ada, now).is_ok(), "known: the second of two");
        assert!(limit.take_at(0, &ada, now).is_err(), "known: by its own count");
        // Newcomers: two of a network, whatever their keys, and those of another network have two of their own.
        let newcomer = |key, address: &str| limit.take_at(key, &client(address), now).is_ok();
        assert_eq!([newcomer(70_001, "2001:db8:1:2::1"), newcomer(70_002, "2001:db8:1:3::1")], [true, true]);
        assert!(!newcomer(70_003, "2001:db8:1:4::1"));
        assert!(
            newcomer(70_004, "198.51.100.1") && newcomer(70_005, "198.51.100.200") && !newcomer(70_006, "198.51.100.7")
        );
        // When the others' quotas are full again, there is room.
        let later = now + Duration::from_secs(61);
        assert!(limit.take_at(70_003, &crowd, later).is_ok());
        assert_eq!(limit.table.lock().unwrap().keys.len(), 1);
    }
}
