//! The search for what ends a run of plain string content: a quote, a backslash or a control character.
//!
//! Most strings of events end within 48 bytes, and where is not to be foreseen. So that many bytes are looked at
//! together and without a branch; which instructions do that is for [`lanes`] to know.

use crate::lanes::{self, LANES};

/// How many lanes are looked at together: event IDs and hashes end within 48 bytes.
const WIDE: usize = 3;
/// How many where keys end.
const NEAR: usize = 2;
/// How many in long strings, and at the end of a text.
const FAR: usize = 4;

/// Returns the offset of the first quote, backslash or control character from `at` on, or the length of the text.
#[inline]
pub(crate) fn special(bytes: &[u8], at: usize) -> usize {
    let mut not_ascii = usize::MAX;
    special_noting(bytes, at, &mut not_ascii)
}

/// As [`special`]; lowers `not_ascii` to where a search began that came by bytes that are not ASCII, if it is not lower
/// already. It may have looked a little beyond what it returns.
#[inline]
pub(crate) fn special_noting(bytes: &[u8], at: usize, not_ascii: &mut usize) -> usize {
    match window::<WIDE>(bytes, at) {
        Some(window) => {
            look(window, at, not_ascii).unwrap_or_else(|| far(bytes, at + WIDE * LANES, not_ascii))
        }
        None => far(bytes, at, not_ascii),
    }
}

/// As [`special_noting`], where the run is expected to be as long as the one before, whose length this keeps.
///
/// If it is, what comes next need not wait for the search: where to go on is known from the expectation, and the search
/// confirms it meanwhile.
#[inline]
pub(crate) fn special_expected(bytes: &[u8], at: usize, expected: &mut u32, not_ascii: &mut usize) -> usize {
    if let Some(window) = window::<WIDE>(bytes, at) {
        let found = lanes::find(window, 0);
        if found.special_is(*expected) {
            if found.not_ascii {
                note(at, not_ascii);
            }
            return at + *expected as usize;
        }
    }
    let end = special_noting(bytes, at, not_ascii);
    *expected = end.saturating_sub(at).min(WIDE * LANES) as u32;
    end
}

/// The search where the run is long or the end of the text is near.
#[inline(never)]
fn far(bytes: &[u8], mut at: usize, not_ascii: &mut usize) -> usize {
    while let Some(window) = window::<FAR>(bytes, at) {
        match look(window, at, not_ascii) {
            Some(found) => return found,
            None => at += FAR * LANES,
        }
    }
    last(bytes, at, not_ascii)
}

/// Returns the offset of the quote that ends a short run of plain content from `at` on, and the first bytes of that.
///
/// There may be such a quote where nothing is returned, if it is not near or the text ends near it.
#[inline]
pub(crate) fn near_quote(bytes: &[u8], at: usize, not_ascii: &mut usize) -> Option<(usize, [u8; 8])> {
    let window = window::<NEAR>(bytes, at)?;
    let end = look(window, at, not_ascii)?;
    let first = window.as_flattened().first_chunk::<8>()?;
    (bytes.get(end) == Some(&b'"')).then_some((end, *first))
}

/// The lanes of the text that begin at an offset, if there are so many.
#[inline]
fn window<const N: usize>(bytes: &[u8], at: usize) -> Option<&[[u8; LANES]; N]> {
    let (parts, _) = bytes.get(at..)?.as_chunks::<LANES>();
    parts.first_chunk::<N>()
}

#[inline]
fn look<const N: usize>(window: &[[u8; LANES]; N], at: usize, not_ascii: &mut usize) -> Option<usize> {
    let found = lanes::find(window, 0);
    if found.not_ascii {
        note(at, not_ascii);
    }
    found.special().map(|place| at + place)
}

#[cold]
fn note(at: usize, not_ascii: &mut usize) {
    *not_ascii = at.min(*not_ascii);
}

/// The search in the end of a text, which is shorter than a window.
fn last(bytes: &[u8], mut at: usize, not_ascii: &mut usize) -> usize {
    if let Some(found) = overlapping::<FAR>(bytes, at, not_ascii) {
        return found;
    }
    while let Some(window) = window::<1>(bytes, at) {
        match look(window, at, not_ascii) {
            Some(found) => return found,
            None => at += LANES,
        }
    }
    overlapping::<1>(bytes, at, not_ascii).unwrap_or_else(|| short(bytes, at, not_ascii))
}

/// The search in the last lanes of a text, if it has so many; fewer of them than all are left from `at` on.
fn overlapping<const N: usize>(bytes: &[u8], at: usize, not_ascii: &mut usize) -> Option<usize> {
    let before = bytes.len().checked_sub(N * LANES)?;
    let skip = at.checked_sub(before).filter(|skip| *skip < N * LANES);
    let Some(skip) = skip else { return Some(bytes.len()) };
    let found = lanes::find(window::<N>(bytes, before)?, skip as u32);
    if found.not_ascii {
        note(at, not_ascii);
    }
    Some(found.special().map_or(bytes.len(), |place| before + place))
}

/// The search in a text that is as a whole shorter than a lane.
fn short(bytes: &[u8], at: usize, not_ascii: &mut usize) -> usize {
    for (offset, byte) in bytes.iter().enumerate().skip(at) {
        if *byte < b' ' || *byte == b'"' || *byte == b'\\' {
            return offset;
        }
        if !byte.is_ascii() {
            note(at, not_ascii);
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    /// Every byte, at every place of texts of all lengths around that of a window.
    #[test]
    fn each_search_finds_what_ends_a_run_wherever_it_stands() {
        for length in 0..=140_usize {
            for place in 0..length {
                for byte in [0, 0x1f, b' ', b'!', b'"', b'#', b'[', b'\\', b']', 0x7f, 0x80, 0x9c, 0xa2, 0xff]
                {
                    let mut text: Vec<u8> = b"ab".repeat(70);
                    text.truncate(length);
                    text[place] = byte;
                    let ends = byte < 0x20 || byte == b'"' || byte == b'\\';
                    for start in [0, place.saturating_sub(1), place, place + 1] {
                        let expected = if ends && place >= start { place } else { length };
                        let mut not_ascii = usize::MAX;
                        assert_eq!(
                            special_noting(&text, start, &mut not_ascii),
                            expected,
                            "{text:?} from {start}"
                        );
                        for length in [0, 1, expected - start, 47, 48] {
                            let (mut length, mut noted) = (length.min(48) as u32, usize::MAX);
                            let found = special_expected(&text, start, &mut length, &mut noted);
                            assert_eq!(found, expected, "{text:?} from {start}");
                            assert_eq!(noted, not_ascii, "{text:?} from {start}");
                            assert_eq!(length as usize, (expected - start).min(48));
                        }
                        let near = near_quote(&text, start, &mut usize::from(u8::MAX));
                        let is_near = byte == b'"' && start <= place && place < start + NEAR * LANES;
                        let is_near = is_near && start + NEAR * LANES <= length;
                        assert_eq!(
                            near.map(|(end, _)| end),
                            is_near.then_some(place),
                            "{text:?} from {start}"
                        );
                        assert!(near.is_none_or(|(_, first)| text[start..].starts_with(&first)));
                        let missed = !byte.is_ascii() && place >= start && not_ascii > place;
                        assert!(!missed, "{text:?} from {start}");
                        assert!(not_ascii == usize::MAX || !byte.is_ascii(), "{text:?} from {start}");
                    }
                }
            }
        }
    }
}
