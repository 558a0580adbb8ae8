//! `m.megolm_backup.v1.curve25519-aes-sha2`: HKDF-SHA256, AES-256-CBC, and a MAC that is none.
//!
//! See <https://spec.matrix.org/v1.19/client-server-api/#backup-algorithm-mmegolm_backupv1curve25519-aes-sha2>.

use aes::Aes256;
use cbc::cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _, block_padding::Pkcs7};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use matrix_ssss::SecretBytes;
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq as _};
use x25519_dalek::SharedSecret;
use zeroize::{Zeroize as _, Zeroizing};

use crate::error::Error;

/// A MAC as it is stored: the first bytes of HMAC-SHA256.
pub(crate) type Mac = [u8; 8];

const SALT: [u8; 32] = [0; 32];
const BLOCK: usize = 16;

/// The keys of one session: 32 bytes for AES, 32 for the MAC, 16 for the initialization vector.
pub(crate) struct Keys(Zeroizing<[u8; 80]>);

impl Keys {
    /// Derives the keys of a Diffie-Hellman result.
    pub(crate) fn derive(shared: &SharedSecret) -> Result<Self, Error> {
        if !shared.was_contributory() {
            return Err(Error::NonContributory);
        }
        let (mut pseudorandom_key, expand) = Hkdf::<Sha256>::extract(Some(&SALT), shared.as_bytes());
        pseudorandom_key.as_mut_slice().zeroize();
        let mut keys = Zeroizing::new([0; 80]);
        expand.expand(&[], keys.as_mut_slice()).map_err(|_| Error::KeyDerivation)?;
        Ok(Self(keys))
    }

    pub(crate) fn encrypt(&self, plaintext: &[u8]) -> Result<Vec<u8>, Error> {
        let keys: &[u8; 80] = &self.0;
        let cipher = cbc::Encryptor::<Aes256>::new_from_slices(&keys[..32], &keys[64..])
            .map_err(|_| Error::KeyDerivation)?;
        let mut buffer = vec![0; (plaintext.len() / BLOCK + 1) * BLOCK];
        if let Some(start) = buffer.get_mut(..plaintext.len()) {
            start.copy_from_slice(plaintext);
        }
        let padded = cipher.encrypt_padded::<Pkcs7>(&mut buffer, plaintext.len());
        padded.map_err(|_| Error::KeyDerivation)?;
        Ok(buffer)
    }

    pub(crate) fn decrypt(&self, ciphertext: &[u8]) -> Result<SecretBytes, Error> {
        let keys: &[u8; 80] = &self.0;
        let cipher = cbc::Decryptor::<Aes256>::new_from_slices(&keys[..32], &keys[64..])
            .map_err(|_| Error::KeyDerivation)?;
        let mut buffer = Zeroizing::new(ciphertext.to_vec());
        let plain = cipher.decrypt_padded::<Pkcs7>(&mut buffer).map_err(|_| Error::InvalidPadding)?;
        let length = plain.len();
        buffer.truncate(length);
        Ok(SecretBytes::new(core::mem::take(&mut *buffer)))
    }

    /// The MAC as deployed: over nothing, whatever the ciphertext.
    pub(crate) fn deployed_mac(&self) -> Result<Mac, Error> {
        self.mac(&[])
    }

    /// Whether a MAC is the deployed one or, as MSC1219 has it, one over the ciphertext. In constant time for each.
    pub(crate) fn verify(&self, ciphertext: &[u8], mac: &Mac) -> Result<(), Error> {
        let mut fits: Choice = self.deployed_mac()?.ct_eq(mac);
        if !bool::from(fits) {
            fits = self.mac(ciphertext)?.ct_eq(mac);
        }
        if fits.into() { Ok(()) } else { Err(Error::MacMismatch) }
    }

    fn mac(&self, data: &[u8]) -> Result<Mac, Error> {
        let keys: &[u8; 80] = &self.0;
        let mut mac = Hmac::<Sha256>::new_from_slice(&keys[32..64]).map_err(|_| Error::KeyDerivation)?;
        mac.update(data);
        let bytes: [u8; 32] = mac.finalize().into_bytes().into();
        bytes.first_chunk().copied().ok_or(Error::KeyDerivation)
    }
}
