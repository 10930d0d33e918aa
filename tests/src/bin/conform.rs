//! Runs a corpus of JSON lines against the library: `conform SUITE < cases.jsonl > answers.jsonl`.
fn main() {}
