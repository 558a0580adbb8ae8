//! The one pass over JSON text: it checks the grammar and the numbers, compares each key with the one before
//! it, and tells a [`Sink`] what it meets. Nothing recurses; what is open stands on a bounded stack.

mod check;
mod entries;
mod key;
mod outliner;
mod recorder;
mod tape;
mod tree;

pub(crate) use self::check::Check;
pub(crate) use self::entries::{Entries, Entry, Kind};
pub(crate) use self::key::Key;
pub(crate) use self::outliner::{Findings, Outliner};
pub(crate) use self::recorder::{Recorder, Room};
pub(crate) use self::tape::{Member, Range, Tape};
use self::tree::Tree;
use crate::lex::{self, NumberClass};
use crate::mode::{Mode, Options};
use crate::special::{special_expected, special_noting};
use crate::{Error, ErrorKind, MAX_DEPTH, Value};
use alloc::vec::Vec;

/// Why a pass ended early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The text is no JSON, or the options exclude it.
    Error(Error),
    /// The sink wants to see no more.
    Enough,
}

impl From<Error> for Stop {
    #[cold]
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// The answer of a sink.
pub(crate) type Flow = Result<(), Stop>;

/// What a pass reports to. Offsets are bytes of the text.
pub(crate) trait Sink {
    /// White space from `from` up to `to`.
    fn gap(&mut self, from: usize, to: usize) -> Flow;
    /// An object or array begins with the bracket at `at`.
    fn open(&mut self, at: usize, is_object: bool);
    /// A key, whose value begins at `value`; `in_order` when it is greater than the key before it. When keys must not
    /// repeat it is for the sink to see that, at the end of the object at the latest.
    fn key(&mut self, key: Key, value: usize, in_order: bool) -> Flow;
    /// Reads the key that starts at `start`, after its quote, if it is the one that the sink expects there, and returns
    /// the offset of the closing quote with it. What comes next then need not wait until a search found the quote.
    #[inline]
    fn expected_key(&mut self, _bytes: &[u8], _start: usize) -> Option<(Key, usize)> {
        None
    }
    /// A string between the quotes at `start` and `end - 1`.
    #[inline]
    fn string(&mut self, _start: usize, _end: usize, _escaped: bool) {}
    /// An escape within the string of a value (not of a key) that canonical JSON writes otherwise.
    fn escape(&mut self, from: usize, to: usize, char: char) -> Flow;
    /// A number.
    fn number(&mut self, start: usize, end: usize, class: NumberClass) -> Flow;
    /// `true`, `false`, or `null` as `None`.
    #[inline]
    fn word(&mut self, _value: Option<bool>) {}
    /// The value of the last key ended before `at`.
    #[inline]
    fn member_end(&mut self, _at: usize) {}
    /// The innermost object or array ends with the bracket at `at`.
    fn close(&mut self, at: usize, is_object: bool) -> Flow;
}

/// What holds the values that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holder {
    /// Nothing: the value is the whole.
    Text,
    Object,
    Array,
}

/// The text, or an object or array that is open.
#[derive(Clone, Copy, Debug)]
struct Frame {
    /// The last key; before the first, [`Key::NONE`].
    key: Key,
    holder: Holder,
}

/// What holds the innermost object or array that is open, and what holds that; and how many may be open.
#[derive(Debug)]
pub(crate) struct Frames {
    outer: Vec<Frame>,
    pub(crate) limit: usize,
}

impl Default for Frames {
    fn default() -> Self {
        Self { outer: Vec::new(), limit: MAX_DEPTH }
    }
}

/// The length that texts must stay below, so that offsets fit the record: 1 GiB.
const MAX_LENGTH: usize = 1 << 30;

/// Checks that text is not too long.
pub(crate) fn check_length(json: &[u8]) -> Result<(), Error> {
    if json.len() < MAX_LENGTH { Ok(()) } else { Err(Error::new(ErrorKind::TooLong)) }
}

/// Checks that bytes are text.
pub(crate) fn utf8(json: &[u8]) -> Result<&str, Error> {
    check_length(json)?;
    core::str::from_utf8(json)
        .map_err(|error| Error::at(ErrorKind::InvalidUtf8, error.valid_up_to()).locate(json))
}

/// Passes over the text of one value, within the limit of `frames`.
pub(crate) fn run(text: &str, options: Options, frames: &mut Frames, sink: &mut impl Sink) -> Flow {
    pass_over(text.as_bytes(), options, frames, sink).map(drop)
}

