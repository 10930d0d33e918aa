//! What rustc spends on 500 forms of six fields: two crates are written, their dependencies built, and then the crate
//! alone is built again and again in a debug build. Processor time of cargo and all it starts; the median of the runs.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::table::{Line, Target, Unit};

const STRUCTS: usize = 500;
const RUNS: usize = 5;

/// Seen by leaving parts out, one at a time.
const WHY: &str = "Left out one at a time (the parts overlap), of 3.1 s: the expansion's `bind` 0.9 s, its check and its code, because each \
                   field's value must be cleaned up if a later one fails; the const table 0.9 s, which rustc checks and \
                   evaluates; the function that reads each form 0.8 s, with the copies of `Submission::bind` and of every drop that it \
                   calls for; `texts` 0.2 s. The macro itself is 0.4 s of the whole. Since that was \
                   measured, each form also has the names of its fields as constants.";

struct Side {
    name: &'static str,
    /// The manifest from its dependencies on.
    dependencies: &'static str,
    head: fn() -> String,
    item: fn(usize) -> String,
}

const OURS: Side = Side {
    name: "ours",
    dependencies: "secure-forms = { path = \"REPOSITORY/secure-forms\", features = [\"web\"] }\nuuid = \"1\"\n",
    head: || "use secure_forms::{Form, Rejected, Valid, guard::Submission};\n".to_owned(),
    item: |at| {
        format!(
            r#"
#[derive(Form)]
pub struct Form{at} {{
    #[field(length(3..=32, unit = chars), pattern("[A-Za-z][A-Za-z0-9_.]*"))]
    pub username: String,
    #[field(length(3..=254, unit = chars), email)]
    pub email: String,
    #[field(length(1..=64, unit = chars))]
    pub name: String,
    #[field(range(18..=120))]
    pub age: u8,
    pub id: uuid::Uuid,
    #[field(length(..={at}, unit = chars))]
    pub bio: String,
}}
pub fn read{at}(body: &[u8]) -> Result<Valid<Form{at}>, Rejected<Form{at}>> {{
    Submission::dangerously_without_request(body.to_vec(), "a benchmark has no request").bind()
}}
"#
        )
    },
};

const PEER: Side = Side {
    name: "peer",
    dependencies: "garde = { version = \"0.23\", default-features = false, features = [\"derive\", \"email\", \"regex\"] }\n\
                   serde = { version = \"1\", features = [\"derive\"] }\nserde_html_form = \"0.4\"\n\
                   uuid = { version = \"1\", features = [\"serde\"] }\n",
    head: || {
        "use garde::Validate;\nuse serde::Deserialize;\n\n\
         pub enum Rejected {\n    Body(serde_html_form::de::Error),\n    Rules(garde::Report),\n}\n"
            .to_owned()
    },
    item: |at| {
        format!(
            r#"
#[derive(Deserialize, Validate)]
pub struct Form{at} {{
    #[garde(length(chars, min = 3, max = 32), pattern("^[A-Za-z][A-Za-z0-9_.]*$"))]
    pub username: String,
    #[garde(length(chars, min = 3, max = 254), email)]
    pub email: String,
    #[garde(length(chars, min = 1, max = 64))]
    pub name: String,
    #[garde(range(min = 18, max = 120))]
    pub age: u8,
    #[garde(skip)]
    pub id: uuid::Uuid,
    #[garde(length(chars, max = {at}))]
    pub bio: String,
}}
pub fn read{at}(body: &[u8]) -> Result<Form{at}, Rejected> {{
    let form: Form{at} = serde_html_form::from_bytes(body).map_err(Rejected::Body)?;
    form.validate().map_err(Rejected::Rules)?;
    Ok(form)
}}
"#
        )
    },
};

const BARE: Side = Side {
    name: "bare",
    dependencies: "uuid = \"1\"\n",
    head: String::new,
    item: |at| {
        format!(
            "pub struct Form{at} {{\n    pub username: String,\n    pub email: String,\n    pub name: String,\n    pub age: u8,\n    \
             pub id: uuid::Uuid,\n    pub bio: String,\n}}\n"
        )
    },
};

/// The program of forty optional filters, which must compile in any case.
const FORTY_SOURCE: &str = include_str!("../../tests/ui/query/pass/forty_filters.rs");

const FORTY: Side = Side {
    name: "forty-filters",
    dependencies: FORTY_MANIFEST,
    head: || FORTY_SOURCE.to_owned(),
    item: |_| String::new(),
};

const NO_FILTERS: Side = Side {
    name: "no-filters",
    dependencies: FORTY_MANIFEST,
    head: || {
        let (before, statement) = FORTY_SOURCE.split_once("    let found = query!(").unwrap_or_default();
        let (_, after) = statement.split_once("Ok(found.all(db).await?.len())").unwrap_or_default();
        format!("{before}    let _ = (db, search);\n    Ok(0){after}")
    },
    item: |_| String::new(),
};

const FORTY_MANIFEST: &str = "secure-forms = { path = \"REPOSITORY/secure-forms\", features = [\"sqlite\"] }\n\n\
                              [package.metadata.secure-forms]\ndialects = [\"sqlite\"]\n\
                              migrations = \"../../../../tests/schema/migrations\"\n";

