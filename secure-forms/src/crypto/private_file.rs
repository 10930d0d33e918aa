//! Files that nobody but the user of this process may read or change: a path enters; an open file that was checked, or what is wrong with
//! it, leaves. On Unix; elsewhere the folder's rights protect a file, and only its kind is looked at.

use std::error::Error;
use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Why a file is not used as one that is this user's alone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PrivateFileError {
    path: PathBuf,
    problem: FileProblem,
}

/// What is wrong with a file, or with the folder that it is in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum FileProblem {
    /// The operating system does not let it be read or written.
    Io(ErrorKind),
    /// A symbolic link: whoever made it chose the file.
    Link,
    /// A folder, a pipe, a device or a socket.
    NotAFile,
    /// Another file was put in its place while it was opened.
    Replaced,
    /// It belongs to another user, who can change it.
    Owner {
        /// Whose it is.
        owner: u32,
        /// Whose this process is.
        process: u32,
    },
    /// Others than the owner may read or change it.
    Exposed {
        /// Its permission bits.
        mode: u32,
    },
    /// Everybody may rename and replace files in its folder.
    OpenFolder {
        /// The folder's permission bits.
        mode: u32,
    },
}

/// Opens a file for reading if it is this user's alone.
///
/// # Errors
/// [`PrivateFileError`]; [`FileProblem::Io`] with `NotFound` if there is none.
pub(crate) fn open(path: &Path) -> Result<File, PrivateFileError> {
    open_checked(path).map_err(|problem| PrivateFileError { path: path.to_owned(), problem })
}

/// Looks at a file without opening it. For files whose locks belong to the process: closing any handle of one drops them all (fcntl(2)).
///
/// # Errors
/// [`FileProblem`]; `Io` with `NotFound` if there is none.
#[cfg(feature = "sqlite")]
pub(crate) fn look(path: &Path) -> Result<(), FileProblem> {
    let found = fs::symlink_metadata(path).map_err(io)?;
    check_kind(&found)?;
    check_rights(&found)
}

/// Makes a new file that is this user's alone (mode 0600), open for writing. It never writes into one that is there, nor through a link.
///
/// # Errors
/// [`PrivateFileError`]; [`FileProblem::Io`] with `AlreadyExists` if there is one.
pub(crate) fn create(path: &Path) -> Result<File, PrivateFileError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let created = check_folder(path).and_then(|()| options.open(path).map_err(io));
    created.map_err(|problem| PrivateFileError { path: path.to_owned(), problem })
}

impl PrivateFileError {
    /// What is wrong.
    #[must_use]
    pub const fn problem(&self) -> FileProblem {
        self.problem
    }

    pub(super) fn io(path: &Path, error: &std::io::Error) -> Self {
        Self { path: path.to_owned(), problem: FileProblem::Io(error.kind()) }
    }
}

fn io(error: std::io::Error) -> FileProblem {
    FileProblem::Io(error.kind())
}

fn open_checked(path: &Path) -> Result<File, FileProblem> {
    check_folder(path)?;
    // Asked of the name before it is opened, because opening a pipe waits for its writer.
    let named = fs::symlink_metadata(path).map_err(io)?;
    check_kind(&named)?;
    let file = File::open(path).map_err(io)?;
    // Asked of the open file, not of the name: what was checked is what is read.
    let opened = file.metadata().map_err(io)?;
    check_kind(&opened)?;
    check_same(&named, &opened)?;
    check_rights(&opened)?;
    Ok(file)
}

fn check_kind(metadata: &Metadata) -> Result<(), FileProblem> {
    match metadata.file_type() {
        kind if kind.is_file() => Ok(()),
        kind if kind.is_symlink() => Err(FileProblem::Link),
        _ => Err(FileProblem::NotAFile),
    }
}

#[cfg(unix)]
fn check_same(named: &Metadata, opened: &Metadata) -> Result<(), FileProblem> {
    use std::os::unix::fs::MetadataExt;

    let is_same = (named.dev(), named.ino()) == (opened.dev(), opened.ino());
    if is_same { Ok(()) } else { Err(FileProblem::Replaced) }
}

#[cfg(not(unix))]
fn check_same(_: &Metadata, _: &Metadata) -> Result<(), FileProblem> {
    Ok(())
}

#[cfg(unix)]
fn check_rights(found: &Metadata) -> Result<(), FileProblem> {
    use std::os::unix::fs::MetadataExt;

    let (owner, process) = (found.uid(), effective_user().map_err(io)?);
    if owner != process {
        return Err(FileProblem::Owner { owner, process });
    }
    let mode = found.mode() & 0o7777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(FileProblem::Exposed { mode }) }
}

#[cfg(not(unix))]
fn check_rights(_: &Metadata) -> Result<(), FileProblem> {
    Ok(())
}

/// A new pipe belongs to the effective user of its process (POSIX.1-2017, `pipe`), which the standard library tells in no other way.
#[cfg(unix)]
fn effective_user() -> std::io::Result<u32> {
    let (reader, _writer) = std::io::pipe()?;
    let metadata = File::from(std::os::fd::OwnedFd::from(reader)).metadata()?;
    Ok(std::os::unix::fs::MetadataExt::uid(&metadata))
}

