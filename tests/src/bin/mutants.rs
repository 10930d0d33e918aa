//! Breaks one security check at a time and expects a red test each time: a suite that stays green over a broken check guards
//! nothing. Mutants are the files of `tests/mutants`: what it is, which file, which test, the old text, `====`, the new text.
//!
//! Works on a copy of the tree, and builds it in a directory of its own: cargo tells workspace members apart by their place in the
//! workspace, so that a shared directory would hand broken builds to the tree itself. Names as arguments choose mutants, and
//! `--sample 16 TEXT` takes some; without any, all run. `--jobs 2` before them works on two copies at a time: a build of a changed
//! crate and of what stands on it keeps one core busy.

use std::error::Error;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Mutants of one suite that a copy of the tree takes at once.
const AT_ONCE: usize = 6;

/// One breakage.
struct Mutant {
    name: String,
    what: String,
    file: PathBuf,
    test: Vec<String>,
    old: String,
    new: String,
}

/// What became of it.
#[derive(PartialEq)]
enum Outcome {
    /// A test went red.
    Caught,
    /// Every test stayed green.
    Survived,
    /// The broken code does not compile, so no test was asked.
    DoesNotCompile,
}

fn main() -> ExitCode {
    match run() {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("mutants: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Answers how many mutants were not caught.
fn run() -> Result<usize> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the tests crate has no parent folder")?;
    let all = read_all(&root.join("tests/mutants"))?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (jobs, arguments) = match arguments.as_slice() {
        [flag, count, rest @ ..] if flag == "--jobs" => (count.parse()?, rest),
        rest => (1, rest),
    };
    let workshops: Vec<Workshop> = (0..jobs).map(|number| Workshop::new(root, number)).collect::<Result<_>>()?;
    let workshop = workshops.first().ok_or("`--jobs` takes a number from 1 on")?;
    // Told before anything is built: the code has moved on from under a mutant.
    let stale: Vec<String> =
        all.iter().filter_map(|mutant| workshop.broken(mutant).err()).map(|error| error.to_string()).collect();
    if !stale.is_empty() {
        return Err(stale.join("\n").into());
    }

    let mut mutants = chosen(all, arguments)?;
    mutants.sort_by(|one, other| (&one.test, &one.name).cmp(&(&other.test, &other.name)));
    let of_a_suite = mutants.chunk_by(|one, other| one.test == other.test).flat_map(|suite| suite.chunks(AT_ONCE));
    let waiting = Mutex::new(of_a_suite.collect::<Vec<_>>());
    let missed = AtomicUsize::new(0);
    thread::scope(|scope| {
        let work = |workshop| work(workshop, &waiting, &missed);
        let workers: Vec<_> = workshops.iter().map(|workshop| scope.spawn(move || work(workshop))).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| "a worker panicked")?)
    })?;
    let missed = missed.into_inner();
    println!("mutants: {} caught, {missed} missed", mutants.len() - missed);
    Ok(missed)
}

/// Tries mutants until none waits.
fn work(workshop: &Workshop, waiting: &Mutex<Vec<&[Mutant]>>, missed: &AtomicUsize) -> Result<()> {
    // Not in the condition of the loop: the lock would be held while it runs.
    let next = || waiting.lock().map(|mut waiting| waiting.pop()).unwrap_or_default();
    while let Some(mutants) = next() {
        // A test that is red without a breakage would catch everything.
        if let Some(Mutant { test, .. }) = mutants.first()
            && !workshop.is_green(test)?
        {
            return Err(format!("`cargo test {}` is red before anything is broken", test.join(" ")).into());
        }
        for mutant in mutants {
            let outcome = workshop.try_out(mutant)?;
            let word = match outcome {
                Outcome::Caught => "caught",
                Outcome::Survived => "SURVIVED",
                Outcome::DoesNotCompile => "DOES NOT COMPILE",
            };
            println!("{word:<16} {:<28} {}", mutant.name, mutant.what);
            missed.fetch_add(usize::from(outcome != Outcome::Caught), Ordering::Relaxed);
        }
    }
    Ok(())
}

