//! Writing strings and values in canonical form.

use alloc::collections::btree_map::{self, BTreeMap};
use alloc::string::String;
use alloc::vec::Vec;
use core::slice;

use crate::special::special;
use crate::{Value, lex};

/// Appends a string with its quotes, escaping what canonical JSON escapes and nothing else.
pub(crate) fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut copied = 0;
    loop {
        let at = special(bytes, copied);
        out.extend_from_slice(bytes.get(copied..at).unwrap_or_default());
        let Some(byte) = bytes.get(at) else { break };
        escaped(*byte, out);
        copied = at + 1;
    }
    out.push(b'"');
}

/// Appends a string that stands with its quotes in text that was checked, in canonical form.
pub(crate) fn rewritten(quoted: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    let mut copied = 1;
    loop {
        let at = special(quoted, copied);
        out.extend_from_slice(quoted.get(copied..at).unwrap_or_default());
        // Of what is special, only a backslash stands within a checked string.
        let Some(escape) = lex::escape(quoted, at).ok().filter(|_| quoted.get(at) == Some(&b'\\')) else {
            break;
        };
        character(escape.char, out);
        copied = escape.end;
    }
    out.push(b'"');
}

/// Appends a character of a string as canonical JSON writes it.
pub(crate) fn character(char: char, out: &mut Vec<u8>) {
    match char {
        '"' | '\\' | '\0'..='\x1f' => escaped(char as u8, out),
        _ => out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

/// Appends the escape of a quote, a backslash or a control character.
fn escaped(byte: u8, out: &mut Vec<u8>) {
    const HEX: [u8; 16] = *b"0123456789abcdef";
    let short = match byte {
        0x08 => b'b',
        b'\t' => b't',
        b'\n' => b'n',
        0x0c => b'f',
        b'\r' => b'r',
        b'"' | b'\\' => byte,
        _ => {
            let low = HEX.get(usize::from(byte & 0xf)).copied().unwrap_or(b'0');
            out.extend_from_slice(&[b'\\', b'u', b'0', b'0', b'0' + (byte >> 4), low]);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

/// Appends the decimal digits of an integer.
pub(crate) fn integer(value: i64, out: &mut Vec<u8>) {
    let mut buffer = [0; 20];
    let mut left = value.unsigned_abs();
    let mut used = 0;
    for digit in buffer.iter_mut().rev() {
        *digit = b'0' + (left % 10) as u8;
        left /= 10;
        used += 1;
        if left == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(buffer.get(buffer.len() - used..).unwrap_or_default());
}

/// A container being written: what is left of it, and whether a comma is due.
struct Open<'a> {
    rest: Rest<'a>,
    comma: bool,
}

enum Rest<'a> {
    Array(slice::Iter<'a, Value>),
    Object(btree_map::Iter<'a, String, Value>),
}

/// Appends a value. Nothing recurses: a value that a program built may be nested as deeply as memory allows.
pub(crate) fn value(value: &Value, out: &mut Vec<u8>) {
    if let Some(root) = open(value, out) {
        finish(root, out);
    }
}

/// Appends the members of an object and its braces.
pub(crate) fn object(members: &BTreeMap<String, Value>, out: &mut Vec<u8>) {
    finish(open_object(members, out), out);
}

fn finish<'a>(root: Open<'a>, out: &mut Vec<u8>) {
    let mut stack: Vec<Open<'a>> = Vec::from([root]);
    while let Some(container) = stack.last_mut() {
        let (key, value) = match &mut container.rest {
            Rest::Array(items) => (None, items.next()),
            Rest::Object(members) => members.next().unzip(),
        };
        let Some(value) = value else {
            out.push(if matches!(container.rest, Rest::Array(_)) { b']' } else { b'}' });
            stack.pop();
            continue;
        };
        if core::mem::replace(&mut container.comma, true) {
            out.push(b',');
        }
        if let Some(key) = key {
            string(key, out);
            out.push(b':');
        }
        stack.extend(open(value, out));
    }
}

/// Writes a scalar, or the bracket that opens a container, which is returned.
fn open<'a>(value: &'a Value, out: &mut Vec<u8>) -> Option<Open<'a>> {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Integer(value) => integer(value.get(), out),
        Value::Number(number) => number.write(out),
        Value::String(text) => string(text, out),
        Value::Array(items) => {
            out.push(b'[');
            return Some(Open { rest: Rest::Array(items.iter()), comma: false });
        }
        Value::Object(object) => return Some(open_object(object.as_map(), out)),
    }
    None
}

fn open_object<'a>(members: &'a BTreeMap<String, Value>, out: &mut Vec<u8>) -> Open<'a> {
    out.push(b'{');
    Open { rest: Rest::Object(members.iter()), comma: false }
}
