//! Remember-me: a family's row and the token that a browser shows enter; whether to sign in, and with which new token, or that somebody
//! copied the cookie, leaves. The application keeps the rows. OWASP Session Management Cheat Sheet; Barry Jaspan, "Improved Persistent
//! Login Cookie Best Practice" (2006), which detects theft by tokens that are good once.

mod token;

use std::time::Duration;

pub use self::token::{REMEMBER_COOKIE, RememberToken};
use super::clock::{DAY_SECONDS, Timestamp};

/// Decides what a remember-me token is worth. Tokens that replace each other are a family; each family is one row of the application.
///
/// | column | holds |
/// |---|---|
/// | selector, the key | [`RememberToken::selector`] |
/// | user | whom the family signs in |
/// | the four fields of [`RememberRow`] | hash of the present and of the last verifier, when it was replaced, when the family began |
///
/// Sessions have a column too: the selector of the family that began them, or none. In one transaction, read the row, call
/// [`recognize`](Self::recognize), and do what it says:
///
/// | answer | row | sessions | browser |
/// |---|---|---|---|
/// | [`Rotate`](Remembered::Rotate) | replace it where its verifier is still the last one's | begin one that carries the selector | send the new token |
/// | [`Grace`](Remembered::Grace) | – | begin one that carries the selector | send no token: a parallel request has sent it |
/// | [`Stolen`](Remembered::Stolen) | delete it | **end all that carry the selector** | delete the cookie |
/// | [`Expired`](Remembered::Expired) | delete it, if there is one | – | delete the cookie |
///
/// A password sign-in that asks to be remembered begins a family with [`begin`](Self::begin), and its session carries the selector as
/// well. Signing out deletes the family and ends its sessions; a new password ends all families and sessions of its user.
///
/// ```
/// use std::collections::HashMap;
/// use std::time::Duration;
/// use secure_forms::session::{RememberMe, RememberRow, RememberToken, Remembered, SessionId, Timestamp};
///
/// #[derive(Default)]
/// struct Store {
///     families: HashMap<String, RememberRow>,
///     /// The hash of a session's identifier, and the family that began it.
///     sessions: HashMap<String, Option<String>>,
/// }
///
/// /// Answers the new session and the new token.
/// fn come_back(store: &mut Store, token: &RememberToken, now: Timestamp) -> Option<(SessionId, Option<RememberToken>)> {
///     let family = token.selector();
///     let next = match RememberMe::new().recognize(store.families.get(&family), token, now) {
///         Remembered::Rotate(rotation) => {
///             store.families.insert(family.clone(), rotation.row);
///             Some(rotation.token)
///         }
///         Remembered::Grace => None,
///         Remembered::Stolen => {
///             store.families.remove(&family);
///             store.sessions.retain(|_, began_by| began_by.as_ref() != Some(&family));
///             return None;
///         }
///         Remembered::Expired => {
///             store.families.remove(&family);
///             return None;
///         }
///     };
///     let session = SessionId::generate();
///     store.sessions.insert(session.stored_hash(), Some(family));
///     Some((session, next))
/// }
///
/// let (mut store, monday) = (Store::default(), Timestamp::from_unix(1_700_000_000));
/// let (token, row) = RememberMe::begin(monday);
/// store.families.insert(token.selector(), row);
///
/// // A thief uses a copy of the cookie first, and is signed in.
/// let stolen = token;
/// assert!(come_back(&mut store, &stolen, monday).is_some());
/// assert_eq!(store.sessions.len(), 1);
///
/// // When the owner comes back, it shows, and the thief's session is over.
/// let tuesday = Timestamp::from_unix(monday.unix() + 86_400);
/// assert!(come_back(&mut store, &token, tuesday).is_none());
/// assert!(store.sessions.is_empty());
/// ```
///
/// # Security
/// A copied cookie signs in until its owner comes back (CWE-294): then one of the two shows a token that was used before, and both lose
/// family and sessions. A copy that is used within the grace after its owner came back looks like a parallel request and gets a session,
/// but no token. Sessions that do not carry the selector outlive the theft: that column is what ends the thief's.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RememberMe {
    max_age: Duration,
    grace: Duration,
}

