use std::borrow::Cow;

use matrix_canonicaljson::{Canonicalizer, Members, Mode, Object};

use super::{Field, Lossy, Node};
use crate::{Error, Misfit};

/// How many objects within one another a scan finds the members of. What lies deeper is scanned again when it is read.
const LEVELS: usize = 8;

/// Reads one text after another in room that it keeps.
///
/// [`Wire::read_strict`] and [`Wire::read_lenient`] make one for each text.
///
/// ```
/// use matrix_events::{Reader, SyncEvent};
///
/// let mut reader = Reader::new();
/// let event: SyncEvent = reader.read_strict(br#"{
///     "type": "m.room.topic", "state_key": "", "content": {"topic": "tea"}, "sender": "@a:example.org",
///     "event_id": "$a:example.org", "origin_server_ts": 1
/// }"#)?;
/// assert_eq!(event.content.event_type(), "m.room.topic");
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Reader(Canonicalizer);

impl Reader {
    /// Makes one that has allocated nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads text as [`Wire::read_strict`] does.
    ///
    /// # Errors
    ///
    /// When the text is no JSON or a field does not fit.
    pub fn read_strict<T: Wire>(&mut self, json: &[u8]) -> Result<T, Error> {
        self.read(json, &mut State::strict())
    }

    /// Reads text as [`Wire::read_lenient`] does.
    ///
    /// # Errors
    ///
    /// When the text is no JSON object or lacks what there is no value without.
    pub fn read_lenient<T: Wire>(&mut self, json: &[u8]) -> Result<Lossy<T>, Error> {
        let mut state = State::lenient();
        let value = self.read(json, &mut state)?;
        Ok(Lossy { value, dropped: state.dropped })
    }

    pub(crate) fn read<T: Field>(&mut self, json: &[u8], state: &mut State) -> Result<T, Error> {
        let document = self.0.scan(json, Mode::Lenient, LEVELS)?;
        let Some(members) = document.members() else {
            return Err(Misfit::expected("an object").into());
        };
        Ok(T::read_members(members, state)?)
    }
}

/// A type that has a form as a JSON object: a content, an event, a part of one.
///
/// Reading takes any JSON, whatever the room version says of its numbers, and the last of members with the same key.
/// An optional field that is `null` counts as absent. Writing gives canonical JSON, unless a field that is not known
/// holds numbers that this excludes.
pub trait Wire: Field {
    /// Reads text, all of whose fields have to fit.
    ///
    /// # Errors
    ///
    /// When the text is no JSON or a field does not fit; the error has the path of the first misfit.
    fn read_strict(json: &[u8]) -> Result<Self, Error> {
        Reader::new().read_strict(json)
    }

    /// Reads text, leaving out what does not fit (MSC2801) and saying what that was.
    ///
    /// # Errors
    ///
    /// When the text is no JSON object or lacks what there is no value without, such as the `entity` of a policy rule.
    fn read_lenient(json: &[u8]) -> Result<Lossy<Self>, Error> {
        Reader::new().read_lenient(json)
    }

    /// Reads an object, all of whose fields have to fit.
    ///
    /// # Errors
    ///
    /// As for [`read_strict`](Self::read_strict).
    fn from_object(object: &Object) -> Result<Self, Error> {
        Self::read_strict(&object.to_canonical())
    }

    /// Reads an object, leaving out what does not fit.
    ///
    /// # Errors
    ///
    /// As for [`read_lenient`](Self::read_lenient).
    fn from_object_lenient(object: &Object) -> Result<Lossy<Self>, Error> {
        Self::read_lenient(&object.to_canonical())
    }

    /// Returns what an object comes to when it is read leniently, without the report; `None` where it comes to nothing,
    /// such as a policy rule without an `entity`.
    ///
    /// ```
    /// use matrix_canonicaljson::Object;
    /// use matrix_events::{Wire, content::SpaceChild};
    ///
    /// let content: Object = r#"{"via": ["example.org", 7], "order": ["first"]}"#.parse()?;
    /// let child = SpaceChild::of(&content).ok_or("no child")?;
    /// assert_eq!((child.via.len(), child.order), (1, None));
    /// assert_eq!(SpaceChild::of(&Object::new()), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    fn of(object: &Object) -> Option<Self> {
        Self::from_object_lenient(object).ok().map(|read| read.value)
    }

    /// Appends the canonical form to `out`.
    fn write_canonical(&self, out: &mut Vec<u8>) {
        self.write(out);
    }

    /// Returns the canonical form.
    fn to_canonical(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(512);
        self.write(&mut out);
        out
    }

    /// Returns the form as an object.
    fn to_object(&self) -> Object {
        // What is written is an object with no more depth than was read or built; beyond the limit it is left out.
        Object::parse(&self.to_canonical(), Mode::Lenient).unwrap_or_default()
    }
}