/// In a folder that everybody may write to, everybody may replace a file, unless the sticky bit leaves that to its owner.
#[cfg(unix)]
fn check_folder(path: &Path) -> Result<(), FileProblem> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let metadata = fs::metadata(folder).map_err(io)?;
    let mode = std::os::unix::fs::MetadataExt::mode(&metadata) & 0o7777;
    if mode & 0o1002 == 0o0002 { Err(FileProblem::OpenFolder { mode }) } else { Ok(()) }
}

#[cfg(not(unix))]
fn check_folder(_: &Path) -> Result<(), FileProblem> {
    Ok(())
}

impl fmt::Display for PrivateFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ", self.path.display())?;
        match self.problem {
            FileProblem::Io(kind) => write!(f, "cannot be used: {kind}"),
            FileProblem::Link => f.write_str("is a symbolic link; give the path of the file itself"),
            FileProblem::NotAFile => f.write_str("is not a file; give the path of a file, or of none"),
            FileProblem::Replaced => f.write_str("was replaced while it was opened; who else writes to its folder?"),
            FileProblem::Owner { owner, process } => {
                write!(
                    f,
                    "belongs to user {owner}, and this process is of user {process}; start it as the owner of the file"
                )
            }
            FileProblem::Exposed { mode } => {
                write!(f, "has mode {mode:04o}, so others can use it; make a new one, or `chmod 600` it if nobody did")
            }
            FileProblem::OpenFolder { mode } => {
                write!(f, "is in a folder of mode {mode:04o}, where everybody can replace it; `chmod o-w` the folder")
            }
        }
    }
}

impl Error for PrivateFileError {}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn file(&self) -> PathBuf {
            let path = self.path("file");
            create(&path).unwrap();
            path
        }

        fn set_mode(path: &Path, mode: u32) {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    }

    fn problem(path: &Path) -> FileProblem {
        open(path).unwrap_err().problem()
    }

    #[test]
    fn a_file_that_was_made_here_is_opened() {
        let folder = Folder::new();
        assert!(open(&folder.file()).is_ok());
        assert_eq!(fs::metadata(folder.path("file")).unwrap().mode() & 0o777, 0o600);
        Folder::set_mode(&folder.path("file"), 0o400);
        assert!(open(&folder.path("file")).is_ok());
    }

    #[test]
    fn a_link_is_not_followed_wherever_it_leads() {
        let folder = Folder::new();
        symlink(folder.file(), folder.path("link")).unwrap();
        symlink(folder.path("nothing"), folder.path("dangling")).unwrap();
        assert_eq!(problem(&folder.path("link")), FileProblem::Link);
        assert_eq!(problem(&folder.path("dangling")), FileProblem::Link);
        let made = create(&folder.path("dangling")).unwrap_err().problem();
        assert_eq!((made, folder.path("nothing").exists()), (FileProblem::Io(ErrorKind::AlreadyExists), false));
    }

    #[test]
    fn what_is_no_file_is_refused_without_waiting_for_it() {
        let folder = Folder::new();
        let made = std::process::Command::new("mkfifo").arg("-m600").arg(folder.path("pipe")).status().unwrap();
        assert!(made.success());
        let _listener = UnixListener::bind(folder.path("socket")).unwrap();
        for name in ["pipe", "socket", "."] {
            assert_eq!(problem(&folder.path(name)), FileProblem::NotAFile, "{name}");
        }
        assert_eq!(problem(Path::new("/dev/zero")), FileProblem::NotAFile);
    }

    #[test]
    fn the_file_of_another_user_is_refused() {
        let folder = Folder::new();
        let (path, process) = (folder.file(), effective_user().unwrap());
        assert_eq!(fs::metadata(&path).unwrap().uid(), process);
        // Only root can give a file away; others find one of root's that they can open, if there is one.
        match std::os::unix::fs::chown(&path, Some(1234), None) {
            Ok(()) => assert_eq!(problem(&path), FileProblem::Owner { owner: 1234, process }),
            Err(_) => assert_eq!(problem(Path::new("/etc/passwd")), FileProblem::Owner { owner: 0, process }),
        }
    }

    #[test]
    fn what_others_may_read_or_write_is_refused() {
        let folder = Folder::new();
        let path = folder.file();
        for mode in [0o640, 0o604, 0o620, 0o602, 0o644, 0o610, 0o1601] {
            Folder::set_mode(&path, mode);
            assert_eq!(problem(&path), FileProblem::Exposed { mode }, "{mode:o}");
        }
    }

    #[test]
    fn a_folder_in_which_everybody_may_replace_it_is_refused() {
        let folder = Folder::new();
        let path = folder.file();
        for (mode, open_to_all) in [(0o777, true), (0o702, true), (0o1777, false), (0o770, false), (0o700, false)] {
            Folder::set_mode(folder.0.path(), mode);
            let expected = if open_to_all { Err(FileProblem::OpenFolder { mode }) } else { Ok(()) };
            let outcome = |result: Result<File, PrivateFileError>| result.map(drop).map_err(|error| error.problem());
            assert_eq!(outcome(open(&path)), expected, "{mode:o}");
            assert_eq!(outcome(create(&folder.path(&format!("new {mode:o}")))), expected, "{mode:o}");
        }
    }

    #[test]
    fn an_error_names_path_and_remedy() {
        let folder = Folder::new();
        let path = folder.file();
        Folder::set_mode(&path, 0o644);
        let text = open(&path).unwrap_err().to_string();
        assert!(
            text.contains(&path.display().to_string()) && text.contains("0644") && text.contains("chmod 600"),
            "{text}"
        );
    }
}
