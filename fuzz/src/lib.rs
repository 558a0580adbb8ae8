#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod bytes;
pub mod canonicalize;
pub mod check_format;
pub mod encrypted_secret;
mod event;
pub mod event_id;
mod files;
pub mod identifiers;
pub mod key_description;
pub mod lenient;
pub mod object;
pub mod power_levels;
pub mod recovery_key;
pub mod redact;
pub mod replay;
mod room;
pub mod session_data;
pub mod state_resolution;
pub mod uri;
pub mod verify_event;

pub use files::run_files;

/// A target: its name, which is also that of its folder of seeds, and its body.
pub type Target = (&'static str, fn(&[u8]));

/// Every target, by name.
pub const TARGETS: &[Target] = &[
    ("canonicalize", canonicalize::run),
    ("check_format", check_format::run),
    ("encrypted_secret", encrypted_secret::run),
    ("event_id", event_id::run),
    ("identifiers", identifiers::run),
    ("key_description", key_description::run),
    ("lenient", lenient::run),
    ("object", object::run),
    ("power_levels", power_levels::run),
    ("recovery_key", recovery_key::run),
    ("redact", redact::run),
    ("replay", replay::run),
    ("session_data", session_data::run),
    ("state_resolution", state_resolution::run),
    ("uri", uri::run),
    ("verify_event", verify_event::run),
];

/// Makes a binary of a body: a libFuzzer target under `cargo fuzz`, elsewhere one that runs the body over the
/// files that it is given.
#[macro_export]
macro_rules! fuzz {
    ($body:path) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|data: &[u8]| $body(data));

        #[cfg(not(fuzzing))]
        fn main() -> std::io::Result<()> {
            $crate::run_files($body)
        }
    };
}
