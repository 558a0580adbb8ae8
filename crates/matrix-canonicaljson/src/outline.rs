use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::slice;

use crate::lex;
use crate::scan::{self, Entries, Entry, Findings, Frames, Kind, Outliner, Range, Stop};
use crate::{Canonicalizer, Error, ErrorKind, Mode, Name, Names, ObjectWriter, Place, write};

/// Reads the outline of one object after another in room that it keeps, so that in the long run nothing is allocated.
#[derive(Debug, Default)]
pub struct OutlineReader {
    frames: Frames,
    entries: Entries,
}

impl OutlineReader {
    /// Makes one that has allocated nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks the text of an object and finds its members, in one pass and without decoding them.
    ///
    /// # Errors
    ///
    /// When the text is no JSON or the mode excludes it, or [`ErrorKind::NotAnObject`].
    pub fn read<'a>(&'a mut self, json: &'a [u8], mode: Mode) -> Result<Outline<'a>, Error> {
        const NONE: Names<0> = Names::new([]);
        self.read_naming(json, mode, const { &NONE }).map(|(outline, _)| outline)
    }

    /// As [`read`](Self::read), with the places of the members that have one of the names.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn read_naming<'a, const N: usize>(
        &'a mut self,
        json: &'a [u8],
        mode: Mode,
        names: &Names<N>,
    ) -> Result<(Outline<'a>, [Option<Place>; N]), Error> {
        let mut outliner = Outliner::new(json, names, &mut self.entries);
        match scan::run_bytes(json, mode.into(), &mut self.frames, &mut outliner) {
            Ok(()) | Err(Stop::Enough) => {}
            Err(Stop::Error(error)) => return Err(error),
        }
        let Findings { is_canonical, sorted, mut places } = outliner.finish();
        if !lex::is_object(json) {
            return Err(Error::new(ErrorKind::NotAnObject));
        }
        self.entries.mode = mode;
        self.entries.is_canonical = is_canonical;
        if !sorted {
            places = self.entries.sort(names, places, json);
        }
        Ok((Outline { json, entries: &self.entries }, places))
    }
}

/// An object's text, checked, with the places of its members and of the members of these: no more than it takes to
/// read an event's fields, to redact and to hash it.
///
/// Members are in the order of canonical JSON; of those with the same key only the last is among them. Values are
/// decoded when asked for. Made by an [`OutlineReader`].
///
/// ```
/// use matrix_canonicaljson::{Mode, Name, OutlineReader};
///
/// const CONTENT: Name<'static> = Name::new("content");
///
/// let json = br#"{"type":"m.room.topic","content":{"topic":"\u0041"}}"#;
/// let mut reader = OutlineReader::new();
/// let event = reader.read(json, Mode::Strict)?;
/// assert_eq!(event.fields().map(|field| field.key()).collect::<Vec<_>>(), ["content", "type"]);
/// let topic = event.get(&CONTENT).and_then(|content| content.get(&Name::new("topic")));
/// assert_eq!(topic.and_then(|topic| topic.as_str()).as_deref(), Some("A"));
/// assert!(!event.is_canonical());
/// # Ok::<(), matrix_canonicaljson::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Outline<'a> {
    json: &'a [u8],
    entries: &'a Entries,
}

impl<'a> Outline<'a> {
    /// Returns the text.
    #[must_use]
    pub fn json(&self) -> &'a [u8] {
        self.json
    }

    /// Returns the mode in which it was read, and in which values are written.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.entries.mode
    }

    /// Returns whether the text is its own canonical form.
    #[must_use]
    pub fn is_canonical(&self) -> bool {
        self.entries.is_canonical
    }

    /// Returns the members.
    #[must_use]
    pub fn fields(&self) -> Fields<'a> {
        Fields { outline: *self, entries: self.entries.members.iter() }
    }

    /// Returns the member with that key.
    #[must_use]
    pub fn get(&self, name: &Name<'_>) -> Option<Field<'a>> {
        self.fields().get(name)
    }

    /// Returns the member at a place; none if the place is that of another outline, which has more members.
    #[inline]
    #[must_use]
    pub fn field(&self, place: Place) -> Option<Field<'a>> {
        self.entries.members.get(place.index()).map(|entry| Field { outline: *self, entry })
    }
}

/// Members in the order of canonical JSON.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    outline: Outline<'a>,
    entries: slice::Iter<'a, Entry>,
}