/// What a row keeps of a family, beside its selector and its user.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RememberRow {
    /// The hash of the verifier that is good now: [`RememberToken::stored_hash`].
    pub verifier_hash: String,
    /// The hash of the one before.
    pub previous_hash: Option<String>,
    /// When the present verifier replaced the one before.
    pub rotated_at: Timestamp,
    /// When the family began; it ends by age from then on, however often it is used.
    pub created_at: Timestamp,
}

/// What a token is worth. Each answer asks for something: see the table of [`RememberMe`].
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use = "a stolen family must be ended, and a used token replaced"]
pub enum Remembered {
    /// Sign in, and replace token and row.
    Rotate(Rotation),
    /// Sign in; a request of a moment ago has replaced the token.
    Grace,
    /// Somebody has a copy: sign nobody in, delete the row, and end every session that carries its selector.
    Stolen,
    /// There is no such family, or it is too old: sign nobody in.
    Expired,
}

/// What replaces a used token.
///
/// Store the row only where `verifier_hash` is still `row.previous_hash` (`UPDATE … WHERE selector = … AND verifier_hash = …`). If
/// nothing was changed, a parallel request was faster: read the row and ask again, which answers [`Remembered::Grace`].
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Rotation {
    /// What the browser keeps from here on.
    pub token: RememberToken,
    /// What the row keeps from here on.
    pub row: RememberRow,
}

impl RememberMe {
    /// Families end after 30 days, as [`REMEMBER_COOKIE`] does; parallel requests have 30 seconds.
    #[must_use]
    pub const fn new() -> Self {
        Self { max_age: Duration::from_secs(30 * DAY_SECONDS), grace: Duration::from_secs(30) }
    }

    /// How long a family lives, in whole seconds. Give the cookie the same age.
    #[must_use]
    pub const fn max_age(self, max_age: Duration) -> Self {
        Self { max_age, ..self }
    }

    /// How long a token that was just replaced still signs in, in whole seconds: as long as a page takes to load everything.
    ///
    /// # Security
    /// A thief who is this close behind the owner is not noticed.
    #[must_use]
    pub const fn grace(self, grace: Duration) -> Self {
        Self { grace, ..self }
    }

    /// A new family: what the browser keeps, and what the row under [`RememberToken::selector`] keeps.
    #[must_use = "the token belongs into the cookie, the row into the store"]
    pub fn begin(now: Timestamp) -> (RememberToken, RememberRow) {
        let token = RememberToken::generate();
        let verifier_hash = token.stored_hash();
        (token, RememberRow { verifier_hash, previous_hash: None, rotated_at: now, created_at: now })
    }

    /// What `token` is worth, given the row of its selector.
    pub fn recognize(&self, row: Option<&RememberRow>, token: &RememberToken, now: Timestamp) -> Remembered {
        let Some(row) = row.filter(|row| row.created_at.age_at(now, self.max_age).is_ok()) else {
            return Remembered::Expired;
        };
        if token.verifies(&row.verifier_hash) {
            return Remembered::Rotate(rotation(row, token, now));
        }
        let was_last = row.previous_hash.as_ref().is_some_and(|hash| token.verifies(hash));
        if was_last && row.rotated_at.age_at(now, self.grace).is_ok() { Remembered::Grace } else { Remembered::Stolen }
    }
}

fn rotation(row: &RememberRow, token: &RememberToken, now: Timestamp) -> Rotation {
    let token = token.rotated();
    let row = RememberRow {
        verifier_hash: token.stored_hash(),
        previous_hash: Some(row.verifier_hash.clone()),
        rotated_at: now,
        created_at: row.created_at,
    };
    Rotation { token, row }
}

impl Default for RememberMe {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: u64 = 1_700_000_000;
    const NOW: Timestamp = Timestamp::from_unix(START);

    fn after(seconds: u64) -> Timestamp {
        Timestamp::from_unix(START + seconds)
    }

