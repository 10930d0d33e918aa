//! How often something may be tried: a client and an account enter, "go on" or a time to wait leaves. The cell-rate algorithm of
//! `governor`; OWASP Authentication Cheat Sheet ("Login Throttling").

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use secure_forms::{ClientIp, RateKey};

/// More keys than this are never remembered: old ones are forgotten first, and if all are recent, newcomers wait.
const MAX_KEYS: usize = 50_000;

/// Wait this long before trying again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RetryAfter(Duration);

impl RetryAfter {
    /// Whole seconds for the header `Retry-After`, at least one.
    pub fn seconds(self) -> u64 {
        self.0.as_secs() + 1
    }
}

/// All limits of the demo. Success refills none of them: whoever knows one password gains no attempts at others.
#[derive(Clone, Debug)]
pub struct Limits {
    client: Limit<RateKey>,
    client_and_account: Limit<(RateKey, Box<str>)>,
    account: Limit<Box<str>>,
    registrations: Limit<RateKey>,
    uploads: Limit<RateKey>,
    reports: Limit<RateKey>,
}

/// The answer to a sign-in attempt.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Attempt {
    /// Go on.
    Now,
    /// Go on after this pause: many clients try this account. It delays and never locks out, else anyone could lock anyone out.
    Slowly(Duration),
}

/// How long an attempt at an account under attack is delayed.
const DELAY: Duration = Duration::from_secs(2);

impl Limits {
    /// The limits for this many sign-in attempts per client and minute. Half as many may go to one account.
    pub fn new(login_attempts_per_minute: NonZeroU32) -> Self {
        let per_account = NonZeroU32::new(login_attempts_per_minute.get().div_ceil(2)).unwrap_or(NonZeroU32::MIN);
        Self {
            client: Limit::per_minute(login_attempts_per_minute),
            client_and_account: Limit::per_minute(per_account),
            account: Limit::per_minute(login_attempts_per_minute.saturating_mul(TWICE)),
            registrations: Limit::per_minute(login_attempts_per_minute),
            uploads: Limit::per_minute(login_attempts_per_minute.saturating_mul(TWICE)),
            reports: Limit::per_minute(SIXTY),
        }
    }

    /// Counts an attempt to sign in to `account`, its name as it is looked up. Ask before hashing.
    ///
    /// # Errors
    /// [`RetryAfter`] if this client has tried too often, at this account or at all.
    pub fn sign_in(&self, client: &ClientIp, account: &str) -> Result<Attempt, RetryAfter> {
        self.client.take(client.rate_key())?;
        self.client_and_account.take((client.rate_key(), account.into()))?;
        Ok(if self.account.take(account.into()).is_ok() { Attempt::Now } else { Attempt::Slowly(DELAY) })
    }

    /// Counts a registration, whose answer tells whether a name is taken.
    ///
    /// # Errors
    /// [`RetryAfter`] if this client has asked too often.
    pub fn register(&self, client: &ClientIp) -> Result<(), RetryAfter> {
        self.registrations.take(client.rate_key())
    }

    /// Counts an upload.
    ///
    /// # Errors
    /// [`RetryAfter`] if this client has sent too many.
    pub fn upload(&self, client: &ClientIp) -> Result<(), RetryAfter> {
        self.uploads.take(client.rate_key())
    }

    /// Counts a report of a browser, which anyone can forge.
    ///
    /// # Errors
    /// [`RetryAfter`] if this client has sent too many.
    pub fn report(&self, client: &ClientIp) -> Result<(), RetryAfter> {
        self.reports.take(client.rate_key())
    }
}

const TWICE: NonZeroU32 = NonZeroU32::MIN.saturating_add(1);
const SIXTY: NonZeroU32 = NonZeroU32::MIN.saturating_add(59);

/// One limit, with a counter per key.
#[derive(Debug)]
struct Limit<K: Clone + Eq + Hash>(Arc<DefaultKeyedRateLimiter<K>>);

impl<K: Clone + Eq + Hash> Clone for Limit<K> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K: Clone + Eq + Hash> Limit<K> {
    fn per_minute(times: NonZeroU32) -> Self {
        Self(Arc::new(RateLimiter::keyed(Quota::per_minute(times))))
    }

    fn take(&self, key: K) -> Result<(), RetryAfter> {
        if self.0.len() >= MAX_KEYS {
            // Keys whose quota is full again need not be remembered.
            self.0.retain_recent();
            if self.0.len() >= MAX_KEYS {
                return Err(RetryAfter(Duration::from_secs(60)));
            }
        }
        let now = DefaultClock::default().now();
        self.0.check_key(&key).map_err(|refused| RetryAfter(refused.wait_time_from(now)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(address: &str) -> ClientIp {
        ClientIp::dangerously_assumed(address.parse().unwrap(), "a test")
    }

    fn limits(times: u32) -> Limits {
        Limits::new(NonZeroU32::new(times).unwrap())
    }

    #[test]
    fn one_account_is_tried_half_as_often_as_all_together() {
        let (limits, ada) = (limits(4), client("192.0.2.1"));
        assert_eq!([(); 3].map(|()| limits.sign_in(&ada, "ada").is_ok()), [true, true, false]);
        assert_eq!([(); 2].map(|()| limits.sign_in(&ada, "grace").is_ok()), [true, false]);
    }

    #[test]
    fn another_client_has_its_own_count() {
        let limits = limits(1);
        assert!(limits.sign_in(&client("192.0.2.1"), "ada").is_ok());
        assert!(limits.sign_in(&client("192.0.2.1"), "ada").is_err());
        assert!(limits.sign_in(&client("192.0.2.2"), "ada").is_ok());
    }

    #[test]
    fn an_account_that_many_clients_try_is_delayed_and_not_locked() {
        let limits = limits(1);
        let attempts = [1, 2, 3, 4].map(|last| limits.sign_in(&client(&format!("192.0.2.{last}")), "ada"));
        assert_eq!(attempts[..2], [Ok(Attempt::Now), Ok(Attempt::Now)]);
        assert_eq!(attempts[2..], [Ok(Attempt::Slowly(DELAY)), Ok(Attempt::Slowly(DELAY))]);
    }

    #[test]
    fn a_refusal_says_when_to_come_back() {
        let limits = limits(1);
        let _ = limits.register(&client("192.0.2.1"));
        let wait = limits.register(&client("192.0.2.1")).unwrap_err().seconds();
        assert!((50..=61).contains(&wait), "{wait}");
    }
}
