//! Bytes looked at sixteen at a time: by the processor's vectors where safe code can reach them, by words elsewhere.

/// How many bytes are looked at together.
pub(crate) const LANES: usize = 16;

/// What some lanes hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// A bit for the place of each quote, backslash and control character, at least for the first.
    specials: u64,
    /// Whether a byte is not ASCII, at least of those up to that place.
    pub(crate) not_ascii: bool,
}

impl Found {
    /// The first place of a quote, a backslash or a control character.
    #[inline(always)]
    pub(crate) fn special(&self) -> Option<usize> {
        (self.specials != 0).then(|| self.specials.trailing_zeros() as usize)
    }

    /// Whether that is the first such place, of those below 64.
    ///
    /// It is not asked by way of [`special`](Self::special), so that the compiler goes on with the place asked for, which
    /// is known before the one found.
    #[inline(always)]
    pub(crate) fn special_is(&self, place: u32) -> bool {
        let up_to = u64::MAX >> (63 - (place & 63));
        self.specials & up_to == 1 << (place & 63)
    }
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

    /// Looks at up to 64 bytes, for what is special beyond the first `skip` of them: fewer than all.
    #[inline(always)]
    pub(crate) fn find<const N: usize>(lanes: &[[u8; LANES]; N], skip: u32) -> Found {
        let (mut specials, mut seen) = (0, zeroed_m128i());
        for (index, lanes) in lanes.iter().enumerate() {
            let bytes = load_unaligned_m128i(lanes);
            let bits = move_mask_i8_m128i(special(bytes)) as u32;
            specials |= u64::from(bits) << (index * LANES);
            seen = bitor_m128i(seen, bytes);
        }
        specials &= u64::MAX.wrapping_shl(skip);
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

    /// Looks at up to 64 bytes, for what is special beyond the first `skip` of them: fewer than all.
    #[inline(always)]
    pub(crate) fn find<const N: usize>(lanes: &[[u8; LANES]; N], skip: u32) -> Found {
        let (mut seen, mut skip) = (0, skip as usize);
        for (index, lanes) in lanes.iter().enumerate() {
            let (words, _) = lanes.as_chunks::<8>();
            let [low, high] =
                [words.first(), words.last()].map(|word| word.map_or(0, |word| u64::from_le_bytes(*word)));
            seen |= low | high;
            let in_low = special(low) & beyond(skip);
            let in_high = special(high) & beyond(skip.saturating_sub(8));
            skip = skip.saturating_sub(LANES);
            // Both words at once: which of them a string ends in, no processor can foresee.
            if in_low | in_high != 0 {
                let (before, found) = if in_low == 0 { (8, in_high) } else { (0, in_low) };
                let special = index * LANES + before + (found.trailing_zeros() / 8) as usize;
                return Found { specials: 1 << special, not_ascii: seen & HIGH != 0 };
            }
        }
        Found { specials: 0, not_ascii: seen & HIGH != 0 }
    }

    /// What keeps all bytes of a word but the first so many.
    #[inline(always)]
    fn beyond(skip: usize) -> u64 {
        u64::MAX.checked_shl(8 * skip as u32).unwrap_or(0)
    }

    /// Marks the high bit of each byte that is special. No sum leaves its byte.
    #[inline(always)]
    fn special(word: u64) -> u64 {
        // Exchanges 0x20 with 0x22, so that the quote and the control characters are what does not exceed 0x20.
        let above = ((word ^ (ONES * 0x02)) & LOW) + ONES * (0x7f - 0x20);
        let other = ((word ^ (ONES * 0x5c)) & LOW) + ONES * 0x7f;
        !((above & other) | word) & HIGH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the definition says of the same bytes; whether one beyond the place found is ASCII does not count.
    fn check(lanes: &[[u8; LANES]; 4], skip: usize) {
        let bytes = lanes.as_flattened();
        let is_special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
        let special = bytes.iter().skip(skip).position(is_special).map(|place| place + skip);
        for found in [find(lanes, skip as u32), words::find(lanes, skip as u32)] {
            assert_eq!(found.special(), special, "{bytes:?} from {skip}");
            for place in 0..64 {
                assert_eq!(found.special_is(place), special == Some(place as usize), "{bytes:?} from {skip}");
            }
            let is_ascii = |end| bytes.get(..end).is_some_and(<[u8]>::is_ascii);
            let seen = !is_ascii(special.unwrap_or(bytes.len()));
            assert!(found.not_ascii == seen || (found.not_ascii && !is_ascii(bytes.len())), "{bytes:?}");
        }
    }

    #[test]
    fn each_byte_is_what_the_definition_says_in_every_lane() {
        for byte in 0..=u8::MAX {
            for place in 0..4 * LANES {
                // Among plain bytes, among bytes all of which are special, and among bytes none of which is ASCII.
                for other in [b'a', b'"', 0xff] {
                    let mut lanes = [[other; LANES]; 4];
                    lanes.as_flattened_mut()[place] = byte;
                    check(&lanes, 0);
                    check(&lanes, place);
                    check(&lanes, (place + 1).min(4 * LANES - 1));
                }
            }
        }
    }
}
