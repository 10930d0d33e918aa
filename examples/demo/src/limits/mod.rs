//! How often something may be tried: a client and an account enter, "go on" or a time to wait leaves. OWASP Authentication Cheat Sheet
//! ("Login Throttling").

mod rate;
mod retry_after;

use std::collections::HashSet;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use secure_forms::client_ip::{ClientIp, RateKey};

use self::rate::Limit;
pub use self::retry_after::RetryAfter;

/// All limits of the demo. Success refills none of them: whoever knows one password gains no attempts at others.
#[derive(Clone, Debug)]
pub struct Limits {
    client: Limit<RateKey>,
    client_and_account: Limit<(RateKey, Box<str>)>,
    account: Limit<Box<str>>,
    known_browser: Limit<Box<str>>,
    delayed: Delayed,
    registrations: Limit<RateKey>,
    uploads: Limit<RateKey>,
    searches: Limit<RateKey>,
    downloads: Limit<RateKey>,
    reports: Limit<RateKey>,
}

/// What is counted for each client alone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Counted {
    /// Its answer tells whether a name is taken.
    Registration,
    /// Up to 2 MiB.
    Upload,
    /// Looks through everybody's texts.
    Search,
    /// Up to 2 MiB.
    Download,
    /// A browser's report, which anyone can forge.
    Report,
}

/// Whether this browser has signed in to the account before.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Browser {
    /// It has, and not as anybody: it has a cookie of ours that says so.
    Known,
    /// Nobody knows.
    Unknown,
}

/// The answer to a sign-in attempt.
#[derive(Debug)]
pub enum Attempt {
    /// Go on.
    Now,
    /// Go on after a pause, and hold the turn until then: many clients try this account. One of them waits, the others are refused, so a
    /// thousand addresses guess no faster than one. Whoever has signed in on this browser before is not delayed, else anyone could lock
    /// anyone out (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
    Slowly(Duration, Turn),
}

/// How long an attempt at an account under attack is delayed.
const DELAY: Duration = Duration::from_secs(2);

impl Limits {
    /// The limits for this many sign-in attempts per client and minute. Half as many may go to one account.
    pub fn new(login_attempts_per_minute: NonZeroU32) -> Self {
        let times = |factor| login_attempts_per_minute.saturating_mul(factor);
        let half = NonZeroU32::new(login_attempts_per_minute.get().div_ceil(2)).unwrap_or(NonZeroU32::MIN);
        Self {
            client: Limit::per_minute(login_attempts_per_minute),
            client_and_account: Limit::per_minute(half),
            account: Limit::per_minute(times(TWO)),
            known_browser: Limit::per_minute(half),
            delayed: Delayed::default(),
            registrations: Limit::per_minute(login_attempts_per_minute),
            uploads: Limit::per_minute(times(TWO)),
            searches: Limit::per_minute(times(TWELVE)),
            downloads: Limit::per_minute(times(TWELVE)),
            reports: Limit::per_minute(SIXTY),
        }
    }

    /// Counts an attempt to sign in to `account`, its name as it is looked up. Ask before hashing.
    ///
    /// # Errors
    /// [`RetryAfter`] if this client has tried too often, at this account or at all, or if another waits for its turn at the account.
    pub fn sign_in(&self, client: &ClientIp, account: &str, browser: Browser) -> Result<Attempt, RetryAfter> {
        self.client.take(client.rate_key(), client)?;
        self.client_and_account.take((client.rate_key(), account.into()), client)?;
        // A copied cookie gives a few attempts to all who have it together.
        if browser == Browser::Known && self.known_browser.take(account.into(), client).is_ok() {
            return Ok(Attempt::Now);
        }
        if self.account.take(account.into(), client).is_ok() {
            return Ok(Attempt::Now);
        }
        self.delayed.turn(account).map(|turn| Attempt::Slowly(DELAY, turn)).ok_or(RetryAfter(DELAY))
    }