/// How reading goes about misfits, and what it has met of them.
#[derive(Debug, Default)]
pub struct State {
    lenient: bool,
    dropped: Vec<Misfit>,
    /// The type that the next content is of, and whether that content was redacted.
    pub(crate) tag: (String, bool),
}

impl State {
    pub(crate) fn strict() -> Self {
        Self::default()
    }

    pub(crate) fn lenient() -> Self {
        Self { lenient: true, ..Self::default() }
    }

    pub(crate) fn is_lenient(&self) -> bool {
        self.lenient
    }

    /// Changes how reading goes about misfits and returns how it went about them before.
    pub(crate) fn set_lenient(&mut self, lenient: bool) -> bool {
        std::mem::replace(&mut self.lenient, lenient)
    }

    pub(crate) fn into_dropped(self) -> Vec<Misfit> {
        self.dropped
    }

    /// Returns a place in the report, to come back to.
    pub(crate) fn mark(&self) -> usize {
        self.dropped.len()
    }

    /// Says where what was reported since a mark stands.
    #[inline]
    pub(crate) fn place(&mut self, mark: usize, within: impl Fn(Misfit) -> Misfit) {
        if self.dropped.len() > mark {
            let tail = self.dropped.split_off(mark);
            self.dropped.extend(tail.into_iter().map(within));
        }
    }

    /// Reports a misfit in the place of all that was reported since a mark.
    ///
    /// # Errors
    ///
    /// The misfit itself, when reading is strict.
    #[cold]
    pub(crate) fn drop_value(&mut self, mark: usize, misfit: Misfit) -> Result<(), Misfit> {
        self.dropped.truncate(mark);
        if !self.lenient {
            return Err(misfit);
        }
        self.dropped.push(misfit);
        Ok(())
    }

    /// Reads the value of a key into its place.
    pub(crate) fn fill<T: Field>(
        &mut self,
        place: &mut Option<T>,
        key: &'static str,
        node: Node<'_>,
    ) -> Result<(), Misfit> {
        let mark = self.mark();
        match T::read(&node, self) {
            Ok(value) => *place = Some(value),
            Err(misfit) => return self.drop_value(mark, misfit.within_key(key)),
        }
        self.place(mark, |misfit| misfit.within_key(key));
        Ok(())
    }

    /// Gives a field its value: that which was read, or that of a field that is not there.
    #[inline]
    pub(crate) fn settle<T: Field>(
        &mut self,
        value: Option<T>,
        key: &'static str,
        start: usize,
        fall_back: bool,
    ) -> Result<T, Misfit> {
        match value.or_else(T::absent) {
            Some(value) => Ok(value),
            None => self.settle_missing(key, start, fall_back),
        }
    }

    #[cold]
    fn settle_missing<T: Field>(
        &mut self,
        key: &'static str,
        start: usize,
        fall_back: bool,
    ) -> Result<T, Misfit> {
        let missing = Misfit::missing(key);
        let reported = self.dropped.iter().skip(start).position(|misfit| misfit.path() == missing.path());
        if self.lenient
            && fall_back
            && let Some(value) = T::fallback(self)
        {
            if reported.is_none() {
                self.dropped.push(missing);
            }
            return Ok(value);
        }
        match reported {
            Some(index) => Err(self.dropped.remove(start + index)),
            None => Err(missing),
        }
    }

    /// Takes note of the type of the content that is about to be read, and of whether it was redacted.
    pub(crate) fn begin_tagged(&mut self, members: &Members<'_>, key: &'static str) -> Result<(), Misfit> {
        let tag = match members.get(key) {
            None => return Err(Misfit::missing(key)),
            Some(member) => member.as_str().ok_or_else(|| Misfit::expected("a string").within_key(key))?,
        };
        let unsigned = members.get("unsigned").and_then(|unsigned| unsigned.members());
        let redacted = unsigned
            .and_then(|unsigned| unsigned.get("redacted_because"))
            .is_some_and(|because| because.raw().starts_with('{'));
        self.tag.0.clear();
        self.tag.0.push_str(&tag);
        self.tag.1 = redacted;
        Ok(())
    }
}

/// Scans an object whose members the first scan did not look for.
pub(crate) fn rescan<'c>(
    canonicalizer: &'c mut Canonicalizer,
    node: &Node<'c>,
) -> Result<Members<'c>, Misfit> {
    if !node.is_object() {
        return Err(Misfit::expected("an object"));
    }
    let document = canonicalizer.scan(node.raw().as_bytes(), Mode::Lenient, LEVELS);
    document.ok().and_then(|document| document.members()).ok_or_else(|| Misfit::expected("an object"))
}

/// Puts an unknown member with the others.
pub(crate) fn keep_other(other: &mut Object, key: Cow<'_, str>, node: Node<'_>) {
    other.insert(key.into_owned(), node.value());
}
