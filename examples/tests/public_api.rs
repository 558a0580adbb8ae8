//! What each crate offers, as a text beside it: a change of the public interface shows in the diff of a commit.
//!
//! The text is read out of the sources, which rustfmt has laid out: an item that is `pub` is public, as the lint
//! `unreachable_pub` makes sure. `UPDATE_DOCS=1` writes the texts anew.
#![allow(clippy::expect_used, clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::{env, fs};

fn crates() -> Vec<PathBuf> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").join("crates");
    let mut paths: Vec<PathBuf> = fs::read_dir(crates).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => found.push(path),
            _ if path.is_dir() => sources(&path, found),
            _ => {}
        }
    }
}

/// What stands at the left margin around an item: an `impl`, or a table of fields that a macro reads.
#[derive(Clone, Copy)]
struct Outer<'a>(&'a str);

impl Outer<'_> {
    fn is_table(self) -> bool {
        self.0.contains('!')
    }

    fn header(&self) -> &str {
        self.0.trim_end_matches('{').trim_end()
    }
}

/// The public items of a source, without bodies of functions, documentation and attributes.
fn public_items(source: &str) -> Vec<String> {
    let source = source.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    let mut lines = source.lines().filter(|line| {
        let code = line.trim_start();
        !code.is_empty() && !code.starts_with("//") && !code.starts_with("#[")
    });
    let (mut items, mut outer) = (Vec::new(), None);
    while let Some(line) = lines.next() {
        let (indent, code) = (line.len() - line.trim_start().len(), line.trim_start());
        if indent == 0 {
            let opens = ["impl", "object!", "names!", "map!", "contents!", "pub mod"];
            outer = opens.iter().any(|word| code.starts_with(word)).then_some(Outer(code));
            if code.starts_with("impl") && code.contains(" for ") {
                items.push(code.trim_end_matches(['{', '}']).trim_end().to_owned());
            }
        }
        if code.starts_with("pub ") || code.starts_with("endpoint! {") {
            let item = whole_item(line, indent, outer, &mut lines);
            match outer.filter(|_| indent > 0) {
                Some(outer) => items.push(format!("{}: {item}", outer.header())),
                None => items.push(item),
            }
        }
    }
    items
}

/// Reads on to the end of an item: of a type or a list of names its closing bracket, of anything else what ends the
/// signature.
fn whole_item<'a>(
    first: &str,
    indent: usize,
    outer: Option<Outer<'_>>,
    lines: &mut impl Iterator<Item = &'a str>,
) -> String {
    let mut item = first.trim().to_owned();
    let bodies = ["pub enum", "pub trait", "pub use", "pub struct", "endpoint!"];
    let has_body = bodies.iter().any(|word| item.starts_with(word));
    let is_struct = item.starts_with("pub struct") && !outer.is_some_and(Outer::is_table);
    let is_field = !item.starts_with("pub const") && !item.contains("fn ") && indent > 0;
    let ends = |item: &str| match item.chars().last() {
        Some(';' | '}') => true,
        Some('{') => !has_body,
        Some(',') => !has_body && is_field,
        Some(')') => has_body && outer.is_some_and(Outer::is_table),
        _ => false,
    };
    let margin = " ".repeat(indent);
    let closes = |line: &str| line.strip_prefix(&*margin).is_some_and(|rest| rest.starts_with(['}', ')']));
    let mut is_whole = ends(&item);
    while !is_whole {
        let Some(line) = lines.next() else { break };
        // What is private in a type is nobody's business.
        if !is_struct || !line.contains(':') || line.trim_start().starts_with("pub ") || line.contains('}') {
            item = format!("{item} {}", line.trim());
        }
        is_whole = if has_body { closes(line) } else { ends(&item) };
    }
    item.trim_end_matches(['{', ',']).trim_end().to_owned()
}

fn public_api(path: &Path) -> String {
    let mut files = Vec::new();
    sources(&path.join("src"), &mut files);
    files.sort();
    let mut api = String::new();
    for file in files {
        let items = public_items(&fs::read_to_string(&file).unwrap());
        if !items.is_empty() {
            let name = file.strip_prefix(path.join("src")).unwrap().display().to_string().replace('\\', "/");
            api.push_str(&format!("# {name}\n{}\n\n", items.join("\n")));
        }
    }
    api
}

#[test]
fn the_public_interfaces_are_as_written_down() {
    let mut changed = Vec::new();
    for path in crates() {
        let (file, api) = (path.join("public-api.txt"), public_api(&path));
        if env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&file, &api).unwrap();
        } else if fs::read_to_string(&file).unwrap_or_default() != api {
            changed.push(path.file_name().unwrap().to_owned());
        }
    }
    assert!(changed.is_empty(), "{changed:?}: run the tests with UPDATE_DOCS=1 and look at the difference");
}

#[test]
fn items_are_found_with_their_types_and_without_bodies() {
    let source = r#"
//! A file.

/// A type.
#[derive(Clone)]
pub struct Room<'a> {
    /// Its ID.
    pub id: &'a str,
    hidden: u8,
}

pub(crate) struct Inner(u8);

impl Room<'_> {
    /// Returns.
    pub fn name(&self, first: u8) -> &str {
        let pub_is_no_item = 1;
        self.id
    }

    fn private(&self) {}
}

impl From<u8> for Room<'_> {
    fn from(byte: u8) -> Self {}
}

pub enum Kind {
    /// One.
    One,
    Two(u8),
}

pub const LIMIT: usize = 5;

#[cfg(test)]
mod tests {
    pub fn test() {}
}
"#;
    assert_eq!(
        public_items(source),
        [
            "pub struct Room<'a> { pub id: &'a str, }",
            "impl Room<'_>: pub fn name(&self, first: u8) -> &str",
            "impl From<u8> for Room<'_>",
            "pub enum Kind { One, Two(u8), }",
            "pub const LIMIT: usize = 5;",
        ]
    );
}
