//! Time in whole seconds: the system's clock or a stopped one enters, instants and ages leave.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How far the clocks of two machines that share keys may be apart.
const TOLERANCE_SECONDS: u64 = 60;

pub(super) const DAY_SECONDS: u64 = 24 * 60 * 60;

/// An instant in whole seconds since 1970-01-01 00:00 UTC.
///
/// ```
/// use secure_forms::session::Timestamp;
///
/// assert_eq!(Timestamp::from_unix(1_700_000_000).unix(), 1_700_000_000);
/// assert!(Timestamp::now() > Timestamp::from_unix(1_700_000_000));
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Timestamp(u64);

impl Timestamp {
    /// `seconds` after 1970-01-01 00:00 UTC.
    pub const fn from_unix(seconds: u64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01 00:00 UTC.
    pub const fn unix(self) -> u64 {
        self.0
    }

    /// The present. A clock that is set before 1970 reads as 1970, which makes every signed value one of the future.
    pub fn now() -> Self {
        Self(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
    }

    /// How old something made at `self` is at `now`, if it is neither of the future nor older than `limit`. A limit counts whole
    /// seconds and includes its last one. The tolerance is for the future only: an old value gains nothing by it.
    pub(super) fn age_at(self, now: Self, limit: Duration) -> Result<Duration, WrongAge> {
        if self.0 > now.0.saturating_add(TOLERANCE_SECONDS) {
            return Err(WrongAge::Future);
        }
        let age = now.0.saturating_sub(self.0);
        if age > limit.as_secs() { Err(WrongAge::Expired) } else { Ok(Duration::from_secs(age)) }
    }
}

/// Why an age is refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum WrongAge {
    Future,
    Expired,
}

/// Tells the time to cookies and tokens: the system's clock, or one that stands still until a test moves it.
///
/// ```
/// use std::time::Duration;
/// use secure_forms::session::{Clock, Timestamp};
///
/// let clock = Clock::stopped_at(Timestamp::from_unix(1_000));
/// let the_same_clock = clock.clone();
/// clock.advance(Duration::from_secs(5));
/// assert_eq!(the_same_clock.now(), Timestamp::from_unix(1_005));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Clock(Source);

#[derive(Clone, Debug, Default)]
enum Source {
    #[default]
    System,
    Stopped(Arc<AtomicU64>),
}

impl Clock {
    /// The clock of the operating system.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that shows `instant` until it is advanced. Its clones move with it.
    pub fn stopped_at(instant: Timestamp) -> Self {
        Self(Source::Stopped(Arc::new(AtomicU64::new(instant.0))))
    }

    /// Moves a stopped clock forward; the system's clock goes by itself.
    pub fn advance(&self, by: Duration) {
        if let Source::Stopped(seconds) = &self.0 {
            seconds.fetch_add(by.as_secs(), Ordering::Relaxed);
        }
    }

    /// What the clock shows.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => Timestamp::now(),
            Source::Stopped(seconds) => Timestamp(seconds.load(Ordering::Relaxed)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn age(issued: u64, now: u64) -> Result<Duration, WrongAge> {
        Timestamp(issued).age_at(Timestamp(now), HOUR)
    }

    #[test]
    fn a_value_lives_through_its_last_second() {
        assert_eq!(age(1_000, 4_600), Ok(HOUR));
        assert_eq!(age(1_000, 4_601), Err(WrongAge::Expired));
    }

    #[test]
    fn the_clock_of_another_machine_may_be_a_minute_ahead() {
        assert_eq!(age(1_060, 1_000), Ok(Duration::ZERO));
        assert_eq!(age(1_061, 1_000), Err(WrongAge::Future));
    }

    #[test]
    fn the_ends_of_time_do_not_overflow() {
        assert_eq!(age(u64::MAX, u64::MAX), Ok(Duration::ZERO));
        assert_eq!(age(u64::MAX, 0), Err(WrongAge::Future));
        assert_eq!(age(0, u64::MAX), Err(WrongAge::Expired));
    }
}
