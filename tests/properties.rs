//! The properties of every parser of bytes from outside, over random inputs: bytes of any kind, and seeds that reach far into
//! the parser, with pieces cut out, doubled, and put in. `fuzz/` asks the same with a fuzzer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use secure_forms_tests::property::{ALL, judge};

/// What means something to one parser or another.
const PIECES: &str = "\0 \r\n \" \\ % %2f %2e & = + ; , / // .. : [ ] { } ' ? # @ * --XX é";

fn input(seeds: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::sample::select(PIECES.split(' ').collect::<Vec<_>>()).prop_map(|piece| piece.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..4),
        prop::sample::select(seeds).prop_map(|seed| seed.as_bytes().to_vec()),
    ];
    let change = (any::<prop::sample::Index>(), 0_usize..4, piece);
    let changed = (prop::sample::select(seeds), prop::collection::vec(change, 0..6)).prop_map(|(seed, changes)| {
        changes.into_iter().fold(seed.as_bytes().to_vec(), |mut bytes, (at, cut, piece)| {
            let at = at.index(bytes.len() + 1);
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, piece);
            bytes
        })
    });
    prop_oneof![4 => changed, 1 => prop::collection::vec(any::<u8>(), 0..200)]
}

#[path = "properties/optional_parts.rs"]
mod optional_parts;

fn holds(name: &str) {
    let property = ALL.iter().find(|property| property.name == name).unwrap();
    property.seeds.iter().for_each(|seed| judge(name, seed.as_bytes()));
    let config = Config { cases: 1_000, failure_persistence: None, ..Config::default() };
    let asked = TestRunner::new(config).run(&input(property.seeds), |bytes| {
        judge(name, &bytes);
        Ok(())
    });
    asked.unwrap();
}

macro_rules! properties {
    ($($name:ident),+) => {
        const NAMES: &[&str] = &[$(stringify!($name)),+];
        $(#[test] fn $name() { holds(stringify!($name)); })+
    };
}

properties!(client_ip, cookie, csp, csrf, filename, multipart, redirect, template, upload, url, urlencoded, visible);

#[test]
fn every_property_has_a_test_and_a_fuzz_target() {
    let targets = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/fuzz_targets");
    let known: Vec<&str> = ALL.iter().map(|property| property.name).collect();
    assert_eq!(known, NAMES);
    for name in known {
        let target = std::fs::read_to_string(format!("{targets}/{name}.rs")).unwrap();
        assert!(target.contains(&format!("judge(\"{name}\"")), "{name}");
    }
}
