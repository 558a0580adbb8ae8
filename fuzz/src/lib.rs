#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod bytes;
pub mod canonicalize;
pub mod check_format;
mod event;
pub mod event_id;
mod files;
pub mod glob;
pub mod html;
pub mod identifiers;
pub mod lenient;
pub mod object;
pub mod policy;
pub mod power_levels;
pub mod push;
pub mod qr_code;
pub mod redact;
pub mod relations;
pub mod replay;
mod room;
pub mod space;
pub mod state_resolution;
pub mod uri;
pub mod verification;
pub mod verify_event;

pub use files::run_files;

/// A target: its name, which is also that of its folder of seeds, and its body.
pub type Target = (&'static str, fn(&[u8]));

/// Every target, by name.
pub const TARGETS: &[Target] = &[
    ("canonicalize", canonicalize::run),
    ("check_format", check_format::run),
    ("event_id", event_id::run),
    ("glob", glob::run),
    ("html", html::run),
    ("identifiers", identifiers::run),
    ("lenient", lenient::run),
    ("object", object::run),
    ("policy", policy::run),
    ("power_levels", power_levels::run),
    ("push", push::run),
    ("qr_code", qr_code::run),
    ("redact", redact::run),
    ("relations", relations::run),
    ("replay", replay::run),
    ("space", space::run),
    ("state_resolution", state_resolution::run),
    ("uri", uri::run),
    ("verification", verification::run),
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
