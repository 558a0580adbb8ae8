use matrix_canonicaljson::Object;

use super::Field;

/// Writes the members of an object in the order of canonical JSON: known ones as they come, in that order, and the
/// others in between.
pub(crate) struct ObjectWriter<'w> {
    out: &'w mut Vec<u8>,
    others: std::iter::Peekable<matrix_canonicaljson::Iter<'w>>,
    /// The member that tells what the object is, until it is written.
    tag: Option<(&'static str, &'w str)>,
    comma: bool,
}

impl<'w> ObjectWriter<'w> {
    pub(crate) fn new(
        out: &'w mut Vec<u8>,
        others: &'w Object,
        tag: Option<(&'static str, &'w str)>,
    ) -> Self {
        out.push(b'{');
        Self { out, others: others.iter().peekable(), tag, comma: false }
    }

    /// Writes a member, unless its value is absent. `opening` is the key with quotes and colon.
    pub(crate) fn member<T: Field>(&mut self, key: &'static str, opening: &'static str, value: &T) {
        if value.is_absent() {
            return;
        }
        if self.tag.is_some() || self.others.peek().is_some() {
            self.write_before(Some(key));
        }
        self.comma();
        self.out.extend_from_slice(opening.as_bytes());
        value.write(self.out);
    }

    /// Writes what is left and closes the object.
    pub(crate) fn finish(mut self) {
        self.write_before(None);
        self.out.push(b'}');
    }

    fn comma(&mut self) {
        if std::mem::replace(&mut self.comma, true) {
            self.out.push(b',');
        }
    }

    /// Writes the others, and the tag, that come before a key; one with the same key is left out.
    fn write_before(&mut self, limit: Option<&str>) {
        loop {
            let tag = self.tag.filter(|(key, _)| limit.is_none_or(|limit| *key < limit));
            let other = self.others.peek().copied().filter(|(key, _)| limit.is_none_or(|limit| *key <= limit));
            match (tag, other) {
                (None, None) => return,
                (Some((key, value)), other) if other.is_none_or(|(other, _)| key <= other) => {
                    self.tag = None;
                    if other.is_some_and(|(other, _)| key == other) {
                        self.others.next();
                    }
                    self.key(key);
                    write_string(value, self.out);
                }
                (_, Some((key, value))) => {
                    self.others.next();
                    if limit != Some(key) {
                        self.key(key);
                        value.write_canonical(self.out);
                    }
                }
                (Some(_), None) => return,
            }
        }
    }

    fn key(&mut self, key: &str) {
        self.comma();
        write_string(key, self.out);
        self.out.push(b':');
    }
}

/// How many bytes are looked at together.
const CHUNK: usize = 32;

/// Appends a string with its quotes, as canonical JSON writes it.
pub(crate) fn write_string(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    for chunk in bytes.chunks(CHUNK) {
        // Without a branch for each byte the compiler looks at many at once.
        if chunk.iter().fold(false, |found, byte| found | is_special(*byte)) {
            chunk.iter().for_each(|byte| write_byte(*byte, out));
        } else {
            out.extend_from_slice(chunk);
        }
    }
    out.push(b'"');
}

fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

fn write_byte(byte: u8, out: &mut Vec<u8>) {
    use std::io::Write as _;
    match byte {
        b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        0x20.. => out.push(byte),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\t' => out.extend_from_slice(b"\\t"),
        0x08 => out.extend_from_slice(b"\\b"),
        0x0c => out.extend_from_slice(b"\\f"),
        // Writing to memory does not fail.
        _ => drop(write!(out, "\\u{byte:04x}")),
    }
}

/// Appends the decimal digits of an integer.
pub(crate) fn write_integer(value: i64, out: &mut Vec<u8>) {
    use std::io::Write as _;
    // Writing to memory does not fail.
    drop(write!(out, "{value}"));
}
