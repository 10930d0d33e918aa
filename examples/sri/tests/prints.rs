//! The program prints what a browser computes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::process::Command;

#[test]
fn the_hash_of_a_file_is_printed_with_its_name() {
    let path = std::env::temp_dir().join(format!("sri-{}.js", std::process::id()));
    std::fs::write(&path, "alert('Hello, world.');").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_sri")).arg(&path).output().unwrap();
    std::fs::remove_file(&path).unwrap();
    // The example of the recommendation itself (Subresource Integrity, section 3.1).
    let expected = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{expected}  {}\n", path.display()));
}

#[test]
fn a_missing_file_fails() {
    let output = Command::new(env!("CARGO_BIN_EXE_sri")).arg("no such file").output().unwrap();
    assert!(!output.status.success());
}
