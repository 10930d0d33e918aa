//! Prints what secure-forms costs beside its peers, and writes it to `BENCHMARKS.md`.
//!
//! `cargo run --release --manifest-path benches/Cargo.toml` counts everything; `-- --only form` prints one section and
//! writes nothing. Needs valgrind. Nothing is asserted but that all sides give the same results.

mod build_cost;
mod count;
mod form;
mod headers;
mod patterns;
mod query;
mod redirect;
mod table;
mod weight;

use std::ffi::{OsStr, OsString};
use std::process::{Command, ExitCode};

use count::{Case, Start};
use table::{Line, Row, Target};

fn main() -> ExitCode {
    if let Some(notes) = std::env::var_os(weight::NOTES) {
        return as_wrapper(&notes);
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["--case", name, "--start", start] => run_case(name, if start == "cold" { Start::Cold } else { Start::Warm }),
        ["--only", section] => report(Some(section)).map(|text| println!("{text}")),
        [] => report(None).and_then(|text| {
            println!("{text}");
            let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../BENCHMARKS.md");
            std::fs::write(file, text).map_err(|error| error.to_string())
        }),
        _ => Err(
            "usage: secure-forms-benches [--only form|pattern|first-use|redirect|headers|query|build|statement|weight]"
                .to_owned(),
        ),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// As cargo's wrapper around rustc: [`weight`].
fn as_wrapper(notes: &OsStr) -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    weight::wrap(notes, &arguments).map_or(ExitCode::FAILURE, |code| ExitCode::from(u8::try_from(code).unwrap_or(1)))
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    form::cases(&mut cases);
    patterns::cases(&mut cases);
    redirect::cases(&mut cases);
    headers::cases(&mut cases);
    query::cases(&mut cases);
    cases
}

fn run_case(name: &str, start: Start) -> Result<(), String> {
    let cases = cases();
    let case = cases.iter().find(|case| case.name == name).ok_or_else(|| format!("no case {name:?}"))?;
    warm_allocator();
    case.run(start);
    Ok(())
}

/// The first block of a size costs the allocator more than the next ones; a first use is not to be charged with it.
fn warm_allocator() {
    for size in 1..=256 {
        let blocks: Vec<Vec<u8>> = (0..8).map(|_| Vec::with_capacity(size * 8)).collect();
        drop(std::hint::black_box(blocks));
    }
}

fn report(only: Option<&str>) -> Result<String, String> {
    form::assert_agreement();
    patterns::assert_agreement();
    redirect::assert_agreement();
    headers::assert_agreement();
    query::assert_agreement();
    let wanted = |section| only.is_none_or(|only| only == section);
    let mut text = introduction()?;
    if wanted("form") {
        section(&mut text, "Body to validated struct", FORM, &measure(form::rows())?);
    }
    if wanted("pattern") {
        let mut lines = measure(patterns::rows())?;
        lines.push(table::geometric_mean(&lines, Target::AtMost(0.55)));
        section(&mut text, "Patterns", PATTERN, &lines);
    }
    if wanted("first-use") {
        let rows = form::first_use_rows().into_iter().chain([patterns::first_use_row()]).collect();
        section(&mut text, "First use", FIRST_USE, &measure(rows)?);
    }
    if wanted("redirect") {
        section(&mut text, "Redirect check", REDIRECT, &measure(redirect::rows())?);
    }
    if wanted("headers") {
        section(&mut text, "Ten headers", HEADERS, &measure(headers::rows())?);
    }
    if wanted("query") {
        section(&mut text, "Joining optional parts", QUERY, &query::lines()?);
    }
    if wanted("build") {
        section(&mut text, "Build", BUILD, &build_cost::lines()?);
    }
    if wanted("statement") {
        section(&mut text, "A large statement", STATEMENT, &[build_cost::statement_line()?]);
    }
    if wanted("weight") {
        section(&mut text, "Weight", WEIGHT, &weight::lines()?);
    }
    Ok(text)
}

fn measure(rows: Vec<Row>) -> Result<Vec<Line>, String> {
    rows.iter().map(Row::measure).collect()
}

fn section(text: &mut String, title: &str, words: &str, lines: &[Line]) {
    text.push_str(&format!("\n## {title}\n\n{words}\n\n{}", table::markdown(lines)));
}

fn introduction() -> Result<String, String> {
    Ok(format!(
        "# Benchmarks\n\n\
         Made by `cargo run --release --manifest-path benches/Cargo.toml`, which first asserts that all sides give the same \
         results, and writes this file. Instructions of one call as callgrind counts them ({}, {}), after four calls that are \
         not counted; dropping the result is not counted. Ratios are ours divided by theirs. The figures are printed, never \
         asserted.\n",
        version("rustc")?,
        version("valgrind")?
    ))
}

fn version(program: &str) -> Result<String, String> {
    let run = Command::new(program).arg("--version").output().map_err(|error| format!("{program}: {error}"))?;
    Ok(String::from_utf8_lossy(&run.stdout).split(" (").next().unwrap_or_default().trim().to_owned())
}

const FORM: &str = "The form, the body and the answers of `benches/form.json`. Ours copies the body first, as an extractor \
                    owns it; the others borrow it. The hand-written version answers as ours on some 100 other bodies too, to \
                    the kind of each problem. “Two errors” is the same body with a wrong age and a wrong address.";
const PATTERN: &str = "Whole match of 4 or 5 short texts, good and bad, by the tables that the macros emit; `regex` is built \
                       before it is counted.";
const FIRST_USE: &str = "What the first call in a process costs beyond the next one.";
const REDIRECT: &str =
    "Join to the origin, compare the origins, emit path, query and fragment; the origin is parsed before.";
const HEADERS: &str = "What a layer adds to a handler whose response has two headers of its own: the handler alone is \
                       subtracted from both sides.";
const BUILD: &str = "Processor time (user and system) of `cargo build` for a crate of 500 forms and a function for each that gives the validated form or its problems, as the library gives them, \
                     dependencies built before, without incremental compilation; the median of five builds, the sides in turns.";
const QUERY: &str = "Making the text of a statement of 40 optional parts, less what copying the same pieces costs, by the number of parts.";
const STATEMENT: &str = "Processor time of a debug build of `tests/ui/query/pass/forty_filters.rs` less that of the same program without \
                         its statement; macros and SQLite are debug builds too. The median of five, in turns.";
const WEIGHT: &str = "Processor time (user and system) of a debug build from nothing of a crate that derives one form with default features, \
                      and of one with the same rules of garde: what rustc took for each package, its build script included, and how \
                      many packages there are. What build scripts do when they run is not in it.";
