//! Percent-encoding of single values.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986: safe in a path segment, a query and a fragment alike.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Encodes a value so that it stays one: of its bytes (UTF-8), only unreserved characters stand as they are.
pub(crate) fn component(value: &str) -> PercentEncode<'_> {
    utf8_percent_encode(value, RESERVED)
}