    /// Counts something that a client does. Ask before it is done, and before a body is read.
    ///
    /// # Errors
    /// [`RetryAfter`] if this client has done it too often.
    pub fn count(&self, what: Counted, client: &ClientIp) -> Result<(), RetryAfter> {
        let limit = match what {
            Counted::Registration => &self.registrations,
            Counted::Upload => &self.uploads,
            Counted::Search => &self.searches,
            Counted::Download => &self.downloads,
            Counted::Report => &self.reports,
        };
        limit.take(client.rate_key(), client)
    }
}

const TWO: NonZeroU32 = NonZeroU32::MIN.saturating_add(1);
const TWELVE: NonZeroU32 = NonZeroU32::MIN.saturating_add(11);
const SIXTY: NonZeroU32 = NonZeroU32::MIN.saturating_add(59);

/// The accounts at which somebody waits.
#[derive(Clone, Debug, Default)]
struct Delayed(Arc<Mutex<HashSet<Box<str>>>>);

impl Delayed {
    fn turn(&self, account: &str) -> Option<Turn> {
        let is_free = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(account.into());
        is_free.then(|| Turn { account: account.into(), delayed: self.clone() })
    }
}

/// The one delayed attempt at an account, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    account: Box<str>,
    delayed: Delayed,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.delayed.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.account);
    }
}

#[cfg(test)]
mod tests {
    use secure_forms::client_ip::ClientIpPolicy;

    use super::*;

    fn client(address: &str) -> ClientIp {
        ClientIp::resolve(&ClientIpPolicy::Peer, address.parse().unwrap(), &http::HeaderMap::new())
    }

    fn limits(times: u32) -> Limits {
        Limits::new(NonZeroU32::new(times).unwrap())
    }

    fn sign_in(limits: &Limits, address: &str, account: &str) -> Result<Attempt, RetryAfter> {
        limits.sign_in(&client(address), account, Browser::Unknown)
    }

    #[test]
    fn one_account_is_tried_half_as_often_as_all_together() {
        let limits = limits(10);
        let tried = |account| (0..11).take_while(|_| sign_in(&limits, "192.0.2.1", account).is_ok()).count();
        assert_eq!(tried("ada"), 5, "of ten");
        assert_eq!(tried("grace"), 4, "one was refused at ada and counted");
    }

    #[test]
    fn another_client_has_its_own_count() {
        let limits = limits(1);
        assert!(sign_in(&limits, "192.0.2.1", "ada").is_ok());
        assert!(sign_in(&limits, "192.0.2.1", "ada").is_err());
        assert!(sign_in(&limits, "192.0.2.2", "ada").is_ok());
    }

    #[test]
    fn delayed_attempts_at_an_account_queue_and_do_not_run_side_by_side() {
        let limits = limits(1);
        let from = |last: u8| sign_in(&limits, &format!("192.0.2.{last}"), "ada");
        assert!(matches!((from(1), from(2)), (Ok(Attempt::Now), Ok(Attempt::Now))));
        let Ok(Attempt::Slowly(DELAY, turn)) = from(3) else { panic!("delayed") };
        assert_eq!(from(4).unwrap_err(), RetryAfter(DELAY));
        assert!(matches!(sign_in(&limits, "192.0.2.9", "grace"), Ok(Attempt::Now)), "another account is its own");
        drop(turn);
        assert!(matches!(from(5), Ok(Attempt::Slowly(..))));
    }

    #[test]
    fn whoever_has_signed_in_on_this_browser_before_is_not_locked_out_by_others() {
        let limits = limits(1);
        let from = |last: u8, browser| limits.sign_in(&client(&format!("192.0.2.{last}")), "ada", browser);
        for last in 1..=2 {
            let _ = from(last, Browser::Unknown);
        }
        let _held = from(3, Browser::Unknown).unwrap();
        assert!(from(4, Browser::Unknown).is_err());
        assert!(matches!(from(5, Browser::Known), Ok(Attempt::Now)));
        assert!(from(6, Browser::Known).is_err(), "a copied cookie gives no more than a few");
    }

    #[test]
    fn a_refusal_says_when_to_come_back() {
        let limits = limits(1);
        let _ = limits.count(Counted::Registration, &client("192.0.2.1"));
        let wait = limits.count(Counted::Registration, &client("192.0.2.1")).unwrap_err().seconds();
        assert!((50..=61).contains(&wait), "{wait}");
    }
}
