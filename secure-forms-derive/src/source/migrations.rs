//! `[package.metadata.secure-forms]` of the user's `Cargo.toml` and the migration files it names → [`Project`]. Read once per process and
//! again when a file has changed, since an editor keeps the process for hours.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use secure_forms_sql::Dialect;
use sha2::{Digest, Sha256};

use crate::diagnostic::Message;
use crate::model::schema::{Migration, OVERRIDE, Project};

/// The project of the crate that is compiled.
pub(crate) fn project() -> Result<Arc<Project>, Message> {
    static CACHE: Mutex<Option<Cache>> = Mutex::new(None);
    let manifest = manifest()?;
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    let cache = cache.get_or_insert_with(Cache::new);
    if let Some((stamp, project)) = cache.get(&manifest)
        && *stamp == Stamp::of(project)
    {
        return Ok(Arc::clone(project));
    }
    let project = Arc::new(read(manifest.clone())?);
    cache.insert(manifest, (Stamp::of(&project), Arc::clone(&project)));
    Ok(project)
}

/// What was read, by manifest.
type Cache = HashMap<PathBuf, (Stamp, Arc<Project>)>;

/// When the files were changed last; the folder tells of files that came or went.
#[derive(PartialEq, Eq)]
struct Stamp(Vec<Option<SystemTime>>);

impl Stamp {
    fn of(project: &Project) -> Self {
        let folder = project.migrations.first().and_then(|migration| migration.path.parent());
        let files = project.migrations.iter().map(|migration| migration.path.as_path());
        let paths = files.chain(folder).chain([project.manifest.as_path()]);
        Self(paths.map(|path| fs::metadata(path).and_then(|data| data.modified()).ok()).collect())
    }
}

fn manifest() -> Result<PathBuf, Message> {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let package = package.ok_or_else(|| Message::new("`CARGO_MANIFEST_DIR` is not set").help("build with Cargo"))?;
    Ok(match std::env::var_os(OVERRIDE) {
        Some(named) => package.join(named),
        None => package.join("Cargo.toml"),
    })
}

const EXAMPLE: &str =
    "[package.metadata.secure-forms]\n      dialects = [\"sqlite\"]\n      migrations = \"migrations\"";

pub(crate) fn read(manifest: PathBuf) -> Result<Project, Message> {
    let text =
        fs::read_to_string(&manifest).map_err(|error| Message::new(format!("`{}`: {error}", manifest.display())))?;
    let folder = configured(&text)?;
    let folder = manifest.parent().unwrap_or(Path::new(".")).join(folder);
    // A folder per dialect, where they differ.
    let own = folder.join(Dialect::Sqlite.to_string());
    let folder = if own.is_dir() { own } else { folder };
    let migrations = migrations(&folder)?;
    let hash = hash(&migrations);
    Ok(Project { manifest, dialect: Dialect::Sqlite, migrations, hash })
}

/// The folder that the manifest names.
fn configured(text: &str) -> Result<String, Message> {
    let wrong = |what: &str| Message::new(what).help(format!("write in Cargo.toml:\n      {EXAMPLE}"));
    let table: toml::Table = text.parse().map_err(|_| wrong("Cargo.toml cannot be read"))?;
    let settings =
        table.get("package").and_then(|package| package.get("metadata")).and_then(|all| all.get("secure-forms"));
    let settings =
        settings.and_then(toml::Value::as_table).ok_or_else(|| wrong("Cargo.toml does not name the migrations"))?;
    if let Some(key) = settings.keys().find(|key| !matches!(key.as_str(), "dialects" | "migrations")) {
        return Err(wrong(&format!("unknown key `{key}` in `[package.metadata.secure-forms]`")));
    }
    let dialects = settings.get("dialects").and_then(toml::Value::as_array);
    let dialects: Option<Vec<&str>> = dialects.and_then(|names| names.iter().map(toml::Value::as_str).collect());
    if dialects.as_deref() != Some(&["sqlite"]) {
        return Err(wrong("`dialects` of `[package.metadata.secure-forms]` must be `[\"sqlite\"]` so far"));
    }
    let folder = settings.get("migrations").and_then(toml::Value::as_str);
    folder.map(str::to_owned).ok_or_else(|| wrong("`migrations` of `[package.metadata.secure-forms]` names no folder"))
}

fn migrations(folder: &Path) -> Result<Vec<Migration>, Message> {
    let failed = |path: &Path, error: &std::io::Error| {
        Message::new(format!("`{}`: {error}", path.display()))
            .help("`migrations` names the folder, seen from Cargo.toml")
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| failed(folder, &error))? {
        let path = entry.map_err(|error| failed(folder, &error))?.path();
        if path.extension().is_none_or(|extension| extension != "sql") {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| failed(&path, &error))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.push(Migration { name, path, text });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    if found.is_empty() {
        return Err(Message::new(format!("`{}` holds no `.sql` file", folder.display())).help("add `0001_first.sql`"));
    }
    Ok(found)
}

/// Every statement carries this number, and a database refuses statements of another schema.
fn hash(migrations: &[Migration]) -> u64 {
    let mut digest = Sha256::new();
    for Migration { name, text, .. } in migrations {
        let text = text.replace("\r\n", "\n");
        for part in [name, &text] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
    }
    digest.finalize().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_read_from_the_manifest() {
        let text = "[package]\nname = 'a'\n[package.metadata.secure-forms]\ndialects = ['sqlite']\nmigrations = 'sql'";
        assert_eq!(configured(text).ok().as_deref(), Some("sql"));
    }

    #[test]
    fn a_header_inside_of_a_text_is_no_header() {
        let text = "[package]\ndescription = '''\n[package.metadata.secure-forms]\ndialects = ['sqlite']\nmigrations = 'sql'\n'''";
        assert!(configured(text).is_err());
    }
}