/// Passes over bytes, and makes sure that they are text: in the pass itself if they are ASCII.
pub(crate) fn run_bytes(json: &[u8], options: Options, frames: &mut Frames, sink: &mut impl Sink) -> Flow {
    check_length(json)?;
    match pass_over(json, options, frames, sink) {
        Ok(ascii) if ascii < json.len() => rest_is_text(json, ascii).map_err(Stop::Error),
        Ok(_) => Ok(()),
        // What is no text at all is refused as that, whatever else is wrong with it.
        Err(stop) => utf8(json).map_err(Stop::Error).and(Err(stop)),
    }
}

/// Checks that bytes are text of which the first so many are ASCII.
#[inline(never)]
fn rest_is_text(json: &[u8], ascii: usize) -> Result<(), Error> {
    match core::str::from_utf8(json.get(ascii..).unwrap_or_default()) {
        Ok(_) => Ok(()),
        Err(_) => utf8(json).map(drop),
    }
}

/// Returns up to where all bytes are ASCII for sure.
fn pass_over(
    bytes: &[u8],
    options: Options,
    frames: &mut Frames,
    sink: &mut impl Sink,
) -> Result<usize, Stop> {
    frames.outer.clear();
    let inner = Frame { key: Key::NONE, holder: Holder::Text };
    let mut pass = Pass { bytes, mode: options.mode, frames, sink, inner, ascii: usize::MAX, expected: 0 };
    match pass.run() {
        Ok(()) => Ok(pass.ascii),
        Err(Stop::Error(error)) => Err(Stop::Error(error.locate(bytes))),
        Err(Stop::Enough) => Err(Stop::Enough),
    }
}

/// Reads the text of one value.
pub(crate) fn parse(json: &[u8], options: Options) -> Result<Value, Error> {
    let text = utf8(json)?;
    let mut tree = Tree::new(text, options);
    match run(text, options, &mut Frames::default(), &mut tree) {
        Ok(()) | Err(Stop::Enough) => Ok(tree.into_value()),
        Err(Stop::Error(error)) => Err(error),
    }
}

struct Pass<'a, S> {
    bytes: &'a [u8],
    mode: Mode,
    frames: &'a mut Frames,
    sink: &'a mut S,
    /// The innermost object or array that is open, or the text.
    inner: Frame,
    /// Up to where all bytes are ASCII, see [`special_noting`].
    ascii: usize,
    /// The length of the string in an array that came last, as the next is likely to be as long: [`special_expected`].
    expected: u32,
}

