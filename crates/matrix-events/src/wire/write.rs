use matrix_canonicaljson::Object;

use super::Field;

/// Writes the members of an object in the order of canonical JSON: known ones as they come, in that order, and the
/// others in between.
pub(crate) struct ObjectWriter<'w> {
    out: &'w mut Vec<u8>,
    others: std::iter::Peekable<matrix_canonicaljson::Iter<'w>>,
    /// The member that tells what the object is, until it is written.
    tag: Option<(&'static str, &'w str)>,
    has_others: bool,
    comma: bool,
}

impl<'w> ObjectWriter<'w> {
    pub(crate) fn new(
        out: &'w mut Vec<u8>,
        others: &'w Object,
        tag: Option<(&'static str, &'w str)>,
    ) -> Self {
        out.push(b'{');
        Self { out, others: others.iter().peekable(), tag, has_others: !others.is_empty(), comma: false }
    }

    /// Writes a member, unless its value is absent. `opening` is the key with quotes and colon.
    #[inline]
    pub(crate) fn member<T: Field>(&mut self, key: &'static str, opening: &'static str, value: &T) {
        if value.is_absent() {
            return;
        }
        if self.tag.is_some_and(|(tag, _)| tag < key) || self.has_others {
            self.write_before(Some(key));
        }
        if std::mem::replace(&mut self.comma, true) {
            self.out.push(b',');
        }
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
            let other =
                self.others.peek().copied().filter(|(key, _)| limit.is_none_or(|limit| *key <= limit));
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

/// Returns whether keys are in the order of canonical JSON.
#[allow(clippy::indexing_slicing, reason = "within bounds, and evaluated by the compiler alone")]
pub(crate) const fn in_order(keys: &[&str]) -> bool {
    let mut index = 1;
    while index < keys.len() {
        let (first, second) = (keys[index - 1].as_bytes(), keys[index].as_bytes());
        let mut at = 0;
        while at < first.len() && at < second.len() && first[at] == second[at] {
            at += 1;
        }
        if at == second.len() || (at < first.len() && first[at] > second[at]) {
            return false;
        }
        index += 1;
    }
    true
}

/// Appends a string with its quotes, as canonical JSON writes it.
pub(crate) fn write_string(text: &str, out: &mut Vec<u8>) {
    let mut rest = text.as_bytes();
    out.reserve(rest.len() + 2);
    out.push(b'"');
    loop {
        let (plain, special) = rest.split_at(plain_length(rest));
        out.extend_from_slice(plain);
        let Some((byte, after)) = special.split_first() else { break };
        write_escape(*byte, out);
        rest = after;
    }
    out.push(b'"');
}

/// Returns how many bytes come before the first that is escaped.
fn plain_length(bytes: &[u8]) -> usize {
    let (words, _) = bytes.as_chunks::<8>();
    let plain = words.iter().take_while(|word| !has_special(u64::from_le_bytes(**word))).count() * 8;
    let rest = bytes.get(plain..).unwrap_or_default();
    plain + rest.iter().position(|byte| is_special(*byte)).unwrap_or(rest.len())
}

/// Returns whether one of eight bytes is special, without looking at each: a byte below `n` borrows from its high bit
/// when `n` is taken from it.
fn has_special(word: u64) -> bool {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let below = |word: u64, n: u64| word.wrapping_sub(ONES * n) & !word & HIGH;
    let quote = word ^ (ONES * 0x22);
    let backslash = word ^ (ONES * 0x5c);
    below(word, 0x20) | below(quote, 1) | below(backslash, 1) != 0
}

fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

fn write_escape(byte: u8, out: &mut Vec<u8>) {
    use std::io::Write as _;
    match byte {
        b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
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
    let mut digits = [b'0'; 20];
    let mut left = value.unsigned_abs();
    let mut start = digits.len();
    for (at, digit) in digits.iter_mut().enumerate().rev() {
        *digit = b'0' + (left % 10) as u8;
        start = at;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(digits.get(start..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use matrix_canonicaljson::Value;

    #[test]
    fn strings_and_integers_are_written_as_canonical_json_has_them() {
        let all: String = ('\0'..'\u{100}').collect();
        for shift in 0..9 {
            let text = format!("{}{all}\u{2028}😀", "x".repeat(shift));
            let mut out = Vec::new();
            super::write_string(&text, &mut out);
            assert_eq!(out, Value::String(text).to_canonical());
        }
        for value in [0, 7, -7, 10, 1_700_000_000_000, i64::MAX, i64::MIN] {
            let mut out = Vec::new();
            super::write_integer(value, &mut out);
            assert_eq!(out, value.to_string().into_bytes());
        }
    }
}
