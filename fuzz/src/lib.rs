#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod api_error;
pub mod api_response;
mod bytes;
pub mod canonicalize;
pub mod check_format;
pub mod client_discovery;
pub mod contents;
pub mod encrypted_secret;
mod event;
pub mod event_id;
mod files;
pub mod glob;
pub mod html;
pub mod identifiers;
pub mod identity_lookup;
pub mod key_description;
pub mod lenient;
mod lines;
pub mod object;
pub mod policy;
pub mod power_levels;
pub mod push;
pub mod qr_code;
pub mod recovery_key;
pub mod redact;
pub mod relations;
pub mod replay;
mod room;
pub mod server_resolution;
pub mod session_data;
pub mod space;
pub mod state_resolution;
pub mod terms;
pub mod threepid;
pub mod uri;
pub mod verification;
pub mod verify_event;
pub mod versions;
pub mod well_known;
pub mod widget;

pub use files::run_files;

/// A target: its name, which is also that of its folder of seeds, and its body.
pub type Target = (&'static str, fn(&[u8]));

/// Every target, by name.
pub const TARGETS: &[Target] = &[
    ("api_error", api_error::run),
    ("api_response", api_response::run),
    ("canonicalize", canonicalize::run),
    ("check_format", check_format::run),
    ("client_discovery", client_discovery::run),
    ("contents", contents::run),
    ("encrypted_secret", encrypted_secret::run),
    ("event_id", event_id::run),
    ("glob", glob::run),
    ("html", html::run),
    ("identifiers", identifiers::run),
    ("identity_lookup", identity_lookup::run),
    ("key_description", key_description::run),
    ("lenient", lenient::run),
    ("object", object::run),
    ("policy", policy::run),
    ("power_levels", power_levels::run),
    ("push", push::run),
    ("qr_code", qr_code::run),
    ("recovery_key", recovery_key::run),
    ("redact", redact::run),
    ("relations", relations::run),
    ("replay", replay::run),
    ("server_resolution", server_resolution::run),
    ("session_data", session_data::run),
    ("space", space::run),
    ("state_resolution", state_resolution::run),
    ("terms", terms::run),
    ("threepid", threepid::run),
    ("uri", uri::run),
    ("verification", verification::run),
    ("verify_event", verify_event::run),
    ("versions", versions::run),
    ("well_known", well_known::run),
    ("widget", widget::run),
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
