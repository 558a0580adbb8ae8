use matrix_canonicaljson::{Object, Value};
use matrix_roomversion::RedactionRules;

use crate::{
    error::Error,
    table::{ContentRule, Keep, content_rule},
};

/// Returns what a redaction leaves of an event.
///
/// `signatures` and `hashes` stay, `unsigned` goes. A `content` that is no object becomes `{}`. In room 12 an
/// `m.room.create` event loses a `room_id`, which it must not have.
/// This is the [redaction algorithm](https://spec.matrix.org/v1.19/rooms/v12/#redactions), which depends on
/// the room version.
///
/// # Errors
///
/// [`Error::MissingField`] without `type` or `content`, [`Error::InvalidField`] if `type` is not a string.
pub fn redact(event: &Object, rules: &RedactionRules) -> Result<Object, Error> {
    Ok(Redacted::new(event, rules)?.to_object())
}

/// Redacts an event in place, as [`redact`] does.
///
/// # Errors
///
/// As [`redact`]; the event is then unchanged.
pub fn redact_in_place(event: &mut Object, rules: &RedactionRules) -> Result<(), Error> {
    let rule = content_rule(event_type(event)?, rules);
    match event.get_mut("content").ok_or(Error::MissingField("content"))? {
        Value::Object(content) => redact_content(content, rule),
        other => *other = Value::Object(Object::new()),
    }
    event.retain(|key, _| rule.top_level().any(|kept| kept == key));
    Ok(())
}

/// A redacted event as a selection over the original: nothing is copied until it is asked for.
#[derive(Clone, Debug)]
pub struct Redacted<'a> {
    event: &'a Object,
    /// `None` where the event's `content` is no object, which leaves an empty one.
    content: Option<&'a Object>,
    rule: ContentRule<'a>,
}

impl<'a> Redacted<'a> {
    /// Selects what a redaction leaves of an event.
    ///
    /// # Errors
    ///
    /// As [`redact`].
    pub fn new(event: &'a Object, rules: &'a RedactionRules) -> Result<Self, Error> {
        let rule = content_rule(event_type(event)?, rules);
        let content = event.get("content").ok_or(Error::MissingField("content"))?.as_object();
        Ok(Self { event, content, rule })
    }

    /// Copies the selection into an event of its own.
    pub fn to_object(&self) -> Object {
        let mut object = Object::new();
        for (key, value) in self.fields() {
            let value = if key == "content" { Value::Object(self.content_object()) } else { value.clone() };
            object.insert(key, value);
        }
        object
    }

    /// Appends the redacted event as canonical JSON, `signatures` included.
    pub fn write_canonical(&self, out: &mut Vec<u8>) {
        self.write(out, true);
    }

    /// Appends the redacted event without `signatures`, as canonical JSON: the bytes that are signed, and that
    /// the [reference hash] covers.
    ///
    /// [reference hash]: https://spec.matrix.org/v1.19/server-server-api/#calculating-the-reference-hash-for-an-event
    pub fn write_signing_bytes(&self, out: &mut Vec<u8>) {
        self.write(out, false);
    }

    /// The top-level fields that stay, in canonical order.
    fn fields(&self) -> impl Iterator<Item = (&'static str, &'a Value)> {
        let event = self.event;
        self.rule.top_level().filter_map(move |key| Some((key, event.get(key)?)))
    }

    /// The keys of `content` of which something stays, in canonical order.
    fn content_fields(&self) -> impl Iterator<Item = (&'static str, Kept<'a>)> {
        let content = self.content;
        self.rule.keys().filter_map(move |(key, keep)| Some((key, kept(content?.get(key)?, keep)?)))
    }

    fn content_object(&self) -> Object {
        match self.content {
            Some(content) if self.rule.keeps_everything() => content.clone(),
            _ => self.content_fields().map(|(key, kept)| (key, kept.to_value())).collect(),
        }
    }

    fn write(&self, out: &mut Vec<u8>, signatures: bool) {
        let mut separator = b'{';
        for (key, value) in self.fields().filter(|(key, _)| signatures || *key != "signatures") {
            write_key(out, &mut separator, key);
            if key == "content" { self.write_content(out) } else { value.write_canonical(out) }
        }
        end_object(out, separator);
    }

    fn write_content(&self, out: &mut Vec<u8>) {
        if let Some(content) = self.content.filter(|_| self.rule.keeps_everything()) {
            content.write_canonical(out);
            return;
        }
        let mut separator = b'{';
        for (key, kept) in self.content_fields() {
            write_key(out, &mut separator, key);
            kept.write_canonical(out);
        }
        end_object(out, separator);
    }
}

/// What stays of a value inside `content`.
enum Kept<'a> {
    Whole(&'a Value),
    /// An object reduced to one key, with the key's value if there is one.
    Only(&'static str, Option<&'a Value>),
}

fn kept(value: &Value, keep: Keep) -> Option<Kept<'_>> {
    match keep {
        Keep::Drop => None,
        Keep::Whole => Some(Kept::Whole(value)),
        Keep::Only(key) => Some(Kept::Only(key, value.as_object()?.get(key))),
    }
}

impl Kept<'_> {
    fn to_value(&self) -> Value {
        match *self {
            Kept::Whole(value) => value.clone(),
            Kept::Only(key, value) => {
                Value::Object(value.map(|value| (key, value.clone())).into_iter().collect())
            }
        }
    }

    fn write_canonical(&self, out: &mut Vec<u8>) {
        match *self {
            Kept::Whole(value) => value.write_canonical(out),
            Kept::Only(key, value) => {
                let mut separator = b'{';
                if let Some(value) = value {
                    write_key(out, &mut separator, key);
                    value.write_canonical(out);
                }
                end_object(out, separator);
            }
        }
    }
}

fn event_type(event: &Object) -> Result<&str, Error> {
    event
        .get("type")
        .ok_or(Error::MissingField("type"))?
        .as_str()
        .ok_or(Error::InvalidField { field: "type", expected: "a string" })
}

fn redact_content(content: &mut Object, rule: ContentRule<'_>) {
    content.retain(|key, value| match rule.keep(key) {
        Keep::Drop => false,
        Keep::Whole => true,
        Keep::Only(subkey) => match value {
            Value::Object(object) => {
                object.retain(|key, _| key == subkey);
                true
            }
            _ => false,
        },
    });
}

/// Writes the brace or comma before a key, and the key. The tables hold no key that needs an escape.
fn write_key(out: &mut Vec<u8>, separator: &mut u8, key: &str) {
    out.push(*separator);
    *separator = b',';
    out.push(b'"');
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b"\":");
}

/// Closes an object, having opened it if no key did.
fn end_object(out: &mut Vec<u8>, separator: u8) {
    if separator == b'{' {
        out.push(b'{');
    }
    out.push(b'}');
}
