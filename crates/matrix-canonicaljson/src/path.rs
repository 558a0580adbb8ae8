//! Paths into JSON, for errors: `content.users."@a:b"`, `auth_events[2]`.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::{Error, ErrorKind, MAX_DEPTH, Object, Value, lex, write};

/// The longest key that a path repeats whole, in code points.
const MAX_KEY: usize = 64;

/// Appends a key: bare when it looks like a word, quoted otherwise.
pub(crate) fn push_key(path: &mut String, key: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if !key.is_empty() && key.bytes().all(word) && key.len() <= MAX_KEY {
        path.push_str(key);
        return;
    }
    let mut shown: String = key.chars().take(MAX_KEY).collect();
    if shown.len() < key.len() {
        shown.push('…');
    }
    let mut quoted = Vec::new();
    write::string(&shown, &mut quoted);
    path.push_str(&String::from_utf8_lossy(&quoted));
}

/// Appends the place in an array.
pub(crate) fn push_index(path: &mut String, index: usize) {
    path.push_str(&format!("[{index}]"));
}

/// Finds the path to what stands at `offset` of a text that can be read up to there.
#[cold]
pub(crate) fn locate(json: &[u8], offset: usize) -> String {
    let mut open: Vec<Place> = Vec::new();
    let mut at = 0;
    while let Some(byte) = json.get(at).filter(|_| at < offset) {
        let start = at;
        at += 1;
        match (byte, open.last_mut()) {
            (b'{', _) => open.push(Place::Object(None)),
            (b'[', _) => open.push(Place::Array(0)),
            (b'}' | b']', _) => drop(open.pop()),
            (b',', Some(Place::Array(index))) => *index += 1,
            (b',', Some(Place::Object(key))) => *key = None,
            (b'"', place) => {
                let Ok(end) = lex::string(json, at) else { break };
                at = end;
                if let Some(Place::Object(key @ None)) = place.filter(|_| at <= offset) {
                    *key = Some(start + 1..at - 1);
                }
            }
            _ => {}
        }
    }
    let mut path = String::new();
    for place in open {
        match place {
            Place::Array(index) => push_index(&mut path, index),
            Place::Object(None) => {}
            Place::Object(Some(key)) => {
                let raw = String::from_utf8_lossy(json.get(key).unwrap_or_default());
                push_key(&mut path, &lex::decode(&raw).collect::<String>());
            }
        }
    }
    path
}

/// A container that is open at an offset, and where in it the offset is: the key in the text, or the index.
enum Place {
    Array(usize),
    Object(Option<core::ops::Range<usize>>),
}

/// What `check_strict` starts from.
#[derive(Clone, Copy)]
pub(crate) enum Node<'a> {
    Value(&'a Value),
    Object(&'a Object),
}

/// The step that leads to a value from what holds it.
#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

/// What is left of a container and the step that led to it.
struct Open<'a> {
    step: Step<'a>,
    rest: Rest<'a>,
}

enum Rest<'a> {
    Array(core::iter::Enumerate<core::slice::Iter<'a, Value>>),
    Object(crate::object::Iter<'a>),
}

/// Looks for the first number or depth that strict canonical JSON excludes.
pub(crate) fn check_strict(root: Node<'_>) -> Result<(), Error> {
    let mut stack: Vec<Open<'_>> = Vec::new();
    let mut next = Some((Step::Root, root));
    loop {
        match next.take() {
            Some((step, Node::Value(Value::Number(number)))) => {
                let path = path_of(&stack, step);
                return Err(Error::new(number.misfit()).detail(&format!("{number}")).path_to(path));
            }
            Some((step, Node::Value(Value::Array(items)))) => {
                stack.push(Open { step, rest: Rest::Array(items.iter().enumerate()) });
            }
            Some((step, Node::Object(object) | Node::Value(Value::Object(object)))) => {
                stack.push(Open { step, rest: Rest::Object(object.iter()) });
            }
            Some((_, Node::Value(_))) | None => {}
        }
        if stack.len() > MAX_DEPTH {
            return Err(Error::new(ErrorKind::TooDeep).path_to(path_of(&stack, Step::Root)));
        }
        let Some(open) = stack.last_mut() else {
            return Ok(());
        };
        next = match &mut open.rest {
            Rest::Array(items) => items.next().map(|(index, item)| (Step::Index(index), Node::Value(item))),
            Rest::Object(members) => members.next().map(|(key, value)| (Step::Key(key), Node::Value(value))),
        };
        if next.is_none() {
            stack.pop();
        }
    }
}

fn path_of(stack: &[Open<'_>], last: Step<'_>) -> String {
    let mut path = String::new();
    for step in stack.iter().map(|open| open.step).chain([last]) {
        match step {
            Step::Root => {}
            Step::Key(key) => push_key(&mut path, key),
            Step::Index(index) => push_index(&mut path, index),
        }
    }
    path
}
