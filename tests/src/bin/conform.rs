//! Runs a corpus of JSON lines against the library: `conform SUITE < cases.jsonl > answers.jsonl`. One answer a line, in order;
//! a line that cannot be read is answered by `{"error":"…"}`.

use std::io::{BufRead, Write};
use std::process::ExitCode;

use secure_forms_tests::suite;
use serde_json::{Value, json};

fn main() -> ExitCode {
    let Some(answer) = std::env::args().nth(1).as_deref().and_then(suite) else {
        eprintln!(
            "usage: conform SUITE < cases.jsonl; suites: {}",
            secure_forms_tests::SUITES.map(|(name, _)| name).join(" ")
        );
        return ExitCode::FAILURE;
    };
    match run(answer) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("conform: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(answer: fn(&Value) -> Value) -> std::io::Result<()> {
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::BufWriter::new(std::io::stdout().lock()));
    let mut line = Vec::new();
    loop {
        line.clear();
        // By bytes: a line that is not UTF-8 is one bad line and not the end.
        if input.read_until(b'\n', &mut line)? == 0 {
            return output.flush();
        }
        let case: Result<Value, _> = serde_json::from_slice(&line);
        let answer = case.map_or_else(|error| json!({ "error": error.to_string() }), |case| answer(&case));
        writeln!(output, "{answer}")?;
    }
}
