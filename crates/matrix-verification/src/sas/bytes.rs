use core::fmt;

use crate::sas::emoji::Emoji;

/// The six bytes that both devices derive, and that their users compare as emoji or numbers.
///
/// `Debug` does not show them: until both users have compared, nobody else is to know.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SasBytes([u8; 6]);

impl SasBytes {
    /// Takes the bytes.
    pub const fn from_bytes(bytes: [u8; 6]) -> Self {
        Self(bytes)
    }

    /// Returns the bytes.
    pub const fn as_bytes(&self) -> &[u8; 6] {
        &self.0
    }

    /// Returns seven emoji: the first 42 bits, six for each.
    ///
    /// Source: [SAS method: emoji](https://spec.matrix.org/v1.19/client-server-api/#sas-method-emoji).
    pub fn emoji(&self) -> [Emoji; 7] {
        let [a, b, c, d, e, f] = self.0.map(u64::from);
        let bits = a << 40 | b << 32 | c << 24 | d << 16 | e << 8 | f;
        [42, 36, 30, 24, 18, 12, 6].map(|shift| Emoji::of_bits((bits >> shift) as u8))
    }

    /// Returns three numbers from 1000 to 9191: the first 39 bits, thirteen for each.
    ///
    /// Source: [SAS method: decimal](https://spec.matrix.org/v1.19/client-server-api/#sas-method-decimal).
    pub fn decimal(&self) -> [u16; 3] {
        let [a, b, c, d, e, _] = self.0.map(u16::from);
        [a << 5 | b >> 3, (b & 0x7) << 10 | c << 2 | d >> 6, (d & 0x3f) << 7 | e >> 1]
            .map(|number| number + 1000)
    }
}

impl fmt::Debug for SasBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SasBytes(..)")
    }
}
