//! Draws the house: which crate of this workspace imports which, as a Mermaid diagram, out of `cargo metadata`.
//!
//! An arrow that others lead to as well is left out. `cargo run --example house` prints what the README shows.
#![allow(clippy::print_stdout, reason = "it is what an example does")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::process::Command;

use serde_json::Value;

/// The crates, each with those that it imports.
type House = BTreeMap<String, BTreeSet<String>>;

fn main() -> Result<(), Box<dyn Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let arguments = ["metadata", "--no-deps", "--format-version", "1", "--manifest-path", manifest];
    let output = Command::new(cargo).args(arguments).output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let house = read(&metadata).ok_or("cargo's metadata has another form")?;
    println!("graph BT");
    for (name, imports) in &house {
        for import in imports.iter().filter(|import| !leads_elsewhere(&house, imports, import)) {
            println!("    {name} --> {import}");
        }
    }
    Ok(())
}

/// Reads the crates of this project; the umbrella, which imports all of them, is left out.
fn read(metadata: &Value) -> Option<House> {
    let mut house = House::new();
    for package in metadata.get("packages")?.as_array()? {
        let Some(name) = short(package) else { continue };
        let dependencies = package.get("dependencies")?.as_array()?.iter();
        let imports = dependencies.filter(|dependency| dependency.get("kind").is_some_and(Value::is_null));
        house.insert(name, imports.filter_map(short).collect());
    }
    Some(house)
}

fn short(package: &Value) -> Option<String> {
    let name = package.get("name")?.as_str()?.strip_prefix("matrix-")?;
    (name != "protocol").then(|| name.to_owned())
}

/// Whether another of the imports imports this one in its turn.
fn leads_elsewhere(house: &House, imports: &BTreeSet<String>, import: &String) -> bool {
    let mut ahead: Vec<&String> = imports.iter().filter(|other| *other != import).collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = ahead.pop() {
        let further = house.get(name).into_iter().flatten();
        for next in further.filter(|next| seen.insert(*next)) {
            ahead.push(next);
        }
    }
    seen.contains(import)
}
