//! Runs every body over its seeds, over their beginnings and over the seeds with single bytes changed.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use matrix_fuzz::TARGETS;

/// How many truncations, and how many changed bytes, a seed is given at most.
const MAX_PLACES: usize = 100;

fn run_seeds(name: &str) {
    let (_, body) = TARGETS.iter().find(|(target, _)| *target == name).expect("a target");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("a folder of seeds")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{name} has no seeds");
    for file in files {
        let seed = fs::read(&file).expect("a seed");
        let run = |what: &str, input: &[u8]| {
            if catch_unwind(AssertUnwindSafe(|| body(input))).is_err() {
                panic!("{name} fails on {} {what}: {:?}", file.display(), String::from_utf8_lossy(input));
            }
        };
        run("as it is", &seed);
        let step = seed.len().div_ceil(MAX_PLACES).max(1);
        for place in (0..seed.len()).step_by(step) {
            run(&format!("cut at {place}"), &seed[..place]);
            let mut changed = seed.clone();
            for new in [seed[place] ^ 1, seed[place] ^ 0x80, seed[place].wrapping_add(1), 0, b'"', b'9'] {
                changed[place] = new;
                run(&format!("with {new:#04x} at {place}"), &changed);
            }
        }
    }
}

#[test]
fn every_target_has_a_folder_of_seeds_and_every_folder_a_target() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().expect("a name"))
        .collect();
    names.sort();
    assert_eq!(names, TARGETS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
}

macro_rules! replays {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            run_seeds(stringify!($name));
        }
    )*};
}

replays! {
    api_error api_response canonicalize check_format client_discovery contents encrypted_secret event_id glob html
    identifiers identity_lookup key_description lenient object policy power_levels push qr_code
    recovery_key redact relations replay server_resolution session_data space state_resolution terms
    threepid uri verification verify_event versions well_known widget
}