/// Those that the arguments name; all without any; `--sample 16 TEXT` takes sixteen, by the text, so that in time every mutant is
/// tried by who has not the hour that all take.
fn chosen(all: Vec<Mutant>, arguments: &[String]) -> Result<Vec<Mutant>> {
    if let [flag, count, seed] = arguments
        && flag == "--sample"
    {
        let place = |mutant: &Mutant| {
            let mut hasher = DefaultHasher::new();
            (seed, &mutant.name).hash(&mut hasher);
            hasher.finish()
        };
        let mut sample = all;
        sample.sort_by_key(place);
        sample.truncate(count.parse()?);
        return Ok(sample);
    }
    if let Some(unknown) = arguments.iter().find(|name| all.iter().all(|mutant| mutant.name != **name)) {
        return Err(format!("no mutant is called {unknown}: the names are those of the files in tests/mutants").into());
    }
    Ok(all.into_iter().filter(|mutant| arguments.is_empty() || arguments.contains(&mutant.name)).collect())
}

/// A copy of the tree in which things may be broken.
struct Workshop {
    tree: PathBuf,
    target: PathBuf,
}

impl Workshop {
    fn new(root: &Path, number: usize) -> Result<Self> {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let place = target.join(format!("mutants/{number}"));
        let (tree, target) = (place.join("tree"), place.join("build"));
        if tree.exists() {
            fs::remove_dir_all(&tree)?;
        }
        copy(root, &tree)?;
        Ok(Self { tree, target })
    }

    /// The file before and after the breakage.
    fn broken(&self, mutant: &Mutant) -> Result<(String, String)> {
        let path = self.tree.join(&mutant.file);
        let whole = fs::read_to_string(&path)?;
        let places = whole.matches(&mutant.old).count();
        if places != 1 {
            let file = mutant.file.display();
            return Err(format!("{}: the old text stands {places} times in {file}", mutant.name).into());
        }
        let broken = whole.replace(&mutant.old, &mutant.new);
        Ok((whole, broken))
    }

    fn try_out(&self, mutant: &Mutant) -> Result<Outcome> {
        let path = self.tree.join(&mutant.file);
        let (whole, broken) = self.broken(mutant)?;
        fs::write(&path, broken)?;
        let outcome = if !self.cargo(&mutant.test, &["--no-run"])? {
            Outcome::DoesNotCompile
        } else if self.is_green(&mutant.test)? {
            Outcome::Survived
        } else {
            Outcome::Caught
        };
        fs::write(&path, whole)?;
        Ok(outcome)
    }

    fn is_green(&self, test: &[String]) -> Result<bool> {
        self.cargo(test, &[])
    }

    fn cargo(&self, test: &[String], more: &[&str]) -> Result<bool> {
        let status = Command::new(env!("CARGO"))
            .args(["test", "--quiet"])
            .args(more)
            .args(test)
            .current_dir(&self.tree)
            .env("CARGO_TARGET_DIR", &self.target)
            // Each breakage changes one file, and its mending changes it back.
            .env("CARGO_INCREMENTAL", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        Ok(status.success())
    }
}

/// Copies what belongs to the project; build directories and hidden files stay behind.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == "target" || name.to_string_lossy().starts_with('.') {
            continue;
        }
        let (from, to) = (entry.path(), to.join(&name));
        if entry.file_type()?.is_dir() {
            copy(&from, &to)?;
        } else {
            fs::copy(&from, &to)?;
        }
    }
    Ok(())
}

fn read_all(folder: &Path) -> Result<Vec<Mutant>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "mutant"));
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Result<Mutant> {
    let text = fs::read_to_string(path)?;
    let wrong = |what: &str| format!("{}: {what}", path.display());
    let (head, body) = text.split_once("----\n").ok_or_else(|| wrong("no line `----`"))?;
    let (old, new) = body.split_once("====\n").ok_or_else(|| wrong("no line `====`"))?;
    let key = |key: &str| {
        let value = head.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
        value.map(str::to_owned).ok_or_else(|| wrong(&format!("no line `{key}: …`")))
    };
    Ok(Mutant {
        name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        what: key("what")?,
        file: key("file")?.into(),
        test: key("test")?.split_whitespace().map(str::to_owned).collect(),
        // A part of a line is enough.
        old: old.strip_suffix('\n').unwrap_or(old).to_owned(),
        new: new.strip_suffix('\n').unwrap_or(new).to_owned(),
    })
}
