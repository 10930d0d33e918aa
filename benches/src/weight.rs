//! What a library weighs: the processor time of a debug build from nothing of a crate that derives one form, crate by crate. cargo is told
//! to call this program in place of rustc ([`Command`] with `RUSTC_WRAPPER`); it runs rustc as its child and notes what that cost.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build_cost::{children_cpu_seconds, run};
use crate::table::{Line, Target, Unit};

/// Names the file of notes; where it is set, this program is the wrapper.
pub(crate) const NOTES: &str = "SECURE_FORMS_BENCHES_NOTES";

struct Side {
    name: &'static str,
    dependencies: &'static str,
    source: &'static str,
}

const OURS: Side = Side {
    name: "weight-ours",
    dependencies: "secure-forms = { path = \"REPOSITORY/secure-forms\" }\nuuid = \"1\"\n",
    source: r#"
#[derive(secure_forms::Form)]
pub struct Person {
    #[field(length(3..=32, unit = chars), pattern("[A-Za-z][A-Za-z0-9_.]*"))]
    pub username: String,
    #[field(length(3..=254, unit = chars), email)]
    pub email: String,
    #[field(range(18..=120))]
    pub age: u8,
    pub id: uuid::Uuid,
}
"#,
};

const PEER: Side = Side {
    name: "weight-peer",
    dependencies: "garde = { version = \"0.23\", default-features = false, features = [\"derive\", \"email\", \"regex\"] }\nuuid = \"1\"\n",
    source: r#"
#[derive(garde::Validate)]
pub struct Person {
    #[garde(length(chars, min = 3, max = 32), pattern("^[A-Za-z][A-Za-z0-9_.]*$"))]
    pub username: String,
    #[garde(length(chars, min = 3, max = 254), email)]
    pub email: String,
    #[garde(range(min = 18, max = 120))]
    pub age: u8,
    #[garde(skip)]
    pub id: uuid::Uuid,
}
"#,
};

/// By package: its library, its macros, its build script.
type Seconds = BTreeMap<String, f64>;

const WHY: &str = "Ours brings its own compiler of patterns, its tables of Unicode and the macros' key tables; see the rows of its crates.";

/// The two sums, the two numbers of crates, and a line for every crate of either side, the heaviest first.
pub(crate) fn lines() -> Result<Vec<Line>, String> {
    let (ours, theirs) = (seconds(&OURS)?, seconds(&PEER)?);
    let pair = |what: &str, ours, theirs, unit, target| Line {
        theirs_name: format!("{what}: garde, uuid"),
        theirs,
        why: WHY,
        ..Line::alone(&format!("{what}: secure-forms"), ours, unit, target)
    };
    let sum = |seconds: &Seconds| seconds.values().sum();
    // The crate that is built stands on neither side.
    let count = |seconds: &Seconds| seconds.keys().filter(|name| !name.starts_with("weight-")).count() as f64;
    let mut lines = vec![
        pair("weight", sum(&ours), sum(&theirs), Unit::CpuSeconds, Target::AtMost(1.6)),
        pair("crates", count(&ours), count(&theirs), Unit::Crates, Target::Most(26.0)),
    ];
    let names: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
    let mut each: Vec<Line> = names.into_iter().map(|name| line(name, ours.get(name), theirs.get(name))).collect();
    each.sort_by(|a, b| b.ours.max(b.theirs).total_cmp(&a.ours.max(a.theirs)));
    lines.extend(each);
    Ok(lines)
}

fn line(name: &str, ours: Option<&f64>, theirs: Option<&f64>) -> Line {
    let named = |side: Option<&f64>| side.map(|_| name.to_owned()).unwrap_or_default();
    Line {
        ours_name: named(ours),
        theirs_name: named(theirs),
        theirs: theirs.copied().unwrap_or_default(),
        ..Line::alone(name, ours.copied().unwrap_or_default(), Unit::CpuSeconds, Target::None)
    }
}

/// Builds a side from nothing, and adds up what was noted.
fn seconds(side: &Side) -> Result<Seconds, String> {
    let folder = write(side).map_err(|error| error.to_string())?;
    let notes = folder.join("notes");
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet"]).env("RUSTC_WRAPPER", program).env(NOTES, &notes);
    run(&mut cargo, &folder, &format!("target-{}", side.name))?;
    let text = std::fs::read_to_string(notes).map_err(|error| error.to_string())?;
    let mut sums = Seconds::new();
    for (package, seconds) in text.lines().filter_map(|line| line.split_once(' ')) {
        *sums.entry(package.to_owned()).or_default() += seconds.parse::<f64>().unwrap_or_default();
    }
    Ok(sums)
}

/// The crate, and no trace of an earlier build.
fn write(side: &Side) -> std::io::Result<PathBuf> {
    let benches = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = benches.join("target/build-cost").join(side.name);
    for old in [folder.clone(), folder.with_file_name(format!("target-{}", side.name))] {
        if old.exists() {
            std::fs::remove_dir_all(old)?;
        }
    }
    std::fs::create_dir_all(folder.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{}",
        side.name,
        side.dependencies.replace("REPOSITORY", &benches.join("..").display().to_string())
    );
    std::fs::write(folder.join("Cargo.toml"), manifest)?;
    std::fs::copy(benches.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    std::fs::write(folder.join("src/lib.rs"), side.source)?;
    Ok(folder)
}

/// Runs rustc, whose path and arguments cargo gives, and notes the package and the seconds; its exit code.
pub(crate) fn wrap(notes: &OsStr, arguments: &[OsString]) -> Result<i32, String> {
    let [rustc, arguments @ ..] = arguments else { return Err("no rustc to run".to_owned()) };
    let status = Command::new(rustc).args(arguments).status().map_err(|error| error.to_string())?;
    // cargo also asks rustc for its version, for no package.
    if let Ok(package) = std::env::var("CARGO_PKG_NAME") {
        let note = format!("{package} {:.2}\n", children_cpu_seconds()?);
        let file = OpenOptions::new().create(true).append(true).open(notes);
        file.and_then(|mut file| file.write_all(note.as_bytes())).map_err(|error| error.to_string())?;
    }
    Ok(status.code().unwrap_or(1))
}
