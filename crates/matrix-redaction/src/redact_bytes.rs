use matrix_canonicaljson::{Canonicalizer, Field, Name, ObjectWriter, OutlineReader};
use matrix_roomversion::RedactionRules;

use crate::{
    error::Error,
    event_bytes::EventBytes,
    table::{ContentRule, EVENT_TYPES, Keep, Part, TOP_LEVEL},
};

/// Room for rewriting parts of events that do not stand as canonical JSON, kept from one event to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Rewrites values.
    pub canonicalizer: Canonicalizer,
    /// Finds members of values.
    pub outline: OutlineReader,
}

impl Scratch {
    /// Makes one that has allocated nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

/// A redacted event as a selection of byte ranges of the original: [`Redacted`](crate::Redacted) for events as bytes.
#[derive(Clone, Debug)]
pub struct RedactedBytes<'a> {
    event: EventBytes<'a>,
    content: Field<'a>,
    rule: ContentRule<'a>,
}

impl<'a> RedactedBytes<'a> {
    /// Selects what a redaction leaves of an event.
    ///
    /// # Errors
    ///
    /// As [`redact`](crate::redact).
    pub fn new(event: &EventBytes<'a>, rules: &'a RedactionRules) -> Result<Self, Error> {
        let rule = ContentRule::at(event.type_field()?.position_in(const { &EVENT_TYPES }), rules);
        let content = event.content().ok_or(Error::MissingField("content"))?;
        Ok(Self { event: *event, content, rule })
    }

    /// Appends the redacted event as canonical JSON, `signatures` included.
    pub fn write_canonical(&self, scratch: &mut Scratch, out: &mut Vec<u8>) {
        self.write(true, scratch, out);
    }

    /// Appends the redacted event without `signatures`, as canonical JSON: the bytes that are signed, and that
    /// the [reference hash] covers.
    ///
    /// [reference hash]: https://spec.matrix.org/v1.19/server-server-api/#calculating-the-reference-hash-for-an-event
    pub fn write_signing_bytes(&self, scratch: &mut Scratch, out: &mut Vec<u8>) {
        self.write(false, scratch, out);
    }

    fn write(&self, signatures: bool, scratch: &mut Scratch, out: &mut Vec<u8>) {
        let outline = self.event.outline();
        let mut writer = ObjectWriter::new(outline.json(), out);
        for (key, place) in const { &TOP_LEVEL }.iter().zip(self.event.places()) {
            let Some(field) = place.and_then(|place| outline.field(place)) else { continue };
            let is_kept = match key.part {
                Part::Plain if key.is_always_kept() => true,
                _ if !key.is_kept(&self.rule) => false,
                Part::Signatures => signatures,
                Part::Content if !(self.rule.keeps_everything() && self.content.is_object()) => {
                    self.write_content(scratch, writer.key_of(&self.content));
                    false
                }
                _ => true,
            };
            if is_kept {
                writer.field(&field, &mut scratch.canonicalizer);
            }
        }
        writer.finish();
    }

    fn write_content(&self, scratch: &mut Scratch, out: &mut Vec<u8>) {
        let rule = &self.rule;
        let mut writer = ObjectWriter::new(self.event.outline().json(), out);
        if let Some(fields) = self.content.fields().filter(|_| !rule.entries().is_empty()) {
            fields.join(rule.entries(), |entry, field| match entry.keep {
                _ if !rule.is_kept(entry) => {}
                Keep::Drop => {}
                Keep::Whole => writer.field(&field, &mut scratch.canonicalizer),
                Keep::Only(key) if field.is_object() => {
                    write_only(&field, key, scratch, writer.key_of(&field));
                }
                Keep::Only(_) => {}
            });
        }
        writer.finish();
    }
}

/// Appends an object with at most one of the members of another.
fn write_only(field: &Field<'_>, key: &'static str, scratch: &mut Scratch, out: &mut Vec<u8>) {
    let mut writer = ObjectWriter::new(field.raw(), out);
    // The text was checked as part of the whole.
    if let Ok(value) = scratch.outline.read(field.raw(), field.mode())
        && let Some(kept) = value.get(&Name::new(key))
    {
        writer.field(&kept, &mut scratch.canonicalizer);
    }
    writer.finish();
}
