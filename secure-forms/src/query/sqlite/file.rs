//! The database's file: made by our own hand, and looked at before SQLite opens it. It is its owner's alone, as the key file is: who can write it
//! decides what the program reads, who can read it has everything in it (CWE-732, CWE-59).

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::ErrorKind as Io;
use std::path::{Path, PathBuf};

use crate::crypto::{FileProblem, private_file};
use crate::query::error::{Error, ErrorKind};

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
    private_file::look(&path).map_err(|problem| refusal(&path, problem))?;
    for suffix in BESIDE {
        let mut beside = OsString::from(path.as_os_str());
        beside.push(suffix);
        let beside = PathBuf::from(beside);
        match private_file::look(&beside) {
            Err(FileProblem::Io(Io::NotFound)) => {}
            looked => looked.map_err(|problem| refusal(&beside, problem))?,
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

/// What a file that is not this user's alone is refused with. (SQLite's locks are the process's, so it was looked at and not opened.)
fn refusal(path: &Path, problem: FileProblem) -> Error {
    match problem {
        FileProblem::Link => refuse(path, "is a link", "write the path of the file that it leads to"),
        FileProblem::NotAFile => refuse(path, "is no file", "choose another path"),
        FileProblem::Owner { owner, process } => {
            let what = format!("belongs to user {owner}, and this process is of user {process}");
            refuse(path, &what, "start it as the owner of the file")
        }
        FileProblem::Exposed { mode } => {
            let help = format!("type `chmod 600 {}`", path.display());
            refuse(path, &format!("is open to others (mode {mode:04o})"), &help)
        }
        FileProblem::Io(kind) => unreadable(path, kind),
        // Of files that are opened, and of folders.
        FileProblem::Replaced | FileProblem::OpenFolder { .. } => refuse(path, "cannot be used", "choose another file"),
    }
}

fn unreadable(path: &Path, kind: Io) -> Error {
    refuse(path, &format!("cannot be looked at ({kind})"), "choose another file")
}

/// In a folder in which anybody can make files, anybody can make a journal, which SQLite would play back into the database.
fn folder_is_closed(folder: &Path) -> Result<(), Error> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        let found = fs::metadata(folder).map_err(|error| unreadable(folder, error.kind()))?;
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
