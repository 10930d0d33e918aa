// What an executor runs is a call, which nobody else can make.
use secure_forms::query::Executor;

fn run<E: Executor>(on: E) {
    on.run("DROP TABLE users");
}

fn main() {}
