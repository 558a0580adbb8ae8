use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::scan::{self, Check, Frames, Recorder, Room, Stop, Tape};
use crate::{Document, Error, MAX_DEPTH, Mode, Options};

/// Returns the strict canonical form of JSON text, borrowed when the text is canonical already.
///
/// # Errors
///
/// When the text is no JSON or strict [canonical JSON] excludes it; see [`ErrorKind`](crate::ErrorKind).
///
/// [canonical JSON]: https://spec.matrix.org/v1.19/appendices/#canonical-json
pub fn canonicalize(json: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    canonicalize_with(json, Mode::Strict)
}

/// Returns the canonical form of JSON text as the options want it, borrowed when the text is canonical already.
///
/// # Errors
///
/// When the text is no JSON or the options exclude it; see [`ErrorKind`](crate::ErrorKind).
pub fn canonicalize_with(json: &[u8], options: impl Into<Options>) -> Result<Cow<'_, [u8]>, Error> {
    Canonicalizer::new().canonicalize(json, options)
}

/// Returns whether bytes are strict canonical JSON: whether [`canonicalize`] would return them as they are.
///
/// It stops at the first departure, so that a false answer does not say whether the bytes are JSON at all.
#[must_use]
pub fn is_canonical(json: &[u8]) -> bool {
    Canonicalizer::new().is_canonical(json)
}

/// Rewrites one text after another in room that it keeps, so that in the long run nothing is allocated.
///
/// ```
/// use matrix_canonicaljson::{Canonicalizer, Mode};
///
/// let mut canonicalizer = Canonicalizer::new();
/// let mut out = Vec::new();
/// for json in [r#"{"b":1,"a":2}"#, "[ ]"] {
///     out.clear();
///     canonicalizer.canonicalize_into(json.as_bytes(), Mode::Strict, &mut out)?;
/// }
/// assert_eq!(out, b"[]");
/// # Ok::<(), matrix_canonicaljson::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Canonicalizer {
    frames: Frames,
    room: Room,
    tape: Tape,
}

impl Canonicalizer {
    /// Makes one that has allocated nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns whether bytes are strict canonical JSON; see [`is_canonical`].
    #[must_use]
    pub fn is_canonical(&mut self, json: &[u8]) -> bool {
        self.frames.limit = MAX_DEPTH;
        scan::run_bytes(json, Options::default(), &mut self.frames, &mut Check).is_ok()
    }

    /// Returns the canonical form of JSON text, borrowed when the text is canonical already.
    ///
    /// # Errors
    ///
    /// When the text is no JSON or the options exclude it; see [`ErrorKind`](crate::ErrorKind).
    pub fn canonicalize<'a>(
        &mut self,
        json: &'a [u8],
        options: impl Into<Options>,
    ) -> Result<Cow<'a, [u8]>, Error> {
        let document = self.scan(json, options, 0)?;
        if document.is_canonical() {
            return Ok(Cow::Borrowed(json));
        }
        let mut out = Vec::new();
        document.write_canonical(&mut out);
        Ok(Cow::Owned(out))
    }

    /// Appends the canonical form of JSON text to `out`.
    ///
    /// # Errors
    ///
    /// When the text is no JSON or the options exclude it; see [`ErrorKind`](crate::ErrorKind). Nothing is appended then.
    pub fn canonicalize_into(
        &mut self,
        json: &[u8],
        options: impl Into<Options>,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        self.scan(json, options, 0)?.write_canonical(out);
        Ok(())
    }

    /// Checks JSON text and finds its members in the same pass, without decoding them.
    ///
    /// `levels` says how deep members are wanted: with 1 those of the text's own object, with 2 also those of the
    /// objects that these have as values, and so on.
    ///
    /// # Errors
    ///
    /// When the text is no JSON or the options exclude it; see [`ErrorKind`](crate::ErrorKind).
    pub fn scan<'a>(
        &'a mut self,
        json: &'a [u8],
        options: impl Into<Options>,
        levels: usize,
    ) -> Result<Document<'a>, Error> {
        self.scan_within(json, options.into(), levels, MAX_DEPTH)
    }

    /// Scans text that will stand within others, so that it may open only so many objects and arrays.
    pub(crate) fn scan_within<'a>(
        &'a mut self,
        json: &'a [u8],
        options: Options,
        levels: usize,
        limit: usize,
    ) -> Result<Document<'a>, Error> {
        let text = scan::utf8(json)?;
        self.frames.limit = limit;
        let mut recorder = Recorder::new(&mut self.tape, &mut self.room, text, options, levels);
        match scan::run(text, options, &mut self.frames, &mut recorder) {
            Ok(()) | Err(Stop::Enough) => recorder.finish(),
            Err(Stop::Error(error)) => return Err(error),
        }
        Ok(Document::new(text, &self.tape))
    }
}
