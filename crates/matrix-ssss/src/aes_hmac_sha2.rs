//! `m.secret_storage.v1.aes-hmac-sha2`: HKDF-SHA256, AES-256-CTR, HMAC-SHA256.
//!
//! See <https://spec.matrix.org/v1.19/client-server-api/#msecret_storagev1aes-hmac-sha2-1>.

use core::{fmt, ops::BitAnd as _};
use std::sync::LazyLock;

use aes::Aes256;
use ctr::{
    Ctr64BE,
    cipher::{KeyIvInit as _, StreamCipher as _},
};
use hkdf::HkdfExtract;
use hmac::{Hmac, KeyInit as _, Mac as _};
use rand_core::TryCryptoRng;
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq as _};
use zeroize::Zeroize as _;

use crate::{encoding, error::Error, random};

/// The first step of HKDF with a salt of 32 zeroes. Half of its work does not depend on the key and is done once.
static EXTRACT: LazyLock<HkdfExtract<Sha256>> = LazyLock::new(|| HkdfExtract::new(Some(&[0; 32])));

/// An AES-CTR initialization vector of 16 bytes.
///
/// In new ones bit 63 is zero, so that counters of 64 and of 128 bits go on alike. Ones that are read stay as they are;
/// the counter here is 64 bits wide, as it is in Matrix' attachments and key exports.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Iv([u8; 16]);

impl Iv {
    /// Takes 16 random bytes and clears bit 63.
    ///
    /// ```
    /// let iv = matrix_ssss::Iv::from_random([0xff; 16]);
    /// assert_eq!(iv.to_base64(), "//////////9//////////w");
    /// ```
    pub fn from_random(mut bytes: [u8; 16]) -> Self {
        bytes[8] &= 0x7f;
        Self(bytes)
    }

    /// Draws 16 random bytes and clears bit 63.
    ///
    /// [`Iv::from_random`] takes the bytes instead.
    ///
    /// # Errors
    ///
    /// [`Error::NoRandomness`].
    pub fn generate<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, Error> {
        Ok(Self::from_random(random::array(rng)?))
    }

    /// Reads base64 of 16 bytes, whatever bit 63 is.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidBase64`] or [`Error::InvalidLength`].
    pub fn from_base64(text: &str) -> Result<Self, Error> {
        encoding::decode_array(text, "iv").map(Self)
    }

    /// Writes unpadded base64.
    pub fn to_base64(self) -> String {
        encoding::encode(&self.0)
    }

    /// Returns the bytes.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for Iv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Iv").field(&self.to_base64()).finish()
    }
}

/// The keys that a secret storage key gives for one name, wiped when they are dropped.
pub(crate) struct Keys([u8; 64]);

impl Keys {
    pub(crate) fn derive(key: &[u8], name: &str) -> Result<Self, Error> {
        let mut extract = EXTRACT.clone();
        extract.input_ikm(key);
        let (mut pseudorandom_key, expand) = extract.finalize();
        pseudorandom_key.as_mut_slice().zeroize();
        let mut keys = Self([0; 64]);
        expand.expand(name.as_bytes(), &mut keys.0).map_err(|_| Error::KeyDerivation)?;
        Ok(keys)
    }

    /// Encrypts or decrypts in place.
    pub(crate) fn apply(&self, iv: &Iv, data: &mut [u8]) -> Result<(), Error> {
        let mut cipher =
            Ctr64BE::<Aes256>::new_from_slices(&self.0[..32], &iv.0).map_err(|_| Error::KeyDerivation)?;
        cipher.apply_keystream(data);
        Ok(())
    }

    /// The MAC of a ciphertext.
    pub(crate) fn mac(&self, ciphertext: &[u8]) -> Result<[u8; 32], Error> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0[32..]).map_err(|_| Error::KeyDerivation)?;
        mac.update(ciphertext);
        Ok(mac.finalize().into_bytes().into())
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        // As a slice, which is not wiped byte by byte, as an array is.
        self.0.as_mut_slice().zeroize();
    }
}

/// Whether two MACs are the same, in constant time. By words, as `subtle` takes a slice byte by byte.
pub(crate) fn same_mac(one: &[u8; 32], other: &[u8; 32]) -> bool {
    let words = one.as_chunks().0.iter().zip(other.as_chunks().0);
    let same =
        |(one, other): (&[u8; 8], &[u8; 8])| u64::from_ne_bytes(*one).ct_eq(&u64::from_ne_bytes(*other));
    words.map(same).fold(Choice::from(1), Choice::bitand).into()
}
