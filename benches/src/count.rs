//! Instructions of one call, counted by callgrind: this program runs itself under valgrind once per case, and only what
//! happens inside [`counted_region`] is counted. The same binary counts the same on every run.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a case looks like before it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// It has run before: lazy statics are made, the allocator has met these sizes.
    Warm,
    /// It runs for the first time in this process.
    Cold,
}

/// One thing to be counted.
pub(crate) struct Case {
    pub(crate) name: String,
    run: Box<dyn Fn(Start)>,
}

impl Case {
    pub(crate) fn new<T>(name: impl Into<String>, work: impl Fn() -> T + 'static) -> Self {
        let run = move |start| {
            if start == Start::Warm {
                (0..4).for_each(|_| drop(black_box(work())));
            }
            drop(counted_region(&work));
        };
        Self { name: name.into(), run: Box::new(run) }
    }

    /// Runs in this process: under valgrind, what [`instructions`] started.
    pub(crate) fn run(&self, start: Start) {
        (self.run)(start);
    }
}

/// Callgrind finds this function by its name; results are dropped outside of it.
#[inline(never)]
fn counted_region<T>(work: &impl Fn() -> T) -> T {
    black_box(work())
}

/// Where callgrind leaves the profile of a case.
pub(crate) fn profile(name: &str, start: Start) -> PathBuf {
    let file: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/callgrind").join(format!("{file}.{start:?}.out"))
}

/// Counts one call of the case `name`.
pub(crate) fn instructions(name: &str, start: Start) -> Result<u64, String> {
    let out = profile(name, start);
    std::fs::create_dir_all(out.with_file_name("")).map_err(|error| error.to_string())?;
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--collect-atstart=no", "--toggle-collect=*counted_region*"])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(program)
        .args(["--case", name, "--start", if start == Start::Warm { "warm" } else { "cold" }])
        .output()
        .map_err(|error| format!("valgrind does not run: {error}"))?;
    if !run.status.success() {
        return Err(format!("{name}: {}", String::from_utf8_lossy(&run.stderr)));
    }
    let text = std::fs::read_to_string(&out).map_err(|error| error.to_string())?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
    total
        .and_then(|total| total.trim().parse().ok())
        .filter(|total| *total > 0)
        .ok_or(format!("{name}: nothing counted"))
}

/// The functions of a case with most instructions, those of their callees included, as `callgrind_annotate` lists them;
/// without the frame around the case, which has all of them.
pub(crate) fn top_functions(name: &str, start: Start, lines: usize) -> Vec<String> {
    let annotate = ["--threshold=100", "--inclusive=yes"];
    let Ok(run) = Command::new("callgrind_annotate").args(annotate).arg(profile(name, start)).output() else {
        return vec!["`callgrind_annotate` is not installed".to_owned()];
    };
    let text = String::from_utf8_lossy(&run.stdout).into_owned();
    let is_inside = |line: &&str| share(line).is_some_and(|percent| percent < 95.0);
    text.lines().filter(is_inside).take(lines).map(shorten).collect()
}

/// The percentage of a line as `1,234 (56.78%)  function`.
fn share(line: &str) -> Option<f64> {
    line.split_once("%)")?.0.split_once('(')?.1.trim().parse().ok()
}

/// Without the path of the object file.
fn shorten(line: &str) -> String {
    let line = line.trim().replace("???:", "");
    line.split(" [/").next().unwrap_or_default().to_owned()
}
