use std::borrow::Cow;

use matrix_canonicaljson::{Field, Mode, Name, Names, Outline, OutlineReader, Place};

use crate::error::Error;
use crate::table::TOP_LEVEL;

/// Reads one event after another from bytes, in room that it keeps: in the long run nothing is allocated.
///
/// ```
/// use matrix_canonicaljson::Mode;
/// use matrix_redaction::{EventReader, RedactedBytes, Scratch};
/// use matrix_roomversion::RoomVersion;
///
/// let (mut reader, mut scratch) = (EventReader::new(), Scratch::new());
/// let pdu = br#"{"type":"m.room.message","content":{"body":"hello"},"sender":"@a:b"}"#;
/// let event = reader.read(pdu, Mode::Strict)?;
/// assert_eq!(event.sender().as_deref(), Some("@a:b"));
///
/// let mut out = Vec::new();
/// let rules = &RoomVersion::V12.rules().redaction;
/// RedactedBytes::new(&event, rules)?.write_canonical(&mut scratch, &mut out);
/// assert_eq!(out, br#"{"content":{},"sender":"@a:b","type":"m.room.message"}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct EventReader {
    outline: OutlineReader,
    places: Places,
}

/// Where the fields stand that the rules name, as [`KNOWN`] counts them.
type Places = [Option<Place>; KNOWN_FIELDS];

const KNOWN_FIELDS: usize = TOP_LEVEL.len() + 1;

/// The fields that a redaction may keep, in the order of [`TOP_LEVEL`], and `unsigned`.
const KNOWN: Names<KNOWN_FIELDS> = {
    let mut names = [Name::new("unsigned"); KNOWN_FIELDS];
    let (mut known, mut kept) = (names.as_mut_slice(), TOP_LEVEL.as_slice());
    while let ([name, names @ ..], [key, keys @ ..]) = (known, kept) {
        *name = key.name;
        (known, kept) = (names, keys);
    }
    Names::new(names)
};

impl EventReader {
    /// Makes one that has allocated nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks the text of an event and finds its fields, in one pass.
    ///
    /// To hash, redact or verify events as rooms hold them, and leave it to the format check to refuse numbers, read
    /// with [`Mode::Lenient`].
    ///
    /// # Errors
    ///
    /// When the text is no JSON object or the mode excludes it: the kind, the offset in bytes, and the path such as
    /// `content.users."@a:b"`.
    pub fn read<'a>(
        &'a mut self,
        json: &'a [u8],
        mode: Mode,
    ) -> Result<EventBytes<'a>, matrix_canonicaljson::Error> {
        let (outline, places) = self.outline.read_naming(json, mode, const { &KNOWN })?;
        self.places = places;
        Ok(EventBytes { outline, places: &self.places })
    }
}

/// An event as the bytes in which it was received: checked, its fields found, nothing decoded or copied.
///
/// What is asked of it is what is asked of an `Object` elsewhere in these crates, with the same answers; it costs a
/// fraction. Made by [`EventReader::read`].
#[derive(Clone, Copy, Debug)]
pub struct EventBytes<'a> {
    outline: Outline<'a>,
    places: &'a Places,
}

const CONTENT: Name<'static> = Name::new("content");
const TYPE: Name<'static> = Name::new("type");

const NOT_A_STRING: Error = Error::InvalidField { field: "type", expected: "a string" };

impl<'a> EventBytes<'a> {
    /// Returns the fields, as they stand in the text and in the order of canonical JSON.
    pub fn outline(&self) -> &Outline<'a> {
        &self.outline
    }

    /// Returns a field.
    #[inline]
    pub fn get(&self, name: &Name<'_>) -> Option<Field<'a>> {
        match const { &KNOWN }.position(name).and_then(|known| self.places.get(known)) {
            Some(place) => self.outline.field((*place)?),
            None => self.outline.get(name),
        }
    }

    /// Where the fields stand that redactions may keep, in the order of [`TOP_LEVEL`].
    pub(crate) fn places(&self) -> &'a [Option<Place>] {
        self.places
    }

    /// Returns a field that is a string.
    pub fn string(&self, name: &Name<'_>) -> Option<Cow<'a, str>> {
        self.get(name)?.as_str()
    }

    /// Returns `type`.
    ///
    /// # Errors
    ///
    /// [`Error::MissingField`] or [`Error::InvalidField`].
    pub fn event_type(&self) -> Result<Cow<'a, str>, Error> {
        self.type_field()?.as_str().ok_or(NOT_A_STRING)
    }

    /// Returns `type`, which is a string.
    pub(crate) fn type_field(&self) -> Result<Field<'a>, Error> {
        let field = self.get(&TYPE).ok_or(Error::MissingField("type"))?;
        if field.is_string() { Ok(field) } else { Err(NOT_A_STRING) }
    }

    /// Returns `content`, whatever it is.
    pub fn content(&self) -> Option<Field<'a>> {
        self.get(&CONTENT)
    }

    /// Returns `event_id`, which events of rooms 1 and 2 have, if it is a string.
    pub fn event_id(&self) -> Option<Cow<'a, str>> {
        self.string(const { &Name::new("event_id") })
    }

    /// Returns `room_id`, if it is a string.
    pub fn room_id(&self) -> Option<Cow<'a, str>> {
        self.string(const { &Name::new("room_id") })
    }

    /// Returns `sender`, if it is a string.
    pub fn sender(&self) -> Option<Cow<'a, str>> {
        self.string(const { &Name::new("sender") })
    }

    /// Returns `state_key`, if it is a string.
    pub fn state_key(&self) -> Option<Cow<'a, str>> {
        self.string(const { &Name::new("state_key") })
    }

    /// Returns `origin_server_ts` in milliseconds since the Unix epoch, if it is an integer of 64 bits.
    pub fn origin_server_ts(&self) -> Option<i64> {
        self.get(const { &Name::new("origin_server_ts") })?.as_i64()
    }

    /// Returns `depth`, if it is an integer of 64 bits.
    pub fn depth(&self) -> Option<i64> {
        self.get(const { &Name::new("depth") })?.as_i64()
    }
}
