//! The property `url` of `tests/src/property`, asked by a fuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| secure_forms_tests::property::judge("url", input));