/// What a statement costs to check and to compile: the program with it less the program without it, macros and SQLite as a debug build
/// makes them.
pub(crate) fn statement_line() -> Result<Line, String> {
    let [with, without] = cpu_seconds([&FORTY, &NO_FILTERS])?;
    let name = "build, a statement of 40 optional filters";
    Ok(Line::alone(name, with - without, Unit::CpuSeconds, Target::Most(2.0)))
}

/// Builds all sides; the structs without any derive show what no library can save.
pub(crate) fn lines() -> Result<Vec<Line>, String> {
    let [ours, peer, bare] = cpu_seconds([&OURS, &PEER, &BARE])?;
    let line = |theirs_name: &str, theirs, target| Line {
        ours_name: format!("build, {STRUCTS} structs × 6 fields: secure-forms"),
        theirs_name: theirs_name.to_owned(),
        ours,
        theirs,
        unit: Unit::CpuSeconds,
        target,
        why: WHY,
        profile: Vec::new(),
    };
    let mut lines = vec![
        line("serde_html_form + garde", peer, Target::AtMost(0.25)),
        line("the structs without any derive", bare, Target::None),
    ];
    if lines[0].is_missed() {
        lines[0].profile = passes(&folder(&OURS))?;
    }
    Ok(lines)
}

/// The median of each side. The sides take turns, so that a machine that slows down slows all of them.
fn cpu_seconds<const N: usize>(sides: [&Side; N]) -> Result<[f64; N], String> {
    let mut runs = [const { Vec::new() }; N];
    for side in sides {
        write(side).map_err(|error| error.to_string())?;
        build(&folder(side))?;
    }
    for _ in 0..RUNS {
        for (side, runs) in sides.iter().zip(&mut runs) {
            touch(&folder(side))?;
            let before = children_cpu_seconds()?;
            build(&folder(side))?;
            runs.push(children_cpu_seconds()? - before);
        }
    }
    Ok(runs.map(|mut runs| {
        runs.sort_by(f64::total_cmp);
        runs[RUNS / 2]
    }))
}

/// A new time stamp is a change to cargo.
fn touch(folder: &Path) -> Result<(), String> {
    let source = folder.join("src/lib.rs");
    std::fs::read(&source).and_then(|text| std::fs::write(&source, text)).map_err(|error| error.to_string())
}

fn folder(side: &Side) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/build-cost").join(side.name)
}

fn write(side: &Side) -> std::io::Result<()> {
    let (benches, folder) = (Path::new(env!("CARGO_MANIFEST_DIR")), folder(side));
    std::fs::create_dir_all(folder.join("src"))?;
    let repository = benches.join("..").display().to_string();
    let manifest = format!(
        "[package]\nname = \"build-cost-{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{}",
        side.name,
        side.dependencies.replace("REPOSITORY", &repository)
    );
    std::fs::write(folder.join("Cargo.toml"), manifest)?;
    // The versions that the instruction counts are made with.
    std::fs::copy(benches.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let mut source = (side.head)();
    (1..=STRUCTS).for_each(|at| {
        let _ = source.write_str(&(side.item)(at));
    });
    std::fs::write(folder.join("src/lib.rs"), source)
}

/// A plain debug build, from nothing but the dependencies.
fn build(folder: &Path) -> Result<(), String> {
    run(Command::new(env!("CARGO")).args(["build", "--quiet"]), folder, "target").map(drop)
}

/// What the passes of rustc take that take the most, as rustc itself tells with an option that is not stable.
fn passes(folder: &Path) -> Result<Vec<String>, String> {
    let timed = || {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["rustc", "--quiet", "--", "-Ztime-passes"]).env("RUSTC_BOOTSTRAP", "1");
        // Dependencies ask for that variable: what they make of it is no part of the other builds.
        run(&mut cargo, folder, "target-timed")
    };
    timed()?;
    touch(folder)?;
    let told = timed()?;
    let mut passes: Vec<(f64, &str)> = told.lines().filter_map(pass).collect();
    passes.sort_by(|a, b| b.0.total_cmp(&a.0));
    Ok(passes.iter().take(14).map(|(seconds, name)| format!("{seconds:.2} s  {name}")).collect())
}

/// `time:   0.491; rss:   53MB ->  152MB ( +100MB)\texpand_crate`
fn pass(line: &str) -> Option<(f64, &str)> {
    let (seconds, rest) = line.strip_prefix("time:")?.split_once(';')?;
    Some((seconds.trim().parse().ok()?, rest.rsplit('\t').next()?))
}

/// Runs cargo in `folder`; what it said of its builds.
pub(crate) fn run(cargo: &mut Command, folder: &Path, target: &str) -> Result<String, String> {
    cargo.current_dir(folder).env("CARGO_TARGET_DIR", folder.with_file_name(target)).env("CARGO_INCREMENTAL", "0");
    let run = cargo.output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    if run.status.success() { Ok(said + &String::from_utf8_lossy(&run.stdout)) } else { Err(said) }
}

/// User and system time of the children that have ended: fields 16 and 17 of proc(5) `stat`, in hundredths of a second.
pub(crate) fn children_cpu_seconds() -> Result<f64, String> {
    let stat = std::fs::read_to_string("/proc/self/stat").map_err(|error| error.to_string())?;
    // The second field is a name in parentheses that may hold spaces.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at - 3).and_then(|field| field.parse::<u64>().ok()).ok_or("no time in stat");
    Ok((ticks(16)? + ticks(17)?) as f64 / 100.0)
}
