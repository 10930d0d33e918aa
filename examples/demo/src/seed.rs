//! Examples for an empty database, so that the demo can be tried at once. Only where the configuration allows it.

use secure_forms::Secret;
use secure_forms::query::Db;

use crate::passwords::Passwords;
use crate::start::StartError;
use crate::store::{files, users};

/// The password of every example; it is in the README, so the examples are for machines that nobody else can reach.
const PASSWORD: &str = "correct horse battery";

const PEOPLE: [(&str, &str, &str, &str, Option<&str>); 6] = [
    ("ada", "Ada Lovelace", "ada@example.org", "Notes on the Analytical Engine, and the first program for it.", None),
    (
        "grace",
        "Grace Hopper",
        "grace@example.org",
        "Compilers, and a moth in a relay.",
        Some("https://example.org/grace"),
    ),
    ("katherine", "Katherine Johnson", "katherine@example.org", "Orbits, checked by hand. 100% of them.", None),
    ("hedy", "Hedy Lamarr", "hedy@example.org", "Frequency hopping with a player_piano roll.", None),
    ("barbara", "Barbara Liskov", "barbara@example.org", "Abstract types, and what may stand in for them.", None),
    (
        "radia",
        "Radia Perlman",
        "radia@example.org",
        "I think that I shall never see a graph more lovely than a tree.",
        None,
    ),
];

/// Adds the examples as of `now`, in seconds since 1970, unless somebody is there already.
pub(crate) async fn fill(db: &Db, passwords: &Passwords, now: i64) -> Result<(), StartError> {
    if users::username_is_taken(db, "ada").await? {
        return Ok(());
    }
    let password_hash = passwords.hash(Secret::from(PASSWORD.to_owned())).await?;
    for (at, (username, display_name, email, bio, website)) in PEOPLE.into_iter().enumerate() {
        let new = users::NewUser { username, email, display_name, password_hash: &password_hash };
        // The first in the list is the newest.
        let then = now - 3600 * (at as i64 + 1);
        let id = users::add(db, &new, then).await?;
        users::update(db, id, display_name, bio, website).await?;
        if username == "ada" {
            let note = "Note G: the Engine weaves algebraical patterns.\n";
            let (name, caption) = ("note-g.txt".to_owned(), "A page from the notes".to_owned());
            // A quota that is full already is no reason not to start.
            let _ = files::keep(db, id, name, caption, note.into(), then).await;
        }
    }
    Ok(())
}

/// The first example that has the published password.
pub(crate) async fn example(
    db: &Db,
    passwords: &Passwords,
) -> Result<Option<(&'static str, &'static str)>, StartError> {
    for (username, ..) in PEOPLE {
        if let Some((_, stored)) = users::credentials(db, username).await?
            && passwords.verify(Secret::from(PASSWORD.to_owned()), Some(stored)).await?
        {
            return Ok(Some((username, PASSWORD)));
        }
    }
    Ok(None)
}
