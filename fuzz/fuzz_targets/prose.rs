//! Any text is cleaned, searched and wrapped without a fault.
#![no_main]

#[path = "../checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|text: &str| checks::prose(text));