    fn recognize(row: &RememberRow, token: &RememberToken, seconds: u64) -> Remembered {
        RememberMe::new().recognize(Some(row), token, after(seconds))
    }

    fn rotated(row: &RememberRow, token: &RememberToken, seconds: u64) -> Rotation {
        match recognize(row, token, seconds) {
            Remembered::Rotate(rotation) => rotation,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_use_replaces_the_token_and_the_family_does_not_grow_younger() {
        let (first, row) = RememberMe::begin(NOW);
        let second = rotated(&row, &first, 60);
        assert_eq!((second.token.selector(), second.row.created_at), (first.selector(), NOW));
        assert_eq!(second.row.previous_hash.as_ref(), Some(&row.verifier_hash));
        let third = rotated(&second.row, &second.token, 120);
        assert_eq!(recognize(&third.row, &first, 120), Remembered::Stolen);
    }

    #[test]
    fn a_parallel_request_has_a_short_grace_and_gets_no_token() {
        let (first, row) = RememberMe::begin(NOW);
        let second = rotated(&row, &first, 0);
        assert_eq!(recognize(&second.row, &first, 30), Remembered::Grace);
        assert_eq!(recognize(&second.row, &first, 31), Remembered::Stolen);
        assert!(matches!(recognize(&second.row, &second.token, 31), Remembered::Rotate(_)));
    }

    #[test]
    fn a_family_ends_by_age_and_an_unknown_one_is_no_theft() {
        let (token, row) = RememberMe::begin(NOW);
        assert!(matches!(recognize(&row, &token, 30 * DAY_SECONDS), Remembered::Rotate(_)));
        assert_eq!(recognize(&row, &token, 30 * DAY_SECONDS + 1), Remembered::Expired);
        assert_eq!(RememberMe::new().recognize(None, &token, NOW), Remembered::Expired);
    }

    #[test]
    fn a_clock_that_was_set_back_gives_no_grace() {
        let (first, row) = RememberMe::begin(NOW);
        let second = rotated(&row, &first, 3600);
        assert_eq!(recognize(&second.row, &first, 0), Remembered::Stolen);
    }

    /// What a store does with the answers, and who was signed in by them.
    struct Site {
        row: Option<RememberRow>,
        sessions: Vec<&'static str>,
        seconds: u64,
    }

    impl Site {
        fn visit(&mut self, who: &'static str, cookie: &mut RememberToken) {
            match RememberMe::new().recognize(self.row.as_ref(), cookie, after(self.seconds)) {
                Remembered::Rotate(rotation) => {
                    self.row = Some(rotation.row);
                    *cookie = rotation.token;
                    self.sessions.push(who);
                }
                Remembered::Grace => self.sessions.push(who),
                Remembered::Stolen => {
                    self.row = None;
                    self.sessions.clear();
                }
                Remembered::Expired => {}
            }
        }
    }

    /// Every order of eight steps in which owner and thief come back, the thief copies again, and time passes.
    #[test]
    fn once_both_have_come_back_a_copy_signs_nobody_in() {
        for order in 0..4_usize.pow(8) {
            let (token, row) = RememberMe::begin(NOW);
            let mut site = Site { row: Some(row), sessions: Vec::new(), seconds: 0 };
            let (mut owner, mut thief) = (token, None);
            for step in (0..8).map(|at| order / 4_usize.pow(at) % 4) {
                match (step, &mut thief) {
                    (0, _) => site.visit("owner", &mut owner),
                    (1, Some(copy)) => site.visit("thief", copy),
                    (2, _) => thief = Some(owner),
                    (3, _) => site.seconds += 31,
                    _ => {}
                }
            }
            let Some(mut copy) = thief else {
                assert!(site.row.is_some(), "no theft was seen where there was none: {order}");
                continue;
            };
            // From here on both come back, each after any grace.
            for _ in 0..2 {
                site.seconds += 31;
                site.visit("owner", &mut owner);
                site.seconds += 31;
                site.visit("thief", &mut copy);
            }
            assert_eq!((site.row, site.sessions.len()), (None, 0), "{order}");
        }
    }
}
