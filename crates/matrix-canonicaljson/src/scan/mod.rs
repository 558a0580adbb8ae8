//! The one pass over JSON text: it checks the grammar and the numbers, compares each key with the one before
//! it, and tells a [`Sink`] what it meets. Nothing recurses; what is open stands on a bounded stack.

mod check;
mod key;
mod outliner;
mod recorder;
mod tape;
mod tree;

use alloc::vec::Vec;
use core::cmp::Ordering;

pub(crate) use self::check::Check;
pub(crate) use self::key::Key;
pub(crate) use self::outliner::{Entries, Entry, Outliner};
pub(crate) use self::recorder::{Recorder, Room};
pub(crate) use self::tape::{Member, Range, Tape};
use self::tree::Tree;
use crate::lex::{self, NumberClass};
use crate::mode::{Mode, Options};
use crate::{Error, ErrorKind, MAX_DEPTH, Value};

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

/// An object or array that is open.
#[derive(Clone, Copy, Debug)]
struct Frame {
    /// The last key; before the first, [`Key::NONE`].
    key: Key,
    is_object: bool,
}

/// The objects and arrays that are open, and how many may be.
#[derive(Debug)]
pub(crate) struct Frames {
    open: Vec<Frame>,
    pub(crate) limit: usize,
}

impl Default for Frames {
    fn default() -> Self {
        Self { open: Vec::new(), limit: MAX_DEPTH }
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
        Ok(true) => Ok(()),
        Ok(false) => utf8(json).map(drop).map_err(Stop::Error),
        // What is no text at all is refused as that, whatever else is wrong with it.
        Err(stop) => utf8(json).map_err(Stop::Error).and(Err(stop)),
    }
}

/// Returns whether all bytes are ASCII for sure.
fn pass_over(
    bytes: &[u8],
    options: Options,
    frames: &mut Frames,
    sink: &mut impl Sink,
) -> Result<bool, Stop> {
    frames.open.clear();
    let mut pass = Pass { bytes, mode: options.mode, frames, sink, seen: 0 };
    match pass.run() {
        Ok(()) => Ok(pass.seen & lex::NOT_ASCII == 0),
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
    /// What [`lex::special_noting`] saw of the strings.
    seen: u64,
}

/// What comes after the end of a value or the beginning of a container.
enum Next {
    /// A value, at this offset.
    Value(usize),
    /// Nothing more within the container, which ended before this offset.
    Closed(usize),
}

impl<S: Sink> Pass<'_, S> {
    fn run(&mut self) -> Flow {
        let mut at = 0;
        loop {
            let mut next = match self.bytes.get(at) {
                Some(b'"') => Next::Closed(self.string(at)?),
                Some(b'-' | b'0'..=b'9') => Next::Closed(self.number(at)?),
                Some(b'{') => self.open_object(at)?,
                Some(b'[') => self.open_array(at)?,
                Some(b't') => Next::Closed(self.word(at, b"true", Some(true))?),
                Some(b'f') => Next::Closed(self.word(at, b"false", Some(false))?),
                Some(b'n') => Next::Closed(self.word(at, b"null", None)?),
                Some(b' ' | b'\t' | b'\n' | b'\r') => Next::Value(self.skip(at)?),
                _ => return Err(lex::unexpected(self.bytes, at).into()),
            };
            // A value ended: go on with what holds it, or close that.
            at = loop {
                next = match (next, self.frames.open.last()) {
                    (Next::Value(value), _) => break value,
                    (Next::Closed(end), Some(frame)) if frame.is_object => self.after_member(end)?,
                    (Next::Closed(end), Some(_)) => self.after_item(end)?,
                    (Next::Closed(end), None) => return self.end(end),
                };
            };
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

    #[inline]
    fn open(&mut self, at: usize, is_object: bool) -> Flow {
        if self.frames.open.len() >= self.frames.limit {
            return Err(Error::at(ErrorKind::TooDeep, at).into());
        }
        self.frames.open.push(Frame { key: Key::NONE, is_object });
        self.sink.open(at, is_object);
        Ok(())
    }

    #[inline]
    fn open_object(&mut self, at: usize) -> Result<Next, Stop> {
        self.open(at, true)?;
        let mut at = at + 1;
        loop {
            match self.bytes.get(at) {
                Some(b'"') => return self.key(at),
                Some(b'}') => return self.close(at, true),
                _ => at = self.skip_or_fail(at)?,
            }
        }
    }

    #[inline]
    fn open_array(&mut self, at: usize) -> Result<Next, Stop> {
        self.open(at, false)?;
        let mut at = at + 1;
        loop {
            match self.bytes.get(at) {
                Some(b']') => return self.close(at, false),
                Some(b' ' | b'\t' | b'\n' | b'\r') => at = self.skip(at)?,
                _ => return Ok(Next::Value(at)),
            }
        }
    }

    #[inline]
    fn after_member(&mut self, mut at: usize) -> Result<Next, Stop> {
        self.sink.member_end(at);
        loop {
            match self.bytes.get(at) {
                Some(b',') => break,
                Some(b'}') => return self.close(at, true),
                _ => at = self.skip_or_fail(at)?,
            }
        }
        let mut quote = at + 1;
        while self.bytes.get(quote) != Some(&b'"') {
            quote = self.skip_or_fail(quote)?;
        }
        self.key(quote)
    }

    #[inline]
    fn after_item(&mut self, mut at: usize) -> Result<Next, Stop> {
        loop {
            match self.bytes.get(at) {
                Some(b',') => return Ok(Next::Value(at + 1)),
                Some(b']') => return self.close(at, false),
                _ => at = self.skip_or_fail(at)?,
            }
        }
    }

    #[inline]
    fn close(&mut self, at: usize, is_object: bool) -> Result<Next, Stop> {
        self.frames.open.pop();
        self.sink.close(at, is_object)?;
        Ok(Next::Closed(at + 1))
    }

    /// Reads a key and the colon, up to where the value begins.
    #[inline]
    fn key(&mut self, quote: usize) -> Result<Next, Stop> {
        let start = quote + 1;
        let end = lex::special_noting(self.bytes, start, &mut self.seen);
        let key = if self.bytes.get(end) == Some(&b'"') {
            Key::plain(self.bytes, start, end)
        } else {
            self.seen = u64::MAX;
            Key::escaped(self.bytes, start, end)?
        };
        let mut colon = key.end() + 1;
        while self.bytes.get(colon) != Some(&b':') {
            colon = self.skip_or_fail(colon)?;
        }
        let mut value = colon + 1;
        if matches!(self.bytes.get(value), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            value = self.skip(value)?;
        }
        let in_order = self.in_order(key);
        self.sink.key(key, value, in_order)?;
        Ok(Next::Value(value))
    }

    /// Compares a key with the one before it, whose place it takes.
    #[inline]
    fn in_order(&mut self, key: Key) -> bool {
        let Some(frame) = self.frames.open.last_mut() else {
            return true;
        };
        let in_order = frame.key.is_none() || frame.key.compare(&key, self.bytes) == Ordering::Less;
        frame.key = key;
        in_order
    }

    #[inline]
    fn string(&mut self, quote: usize) -> Result<usize, Stop> {
        let end = lex::special_noting(self.bytes, quote + 1, &mut self.seen);
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
                    at = lex::special_noting(self.bytes, escape.end, &mut self.seen);
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
        if !matches!(token.class, NumberClass::Integer(_)) && self.mode == Mode::Strict {
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
