//! Bytes looked at sixteen at a time: by the vectors of the processor where safe code can reach them, by words elsewhere.

/// How many bytes are looked at together.
pub(crate) const LANES: usize = 16;

/// What some lanes hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// A bit for each byte from the lowest on, set where it is a quote, a backslash or a control character.
    pub(crate) specials: u64,
    /// Whether there is a byte that is not ASCII.
    pub(crate) not_ascii: bool,
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
pub(crate) use vectors::find;
#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
pub(crate) use words::find;

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod vectors {
    use safe_arch::{
        bitor_m128i, bitxor_m128i, cmp_eq_mask_i8_m128i, load_unaligned_m128i, m128i, min_u8_m128i,
        move_mask_i8_m128i, set_splat_i8_m128i, zeroed_m128i,
    };

    use super::{Found, LANES};

    /// Looks at up to 64 bytes.
    #[inline(always)]
    pub(crate) fn find<const N: usize>(lanes: &[[u8; LANES]; N]) -> Found {
        let (mut specials, mut seen) = (0, zeroed_m128i());
        for (index, lanes) in lanes.iter().enumerate() {
            let bytes = load_unaligned_m128i(lanes);
            let bits = move_mask_i8_m128i(special(bytes)) as u32;
            specials |= u64::from(bits) << (index * LANES);
            seen = bitor_m128i(seen, bytes);
        }
        Found { specials, not_ascii: move_mask_i8_m128i(seen) != 0 }
    }

    #[inline(always)]
    fn special(bytes: m128i) -> m128i {
        let splat = |byte: u8| set_splat_i8_m128i(byte as i8);
        // Exchanges 0x20 with 0x22, so that the quote and the control characters are what does not exceed 0x20.
        let swapped = bitxor_m128i(bytes, splat(0x02));
        let low = cmp_eq_mask_i8_m128i(min_u8_m128i(swapped, splat(0x20)), swapped);
        bitor_m128i(low, cmp_eq_mask_i8_m128i(bytes, splat(b'\\')))
    }
}

#[cfg(any(test, not(all(target_arch = "x86_64", target_feature = "sse2"))))]
mod words {
    use super::{Found, LANES};

    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    const LOW: u64 = !HIGH;

    /// Looks at up to 64 bytes.
    #[inline(always)]
    pub(crate) fn find<const N: usize>(lanes: &[[u8; LANES]; N]) -> Found {
        let (mut specials, mut seen) = (0, 0);
        for (index, word) in lanes.iter().flat_map(|lanes| lanes.as_chunks::<8>().0).enumerate() {
            let word = u64::from_le_bytes(*word);
            specials |= gather(special(word)) << (index * 8);
            seen |= word;
        }
        Found { specials, not_ascii: seen & HIGH != 0 }
    }

    /// Marks the high bit of each byte that is special. No sum leaves its byte.
    #[inline(always)]
    fn special(word: u64) -> u64 {
        // Exchanges 0x20 with 0x22, so that the quote and the control characters are what does not exceed 0x20.
        let above = ((word ^ (ONES * 0x02)) & LOW) + ONES * (0x7f - 0x20);
        let other = ((word ^ (ONES * 0x5c)) & LOW) + ONES * 0x7f;
        !((above & other) | word) & HIGH
    }

    /// Moves the high bits of eight bytes together.
    #[inline(always)]
    fn gather(marks: u64) -> u64 {
        (marks >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_what_the_definition_says_in_every_lane() {
        for byte in 0..=u8::MAX {
            for place in 0..4 * LANES {
                let mut lanes = [[b'a'; LANES]; 4];
                lanes.as_flattened_mut()[place] = byte;
                let special = byte < 0x20 || byte == b'"' || byte == b'\\';
                let expected = Found { specials: u64::from(special) << place, not_ascii: !byte.is_ascii() };
                assert_eq!(find(&lanes), expected, "{byte} at {place}");
                assert_eq!(words::find(&lanes), expected, "{byte} at {place}");
                // Among bytes all of which are special, too.
                let mut lanes = [[b'"'; LANES]; 4];
                lanes.as_flattened_mut()[place] = byte;
                let specials = !(u64::from(!special) << place);
                let expected = Found { specials, not_ascii: !byte.is_ascii() };
                assert_eq!(find(&lanes), expected, "{byte} at {place}");
                assert_eq!(words::find(&lanes), expected, "{byte} at {place}");
            }
        }
    }
}
