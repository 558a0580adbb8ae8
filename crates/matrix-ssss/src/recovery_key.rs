use core::{fmt, str::FromStr};

use rand_core::TryCryptoRng;
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    error::Error,
    random,
    secret::{Secret, wiped},
};

/// What every recovery key begins with.
const PREFIX: [u8; 2] = [0x8b, 0x01];
/// Prefix, key, parity.
const BYTES: usize = PREFIX.len() + 32 + 1;
/// As many digits as are looked at: more than any 35 bytes have.
const MAX_DIGITS: usize = 64;

/// A private key of 32 bytes in the form that people write down: a secret storage key, or the private key of a backup.
///
/// See [cryptographic key representation](https://spec.matrix.org/v1.19/appendices/#cryptographic-key-representation).
/// The key is wiped from memory when it is dropped, compared in constant time, and never shown by accident: there is no
/// `Display`, and `Debug` prints no part of it.
///
/// ```
/// use matrix_ssss::RecoveryKey;
///
/// let key = RecoveryKey::parse("EsTcLW2K PGiFwKEA 3As5g5c4\tBXwkqeeJ ZJV8Q9fu gUMNUE4d\n")?;
/// assert_eq!(key.as_bytes()[..4], [0x77, 0x07, 0x6d, 0x0a]);
/// assert_eq!(key.encode().as_str(), "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d");
/// # Ok::<(), matrix_ssss::Error>(())
/// ```
#[derive(Clone)]
pub struct RecoveryKey([u8; 32]);

impl RecoveryKey {
    /// Takes the 32 bytes of a key.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(*bytes)
    }

    /// Makes a new key.
    ///
    /// [`RecoveryKey::from_bytes`] takes the bytes instead.
    ///
    /// # Errors
    ///
    /// [`Error::NoRandomness`].
    pub fn generate<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, Error> {
        let mut key = Self([0; 32]);
        random::fill(rng, &mut key.0)?;
        Ok(key)
    }

    /// Reads what a user typed: base58 of Bitcoin's alphabet with any white space in it.
    ///
    /// # Errors
    ///
    /// One for each fault, the first of: [`Error::RecoveryKeyEmpty`], [`Error::RecoveryKeyAlphabet`],
    /// [`Error::RecoveryKeyLength`], [`Error::RecoveryKeyPrefix`], [`Error::RecoveryKeyParity`].
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut digits = Zeroizing::new([0; MAX_DIGITS]);
        let count = read_digits(text, &mut digits)?;
        if count == 0 {
            return Err(Error::RecoveryKeyEmpty);
        }
        let wrong_length = Error::RecoveryKeyLength { digits: count };
        let Some(digits) = digits.get(..count) else { return Err(wrong_length) };
        let mut bytes = Zeroizing::new([0; MAX_DIGITS]);
        match bs58::decode(digits).onto(bytes.as_mut_slice()) {
            Ok(BYTES) => {}
            _ => return Err(wrong_length),
        }
        let Some([first, second, key @ .., _]) = bytes.first_chunk::<BYTES>() else {
            return Err(wrong_length);
        };
        if [*first, *second] != PREFIX {
            return Err(Error::RecoveryKeyPrefix);
        }
        if bytes.iter().take(BYTES).fold(0, |parity, byte| parity ^ byte) != 0 {
            return Err(Error::RecoveryKeyParity);
        }
        Ok(Self(*key))
    }

    /// Writes the key for a user to keep: twelve groups of four characters.
    pub fn encode(&self) -> Secret {
        let mut bytes = Zeroizing::new([0; BYTES]);
        let [first, second, key @ .., last] = &mut *bytes;
        [*first, *second] = PREFIX;
        *key = self.0;
        *last = PREFIX.iter().chain(&self.0).fold(0, |parity, byte| parity ^ byte);
        let mut digits = Zeroizing::new([0; MAX_DIGITS]);
        // 35 bytes never need more than 48 digits.
        let count = bs58::encode(bytes.as_slice()).onto(digits.as_mut_slice()).unwrap_or(0);
        let mut text = String::with_capacity(count + count / 4);
        for (index, digit) in digits.iter().take(count).enumerate() {
            if index > 0 && index % 4 == 0 {
                text.push(' ');
            }
            text.push(char::from(*digit));
        }
        Secret::new(text)
    }

    /// Returns the bytes of the key.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

wiped!(RecoveryKey, "RecoveryKey(..)", |key| &key.0, Zeroize::zeroize);

/// As [`RecoveryKey::parse`].
impl FromStr for RecoveryKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

/// Copies the digits among white space as far as there is room, and counts them all.
fn read_digits(text: &str, digits: &mut [u8; MAX_DIGITS]) -> Result<usize, Error> {
    let mut count = 0;
    for (offset, char) in text.char_indices().filter(|(_, char)| !char.is_whitespace()) {
        let digit = u8::try_from(char).ok().filter(|digit| is_base58(*digit));
        let digit = digit.ok_or(Error::RecoveryKeyAlphabet { offset })?;
        if let Some(place) = digits.get_mut(count) {
            *place = digit;
        }
        count += 1;
    }
    Ok(count)
}

fn is_base58(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() && !matches!(byte, b'0' | b'O' | b'I' | b'l')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wiping_leaves_nothing() {
        let mut key = RecoveryKey::from_bytes(&[7; 32]);
        key.zeroize();
        assert_eq!(key.as_bytes(), &[0; 32]);
    }
}
