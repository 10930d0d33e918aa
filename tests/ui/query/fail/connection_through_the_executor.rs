// What an executor runs on has no method for others.
use secure_forms::query::{Access, Executor};

fn run<E: Executor>(on: E) {
    on.run(Access::Write, |connection| connection.driver().execute_batch("DROP TABLE users"));
}

fn main() {}
