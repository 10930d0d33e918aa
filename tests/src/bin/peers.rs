//! Says for each crate of `tests/peers` whether cargo finds versions of it and of this library that stand beside each other: all that use SQLite share one
//! `libsqlite3-sys` (`links = "sqlite3"`). Asks the registry, so it has a command of its own: `cargo run -p secure-forms-tests --bin peers`.

use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::{env, fs};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<ExitCode> {
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
    let mut manifests: Vec<_> =
        fs::read_dir(peers)?.map(|entry| Ok(entry?.path().join("Cargo.toml"))).collect::<Result<_>>()?;
    manifests.retain(|manifest| manifest.is_file());
    manifests.sort();
    let mut surprises = 0;
    for manifest in manifests {
        let name = manifest.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        let expected = !fs::read_to_string(&manifest)?.contains("\nresolves = false\n");
        let found = resolve(&manifest)?;
        match &found {
            Ok(versions) => println!("{name:<30} resolves: {versions}"),
            Err(why) => println!("{name:<30} does not: {why}"),
        }
        if found.is_ok() != expected {
            println!("{name:<30} is expected to {}", if expected { "resolve" } else { "fail" });
            surprises += 1;
        }
    }
    Ok(if surprises == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The versions that SQLite's crates get, or why there are none.
fn resolve(manifest: &Path) -> Result<std::result::Result<String, String>> {
    let lock = manifest.with_file_name("Cargo.lock");
    // A lock of an earlier run would be kept where it still fits.
    if lock.exists() {
        fs::remove_file(&lock)?;
    }
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let asked = Command::new(cargo).args(["generate-lockfile", "--quiet", "--manifest-path"]).arg(manifest).output()?;
    if !asked.status.success() {
        return Ok(Err(reason(&String::from_utf8_lossy(&asked.stderr))));
    }
    let lock = fs::read_to_string(lock)?;
    Ok(Ok(["rusqlite", "libsqlite3-sys"].map(|name| format!("{name} {}", version(&lock, name))).join(", ")))
}

/// The lines of cargo's message that name versions.
fn reason(message: &str) -> String {
    let named = |line: &&str| line.contains("versions that meet") || line.contains("libsqlite3-sys v");
    message.lines().filter(named).map(str::trim).collect::<Vec<_>>().join("; ")
}

fn version<'l>(lock: &'l str, name: &str) -> &'l str {
    let block = lock.split(&format!("name = \"{name}\"\nversion = \"")).nth(1);
    block.and_then(|rest| rest.split('"').next()).unwrap_or("?")
}
