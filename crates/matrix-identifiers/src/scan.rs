//! Scans that look at eight bytes at a time, for what is read most: localparts, opaque IDs, DNS names.
//!
//! Each works on marks: a word in which the high bit of a byte says that the byte is the one sought.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Finds the first colon.
#[inline]
pub(crate) fn colon(bytes: &[u8]) -> Option<usize> {
    position(bytes, |word| zeros(word ^ (ONES * 0x3A)), |byte| byte == b':')
}

/// Finds the first NUL.
#[inline]
pub(crate) fn nul(bytes: &[u8]) -> Option<usize> {
    position(bytes, zeros, |byte| byte == 0)
}

/// Finds the first colon or NUL.
#[inline]
pub(crate) fn colon_or_nul(bytes: &[u8]) -> Option<usize> {
    position(bytes, |word| zeros(word) | zeros(word ^ (ONES * 0x3A)), |byte| matches!(byte, b':' | 0))
}

/// Finds the first byte that is no `dns-char`: no letter, digit, `-` or `.`.
#[inline]
pub(crate) fn not_dns(bytes: &[u8]) -> Option<usize> {
    let marks = |word: u64| {
        let low = word & !HIGHS;
        let letters = between(low | (ONES * 0x20), b'a', b'z');
        // `-` and `.` are neighbours.
        let others = between(low, b'0', b'9') | between(low, b'-', b'.');
        (word | !(letters | others)) & HIGHS
    };
    position(bytes, marks, |byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.')))
}

/// Finds the first byte sought. Of the marks in a word only the lowest needs to be right.
#[inline]
fn position(bytes: &[u8], marks: impl Fn(u64) -> u64, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let Some(last) = bytes.last_chunk::<8>() else {
        return bytes.iter().position(|&byte| wanted(byte));
    };
    let (words, rest) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let marks = marks(u64::from_le_bytes(*word));
        if marks != 0 {
            return Some(at * 8 + first(marks));
        }
    }
    if rest.is_empty() {
        return None;
    }
    // The last word overlaps bytes that are known to have no mark.
    let marks = marks(u64::from_le_bytes(*last));
    (marks != 0).then(|| bytes.len() - 8 + first(marks))
}

/// The place of the lowest mark.
#[inline]
fn first(marks: u64) -> usize {
    marks.trailing_zeros() as usize / 8
}

/// Marks the zero bytes. Above the lowest of them marks may be wrong, because the subtraction borrows;
/// without any zero byte there is no mark.
#[inline]
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGHS
}

/// Marks the bytes from `low` to `high`. All bytes of `word` are below `0x80`, so no sum carries.
#[inline]
fn between(word: u64, low: u8, high: u8) -> u64 {
    let at_least = word + ONES * u64::from(0x80 - low);
    let above = word + ONES * u64::from(0x7F - high);
    at_least & !above & HIGHS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every byte at every place of strings up to 20 long, among bytes that are not sought.
    #[test]
    fn each_scan_finds_what_a_byte_loop_finds() {
        let dns = |byte: u8| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
        for length in 0..20 {
            for place in 0..length {
                for byte in 0..=255 {
                    for filler in [b'a', b'Z', b'.', b'9', 1, 0x80] {
                        let mut bytes = alloc::vec![filler; length];
                        bytes[place] = byte;
                        let slow = |wanted: &dyn Fn(u8) -> bool| bytes.iter().position(|&b| wanted(b));
                        assert_eq!(nul(&bytes), slow(&|b| b == 0));
                        assert_eq!(colon(&bytes), slow(&|b| b == b':'));
                        assert_eq!(colon_or_nul(&bytes), slow(&|b| b == b':' || b == 0));
                        assert_eq!(not_dns(&bytes), slow(&dns));
                    }
                }
            }
        }
    }
}