impl<'a> Fields<'a> {
    /// Returns the member with that key, of those still ahead.
    #[must_use]
    pub fn get(&self, name: &Name<'_>) -> Option<Field<'a>> {
        self.clone().find(|field| field.is(name))
    }

    /// Hands over the members ahead that have one of the names, which have to be in ascending order.
    #[inline]
    pub fn join<'n, N: AsRef<Name<'static>>>(self, names: &'n [N], mut each: impl FnMut(&'n N, Field<'a>)) {
        let Self { outline, entries } = self;
        let mut ahead = names.iter();
        let mut name = ahead.next();
        for entry in entries {
            while let Some(wanted) = name {
                let order = wanted.as_ref().compare_key(&entry.key, outline.json);
                if order == Ordering::Less {
                    break;
                }
                name = ahead.next();
                if order == Ordering::Equal {
                    each(wanted, Field { outline, entry });
                    break;
                }
            }
        }
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Field<'a>;

    #[inline]
    fn next(&mut self) -> Option<Field<'a>> {
        self.entries.next().map(|entry| Field { outline: self.outline, entry })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.entries.size_hint()
    }
}

impl ExactSizeIterator for Fields<'_> {}

/// A member: a key and a value that are decoded when asked for.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    outline: Outline<'a>,
    entry: &'a Entry,
}

impl<'a> Field<'a> {
    /// Returns the decoded key.
    #[must_use]
    pub fn key(&self) -> Cow<'a, str> {
        self.entry.key.decoded(self.outline.json)
    }

    /// Returns whether this is the key.
    #[inline]
    #[must_use]
    pub fn is(&self, name: &Name<'_>) -> bool {
        name.is(&self.entry.key, self.outline.json)
    }

    /// Returns the value as it stands in the text.
    #[must_use]
    pub fn raw(&self) -> &'a [u8] {
        self.entry.value.of(self.outline.json)
    }

    /// Returns the mode in which the text was read.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.outline.mode()
    }

    /// Returns the decoded string, if the value is one.
    #[must_use]
    pub fn as_str(&self) -> Option<Cow<'a, str>> {
        let text = core::str::from_utf8(self.content()?).ok()?;
        Some(if self.entry.kind == Kind::Escaped { lex::unescape(text) } else { Cow::Borrowed(text) })
    }

    /// Returns the place among the names of the one that the value is, if it is a string: as
    /// [`Names::position`], without decoding what has no escapes.
    #[must_use]
    pub fn position_in<const N: usize>(&self, names: &Names<N>) -> Option<usize> {
        match self.entry.kind {
            Kind::Escaped => names.position_of_text(self.as_str()?.as_bytes()),
            _ => names.position_of_text(self.content()?),
        }
    }

    /// What stands between the quotes, if the value is a string.
    fn content(&self) -> Option<&'a [u8]> {
        self.raw().strip_prefix(b"\"")?.strip_suffix(b"\"")
    }

    /// Returns whether the value is a string.
    #[must_use]
    pub fn is_string(&self) -> bool {
        self.raw().first() == Some(&b'"')
    }

    /// Returns the integer, if the value is one within the range of an `i64`.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        // An integer of JSON is one of Rust, and nothing else is.
        core::str::from_utf8(self.raw()).ok()?.parse().ok()
    }

    /// Returns whether the value is an object.
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.raw().first() == Some(&b'{')
    }

    /// Returns the members of the value if it is an object; those of a member's member are not known here, for these
    /// read the [`raw`](Self::raw) text.
    #[must_use]
    pub fn fields(&self) -> Option<Fields<'a>> {
        let Kind::Object(inner) = self.entry.kind else { return None };
        Some(Fields { outline: self.outline, entries: inner.of(&self.outline.entries.inner).iter() })
    }

    /// Returns the member with that key of the value, if it is an object.
    #[must_use]
    pub fn get(&self, name: &Name<'_>) -> Option<Field<'a>> {
        self.fields()?.get(name)
    }

    /// Appends the canonical form of the value.
    pub fn write_value(&self, room: &mut Canonicalizer, out: &mut Vec<u8>) {
        if self.entry.is_canonical() {
            out.extend_from_slice(self.raw());
        } else if self.is_string() {
            write::rewritten(self.raw(), out);
        } else if let Some(fields) = self.fields() {
            let mut writer = ObjectWriter::new(self.outline.json, out);
            fields.for_each(|field| writer.field(&field, room));
            writer.finish();
        } else {
            // The text was checked, and opens fewer objects and arrays than the whole.
            _ = room.canonicalize_into(self.raw(), self.outline.mode(), out);
        }
    }

    /// Key, colon and value as they stand in the text, if that is the canonical form.
    #[inline]
    pub(crate) fn whole(&self) -> Option<Range> {
        self.entry.whole()
    }

    /// Key and colon as they stand in the text, if that is the canonical form.
    #[inline]
    pub(crate) fn whole_key(&self) -> Option<Range> {
        self.entry.whole_key()
    }

    /// Appends the key with its quotes, in canonical form.
    pub(crate) fn write_key(&self, out: &mut Vec<u8>) {
        self.entry.key.write(self.outline.json, out);
    }
}
