//! The database's file: made by our own hand, and looked at before SQLite opens it. It is its owner's alone, as the key file is: who can write it
//! decides what the program reads, who can read it has everything in it (CWE-732, CWE-59).

use std::ffi::OsString;
use std::fs::{self, Metadata, OpenOptions};
use std::io::ErrorKind as Io;
use std::path::{Path, PathBuf};

use super::error::{Error, ErrorKind};

/// SQLite's side files, each beside the database.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The path to open, whose folder holds no link (SQLite refuses links anywhere in a path that it is told not to follow), once file and folder are
/// found to be private. The file is made if it is not there.
pub(super) fn private(path: &Path) -> Result<PathBuf, Error> {
    let name = path.file_name().ok_or_else(|| refuse(path, "names no file", "write the path of a file"))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = resolved(folder)?;
    folder_is_closed(&folder)?;
    let path = folder.join(name);
    create(&path)?;
    let owner = check(&path, &look(&path)?, None)?;
    for suffix in BESIDE {
        let mut beside = OsString::from(path.as_os_str());
        beside.push(suffix);
        let beside = PathBuf::from(beside);
        match fs::symlink_metadata(&beside) {
            Err(error) if error.kind() == Io::NotFound => {}
            found => {
                let found = found.map_err(|error| unreadable(&beside, &error))?;
                check(&beside, &found, Some(owner))?;
            }
        }
    }
    Ok(path)
}

/// The folder without links. Elsewhere than on Unix the path stays as it was written: a link is then the system's business.
fn resolved(folder: &Path) -> Result<PathBuf, Error> {
    if cfg!(not(unix)) {
        return Ok(folder.to_owned());
    }
    fs::canonicalize(folder).map_err(|error| {
        let help = match error.kind() {
            Io::NotFound => "make the folder first: `mkdir -m 700`",
            _ => "choose another folder",
        };
        refuse(folder, &format!("is no folder that can be used ({error})"), help)
    })
}

/// Makes the file if there is nothing of its name. A link counts as something, wherever it leads (open(2), `O_EXCL`).
fn create(path: &Path) -> Result<(), Error> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != Io::AlreadyExists => Err(refuse(
            path,
            &format!("cannot be made ({})", error.kind()),
            "choose a folder in which the program may write",
        )),
        _ => Ok(()),
    }
}

fn look(path: &Path) -> Result<Metadata, Error> {
    fs::symlink_metadata(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    refuse(path, &format!("cannot be looked at ({})", error.kind()), "choose another file")
}

/// Refuses what is no plain file of its owner alone; gives the owner. Side files have the owner of the database.
fn check(path: &Path, found: &Metadata, owner: Option<u32>) -> Result<u32, Error> {
    if found.file_type().is_symlink() {
        return Err(refuse(path, "is a link", "write the path of the file that it leads to"));
    }
    if !found.is_file() {
        return Err(refuse(path, "is no file", "choose another path"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};

        let mode = found.permissions().mode() & 0o7777;
        if mode & 0o077 != 0 {
            let help = format!("type `chmod 600 {}`", path.display());
            return Err(refuse(path, &format!("is open to others (mode {mode:04o})"), &help));
        }
        if owner.is_some_and(|owner| owner != found.uid()) {
            return Err(refuse(path, "belongs to somebody else than the database", "find out who put it there"));
        }
        Ok(found.uid())
    }
    #[cfg(not(unix))]
    Ok(owner.unwrap_or_default())
}

/// In a folder in which anybody can make files, anybody can make a journal, which SQLite would play back into the database.
fn folder_is_closed(folder: &Path) -> Result<(), Error> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        let found = fs::metadata(folder).map_err(|error| unreadable(folder, &error))?;
        let mode = found.permissions().mode() & 0o7777;
        if mode & 0o002 != 0 {
            let help = "put the database into a folder of its own: `mkdir -m 700`";
            return Err(refuse(
                folder,
                &format!("is a folder in which anybody can make files (mode {mode:04o})"),
                help,
            ));
        }
    }
    let _ = folder;
    Ok(())
}

fn refuse(path: &Path, what: &str, help: &str) -> Error {
    Error::new(ErrorKind::File { path: path.to_owned(), what: format!("{what}: {help}") })
}
