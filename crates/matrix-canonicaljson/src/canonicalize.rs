use alloc::borrow::Cow;

use crate::{Error, Mode, Options, Value};

/// Returns the strict canonical form of JSON text, borrowed when the text is canonical already.
///
/// # Errors
///
/// When the text is no JSON or strict canonical JSON excludes it; see [`ErrorKind`](crate::ErrorKind).
pub fn canonicalize(json: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    canonicalize_with(json, Mode::Strict)
}

/// Returns the canonical form of JSON text as the options want it, borrowed when the text is canonical already.
///
/// # Errors
///
/// When the text is no JSON or the options exclude it; see [`ErrorKind`](crate::ErrorKind).
pub fn canonicalize_with(json: &[u8], options: impl Into<Options>) -> Result<Cow<'_, [u8]>, Error> {
    let canonical = Value::parse(json, options)?.to_canonical();
    Ok(if canonical == json { Cow::Borrowed(json) } else { Cow::Owned(canonical) })
}
