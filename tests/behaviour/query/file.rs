//! The database's file is its owner's alone.
#![cfg(unix)]

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use super::*;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn refused(path: &Path) -> String {
    let error = Db::open(path, &SCHEMA).map(|_| ()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::File { .. }), "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn a_new_file_and_those_beside_it_are_the_owners_alone() {
    let (folder, db) = open();
    add(&db, "ada").await;
    for name in ["test.db", "test.db-wal", "test.db-shm"] {
        assert_eq!(mode(&folder.path().join(name)), 0o600, "{name}");
    }
    drop(db);
    Db::open(folder.path().join("test.db"), &SCHEMA).unwrap();
}

#[test]
fn a_link_is_refused_wherever_it_leads() {
    let folder = tempfile::tempdir().unwrap();
    let (target, link) = (folder.path().join("target.db"), folder.path().join("link.db"));
    symlink(&target, &link).unwrap();
    assert!(refused(&link).contains("is a link"));
    assert!(!target.exists(), "nothing is made behind a link that leads nowhere");
    Db::open(&target, &SCHEMA).unwrap();
    assert!(refused(&link).contains("is a link"));
}

#[test]
fn a_folder_behind_a_link_is_used() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    symlink(folder.path().join("data"), folder.path().join("link")).unwrap();
    Db::open(folder.path().join("link/test.db"), &SCHEMA).unwrap();
    assert_eq!(mode(&folder.path().join("data/test.db")), 0o600);
}

#[test]
fn a_file_that_others_can_read_or_write_is_refused_with_what_to_type() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    Db::open(&path, &SCHEMA).unwrap();
    for open in [0o666, 0o644, 0o640, 0o620, 0o604, 0o602, 0o601] {
        chmod(&path, open);
        let told = refused(&path);
        assert!(
            told.contains(&format!("chmod 600 {}", path.display())) && told.contains(&format!("{open:04o}")),
            "{told}"
        );
    }
    chmod(&path, 0o600);
    Db::open(&path, &SCHEMA).unwrap();
}

#[test]
fn what_stands_beside_it_is_looked_at_too() {
    for name in ["test.db-wal", "test.db-shm", "test.db-journal"] {
        let folder = tempfile::tempdir().unwrap();
        let (path, beside) = (folder.path().join("test.db"), folder.path().join(name));
        fs::write(&beside, "").unwrap();
        chmod(&beside, 0o666);
        assert!(refused(&path).contains("is open to others"), "{name}");
        fs::remove_file(&beside).unwrap();
        symlink("/nowhere", &beside).unwrap();
        assert!(refused(&path).contains("is a link"), "{name}");
    }
}

/// Only root can give a file away; others find one of root's, if there is one.
#[test]
fn the_file_of_another_user_is_refused() {
    for name in ["test.db", "test.db-wal", "test.db-shm", "test.db-journal"] {
        let folder = tempfile::tempdir().unwrap();
        let (path, file) = (folder.path().join("test.db"), folder.path().join(name));
        fs::write(&file, "").unwrap();
        chmod(&file, 0o600);
        match std::os::unix::fs::chown(&file, Some(1234), None) {
            Ok(()) => assert!(refused(&path).contains("belongs to user 1234"), "{name}"),
            Err(_) => assert!(refused(Path::new("/etc/passwd")).contains("belongs to user 0")),
        }
    }
}

#[test]
fn a_folder_in_which_anybody_can_make_files_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for open in [0o777, 0o1777, 0o703] {
        chmod(folder.path(), open);
        assert!(refused(&folder.path().join("test.db")).contains("anybody can make files"), "{open:o}");
    }
    for closed in [0o700, 0o755, 0o775] {
        chmod(folder.path(), closed);
        Db::open(folder.path().join("test.db"), &SCHEMA).unwrap();
    }
}

#[test]
fn what_is_no_file_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("test.db")).unwrap();
    assert!(refused(&folder.path().join("test.db")).contains("is no file"));
    let told = refused(&folder.path().join("missing/test.db"));
    assert!(told.contains("missing") && told.contains("mkdir"), "{told}");
    assert!(matches!(Db::open("/", &SCHEMA).unwrap_err().kind(), ErrorKind::File { .. }));
}

#[tokio::test]
async fn a_file_that_went_away_is_not_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    let db = Db::options(&path).readers(1).open(&SCHEMA).unwrap();
    for name in ["test.db", "test.db-wal", "test.db-shm"] {
        let _ = fs::remove_file(folder.path().join(name));
    }
    assert!(query!("SELECT id FROM users").all(&db).await.is_err());
    assert!(!path.exists());
}
