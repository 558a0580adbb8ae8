use std::collections::BTreeSet;
use std::process::Command;

/// The crates that a user of this one builds, itself included, with all features and build scripts.
const MAX_CRATES: usize = 45;

#[test]
fn the_crate_brings_few_others() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "-p", "matrix-ssss", "--all-features", "--edges", "normal,build", "--prefix", "none"])
        .args(["--format", "{p}", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let crates: BTreeSet<&str> =
        printed.lines().filter_map(|line| line.split(" (").next()).filter(|name| !name.is_empty()).collect();
    println!("{} crates: {crates:#?}", crates.len());
    assert!(
        crates.iter().any(|name| name.starts_with("pbkdf2 ")),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(crates.len() <= MAX_CRATES, "{} crates: {crates:#?}", crates.len());
}