impl<S: Sink> Pass<'_, S> {
    fn run(&mut self) -> Flow {
        let mut at = 0;
        // Each round reads a value, in an object with its key, and what closes after it.
        loop {
            if self.inner.holder == Holder::Object {
                at = self.key(at)?;
            }
            at = match self.bytes.get(at) {
                Some(b'"') => self.string(at)?,
                Some(b'-' | b'0'..=b'9') => self.number(at)?,
                Some(b'{') => {
                    at = self.open(at, Holder::Object)?;
                    if self.bytes.get(at) != Some(&b'}') {
                        continue;
                    }
                    self.close(at)?;
                    at + 1
                }
                Some(b'[') => {
                    at = self.open(at, Holder::Array)?;
                    if self.bytes.get(at) != Some(&b']') {
                        continue;
                    }
                    self.close(at)?;
                    at + 1
                }
                Some(b't') => self.word(at, b"true", Some(true))?,
                Some(b'f') => self.word(at, b"false", Some(false))?,
                Some(b'n') => self.word(at, b"null", None)?,
                Some(b' ' | b'\t' | b'\n' | b'\r') if self.inner.holder != Holder::Object => {
                    at = self.skip(at)?;
                    continue;
                }
                _ => return Err(lex::unexpected(self.bytes, at).into()),
            };
            loop {
                let closing = match self.inner.holder {
                    Holder::Object => {
                        self.sink.member_end(at);
                        b'}'
                    }
                    Holder::Array => b']',
                    Holder::Text => return self.end(at),
                };
                let (end, byte) = self.one_of(at, b',', closing)?;
                at = end + 1;
                if byte == b',' {
                    break;
                }
                self.close(end)?;
            }
        }
    }

    /// Finds one of two bytes at `at`, or after white space there.
    #[inline]
    fn one_of(&mut self, mut at: usize, one: u8, other: u8) -> Result<(usize, u8), Stop> {
        loop {
            match self.bytes.get(at) {
                Some(byte) if *byte == one || *byte == other => return Ok((at, *byte)),
                _ => at = self.skip_or_fail(at)?,
            }
        }
    }

    #[cold]
    fn skip(&mut self, at: usize) -> Result<usize, Stop> {
        let to = lex::white_space(self.bytes, at);
        if to > at {
            self.sink.gap(at, to)?;
        }
        Ok(to)
    }

    /// Skips the white space at `at`, where the grammar wants something else.
    ///
    /// It is asked for only when that something is not there, as white space is rare.
    #[cold]
    fn skip_or_fail(&mut self, at: usize) -> Result<usize, Stop> {
        match self.skip(at)? {
            to if to > at => Ok(to),
            _ => Err(lex::unexpected(self.bytes, at).into()),
        }
    }

    /// Opens an object or array and returns the offset of what it holds, or of the bracket that closes it.
    #[inline]
    fn open(&mut self, at: usize, holder: Holder) -> Result<usize, Stop> {
        if self.frames.outer.len() >= self.frames.limit {
            return Err(Error::at(ErrorKind::TooDeep, at).into());
        }
        self.frames.outer.push(self.inner);
        self.inner = Frame { key: Key::NONE, holder };
        self.sink.open(at, holder == Holder::Object);
        if self.bytes.get(at + 1).is_some_and(|byte| *byte <= b' ') {
            return self.skip(at + 1);
        }
        Ok(at + 1)
    }

    /// Closes the innermost object or array, whose bracket stands at `at`.
    #[inline]
    fn close(&mut self, at: usize) -> Flow {
        let is_object = self.inner.holder == Holder::Object;
        if let Some(outer) = self.frames.outer.pop() {
            self.inner = outer;
        }
        self.sink.close(at, is_object)
    }

    /// Reads a key and the colon, up to where the value begins.
    #[inline]
    fn key(&mut self, mut quote: usize) -> Result<usize, Stop> {
        while self.bytes.get(quote) != Some(&b'"') {
            quote = self.skip_or_fail(quote)?;
        }
        let (key, end) = match self.sink.expected_key(self.bytes, quote + 1) {
            Some(known) => known,
            None => Key::read(self.bytes, quote + 1, &mut self.ascii)?,
        };
        let mut colon = end + 1;
        while self.bytes.get(colon) != Some(&b':') {
            colon = self.skip_or_fail(colon)?;
        }
        let mut value = colon + 1;
        if self.bytes.get(value).is_some_and(|byte| *byte <= b' ') {
            value = self.skip(value)?;
        }
        let before = core::mem::replace(&mut self.inner.key, key);
        let in_order = before.is_before(key, self.bytes);
        self.sink.key(key, value, in_order)?;
        Ok(value)
    }

    #[inline]
    fn string(&mut self, quote: usize) -> Result<usize, Stop> {
        let end = match self.inner.holder {
            Holder::Array => special_expected(self.bytes, quote + 1, &mut self.expected, &mut self.ascii),
            _ => special_noting(self.bytes, quote + 1, &mut self.ascii),
        };
        if self.bytes.get(end) == Some(&b'"') {
            self.sink.string(quote, end + 1, false);
            return Ok(end + 1);
        }
        self.string_with_escapes(quote, end)
    }

    /// Reads on from `at`, where a string holds something other than plain content.
    #[cold]
    fn string_with_escapes(&mut self, quote: usize, mut at: usize) -> Result<usize, Stop> {
        loop {
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    let escape = lex::escape(self.bytes, at)?;
                    if !lex::is_canonical_escape(self.bytes.get(at..escape.end).unwrap_or_default()) {
                        self.sink.escape(at, escape.end, escape.char)?;
                    }
                    at = special_noting(self.bytes, escape.end, &mut self.ascii);
                }
                Some(_) => return Err(Error::at(ErrorKind::ControlCharacter, at).into()),
                None => return Err(Error::at(ErrorKind::UnexpectedEnd, at).into()),
            }
        }
        self.sink.string(quote, at + 1, true);
        Ok(at + 1)
    }

    #[inline]
    fn number(&mut self, start: usize) -> Result<usize, Stop> {
        let token = lex::number(self.bytes, start)?;
        if !matches!(token.class, NumberClass::Integer) && self.mode == Mode::Strict {
            let kind = match token.class {
                NumberClass::NegativeZero => ErrorKind::NegativeZero,
                NumberClass::Float => ErrorKind::NotAnInteger,
                _ => ErrorKind::IntegerOutOfRange,
            };
            let text = self.bytes.get(start..token.end).unwrap_or_default();
            let text = core::str::from_utf8(text).unwrap_or_default();
            return Err(Error::at(kind, start).detail(text).into());
        }
        self.sink.number(start, token.end, token.class)?;
        Ok(token.end)
    }

    #[inline]
    fn word(&mut self, at: usize, word: &'static [u8], value: Option<bool>) -> Result<usize, Stop> {
        let end = lex::word(self.bytes, at, word)?;
        self.sink.word(value);
        Ok(end)
    }

    fn end(&mut self, at: usize) -> Flow {
        if at == self.bytes.len() {
            return Ok(());
        }
        let end = self.skip(at)?;
        if end < self.bytes.len() {
            return Err(Error::at(ErrorKind::TrailingCharacters, end).into());
        }
        Ok(())
    }
}
