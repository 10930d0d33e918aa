//! The key file of a program on one machine: a path enters, the text of the keys leaves. The file is its owner's alone.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use zeroize::Zeroizing;

use super::key_error::KeyError;
use super::private_file::{self, FileProblem, PrivateFileError};
use super::random;

/// More than any list of keys needs; a wrong path should not fill the memory.
const MAX_BYTES: u64 = 64 * 1024;

/// The text of the file, which is written first where there is none.
pub(super) fn read_or_create(
    path: &Path,
    fresh: impl FnOnce() -> Result<Zeroizing<String>, KeyError>,
) -> Result<Zeroizing<String>, KeyError> {
    let file = match private_file::open(path) {
        Err(error) if error.problem() == FileProblem::Io(ErrorKind::NotFound) => {
            create(path, &fresh()?)?;
            private_file::open(path)?
        }
        opened => opened?,
    };
    read(file).map_err(|error| PrivateFileError::io(path, &error).into())
}

/// Writes a file beside `path` and links it there, so that two programs that start at once agree on one whole file.
fn create(path: &Path, text: &str) -> Result<(), PrivateFileError> {
    let is_no_name = || PrivateFileError::io(path, &ErrorKind::InvalidInput.into());
    let mut name = path.file_name().ok_or_else(is_no_name)?.to_os_string();
    name.push(format!(".{}.new", random::text::<9>()));
    let draft = path.with_file_name(name);
    let file = private_file::create(&draft)?;
    let linked = write(file, text).and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    });
    let removed = fs::remove_file(&draft);
    linked.and(removed).map_err(|error| PrivateFileError::io(path, &error))
}

fn write(mut file: File, text: &str) -> std::io::Result<()> {
    writeln!(file, "{text}")?;
    file.sync_all()
}

fn read(file: File) -> std::io::Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::with_capacity(file.metadata()?.len().min(MAX_BYTES) as usize));
    file.take(MAX_BYTES).read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::crypto::KeyRing;

    #[test]
    fn a_new_file_is_its_owners_alone_and_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        let made = KeyRing::load_or_create("app", &path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(KeyRing::load_or_create("app", &path).unwrap().signing_id(), made.signing_id());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_is_not_its_owners_alone_gives_no_keys() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        KeyRing::load_or_create("app", &path).unwrap();
        std::os::unix::fs::symlink(&path, folder.path().join("link")).unwrap();
        assert_eq!(problem(&folder.path().join("link")), FileProblem::Link);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(problem(&path), FileProblem::Exposed { mode: 0o640 });
    }

    fn problem(path: &Path) -> FileProblem {
        match KeyRing::load_or_create("app", path) {
            Err(KeyError::File(error)) => error.problem(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn programs_that_start_at_once_agree_on_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        let ids = std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..8).map(|_| scope.spawn(|| KeyRing::load_or_create("app", &path).unwrap())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap().signing_id()).collect::<Vec<_>>()
        });
        assert!(ids.iter().all(|id| *id == ids[0]));
    }

    #[test]
    fn a_folder_and_a_missing_folder_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(KeyRing::load_or_create("app", folder.path()), Err(KeyError::File(_))));
        assert!(matches!(KeyRing::load_or_create("app", folder.path().join("no/keys")), Err(KeyError::File(_))));
    }
}
