//! The key file of a program on one machine: a path enters, the text of the keys leaves. The file is its owner's alone.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use zeroize::Zeroizing;

use super::key_error::KeyError;
use super::random;

/// More than any list of keys needs; a wrong path should not fill the memory.
const MAX_BYTES: u64 = 64 * 1024;

/// The text of the file, which is written first where there is none.
pub(super) fn read_or_create(
    path: &Path,
    fresh: impl FnOnce() -> Result<Zeroizing<String>, KeyError>,
) -> Result<Zeroizing<String>, KeyError> {
    match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            create(path, &fresh()?)?;
            read(File::open(path).map_err(file)?)
        }
        opened => read(opened.map_err(file)?),
    }
}

/// Writes a file beside `path` and links it there, so that two programs that start at once agree on one whole file.
fn create(path: &Path, text: &str) -> Result<(), KeyError> {
    let mut name = path.file_name().ok_or(KeyError::File(ErrorKind::InvalidInput))?.to_os_string();
    name.push(format!(".{}.new", random::text::<9>()));
    let draft = path.with_file_name(name);
    let linked = write_private(&draft, text).and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    });
    let removed = fs::remove_file(&draft);
    linked.and(removed).map_err(file)
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

fn read(opened: File) -> Result<Zeroizing<String>, KeyError> {
    // Asked of the open file, not of the path: what was checked is what is read.
    let metadata = opened.metadata().map_err(file)?;
    if !metadata.is_file() {
        return Err(KeyError::File(ErrorKind::InvalidInput));
    }
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o7777;
        if mode & 0o077 != 0 {
            return Err(KeyError::Exposed { mode });
        }
    }
    let mut text = Zeroizing::new(String::with_capacity(metadata.len().min(MAX_BYTES) as usize));
    opened.take(MAX_BYTES).read_to_string(&mut text).map_err(file)?;
    Ok(text)
}

fn file(error: std::io::Error) -> KeyError {
    KeyError::File(error.kind())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    use super::*;
    use crate::crypto::KeyRing;

    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Self {
            let path = std::env::temp_dir().join(format!("secure-forms-{}", random::text::<9>()));
            fs::create_dir(&path).unwrap();
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_new_file_is_its_owners_alone_and_is_read_again() {
        let folder = Folder::new();
        let path = folder.0.join("keys");
        let made = KeyRing::load_or_create("app", &path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(KeyRing::load_or_create("app", &path).unwrap().signing_id(), made.signing_id());
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_others_can_read_is_refused() {
        let folder = Folder::new();
        let path = folder.0.join("keys");
        KeyRing::load_or_create("app", &path).unwrap();
        for mode in [0o640, 0o604, 0o620, 0o644] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(KeyRing::load_or_create("app", &path).unwrap_err(), KeyError::Exposed { mode });
        }
    }

    #[test]
    fn programs_that_start_at_once_agree_on_one_key() {
        let folder = Folder::new();
        let path = folder.0.join("keys");
        let ids = std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..8).map(|_| scope.spawn(|| KeyRing::load_or_create("app", &path).unwrap())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap().signing_id()).collect::<Vec<_>>()
        });
        assert!(ids.iter().all(|id| *id == ids[0]));
    }

    #[test]
    fn a_folder_and_a_missing_folder_are_errors() {
        let folder = Folder::new();
        assert!(matches!(KeyRing::load_or_create("app", &folder.0), Err(KeyError::File(_))));
        assert!(matches!(KeyRing::load_or_create("app", folder.0.join("no/keys")), Err(KeyError::File(_))));
    }
}
