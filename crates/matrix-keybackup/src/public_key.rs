use core::fmt;

use rand_core::TryCryptoRng;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::{cipher::Keys, encoding, encrypted_session::EncryptedSession, error::Error};

/// The public key of a backup, a Curve25519 key, with which every device of the user adds sessions to it.
///
/// Before it is used, the [`auth_data`](crate::AuthData) that it stands in has to be found trusted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BackupPublicKey([u8; 32]);

impl BackupPublicKey {
    /// Takes the bytes of a key. Any are a key; those that agree with none are found out when they are used.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(*bytes)
    }

    /// Reads base64 of 32 bytes.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidBase64`] or [`Error::InvalidLength`].
    pub fn from_base64(text: &str) -> Result<Self, Error> {
        encoding::decode_array(text, "public_key").map(Self)
    }

    /// Encrypts a session, or any bytes, with a fresh ephemeral key.
    ///
    /// [`BackupPublicKey::encrypt_with_ephemeral`] takes the private ephemeral key instead of drawing it.
    ///
    /// # Errors
    ///
    /// [`Error::NoRandomness`], [`Error::NonContributory`] if the key is of small order.
    pub fn encrypt<R>(&self, plaintext: &[u8], rng: &mut R) -> Result<EncryptedSession, Error>
    where
        R: TryCryptoRng + ?Sized,
    {
        let mut ephemeral = Zeroizing::new([0; 32]);
        rng.try_fill_bytes(ephemeral.as_mut_slice()).map_err(|_| Error::NoRandomness)?;
        self.encrypt_with_ephemeral(plaintext, &ephemeral)
    }

    /// Encrypts a session, or any bytes, with a private ephemeral key, which must be random and used only once.
    ///
    /// The MAC is written as all clients write it: over nothing.
    ///
    /// # Errors
    ///
    /// [`Error::NonContributory`] if the key is of small order.
    pub fn encrypt_with_ephemeral(
        &self,
        plaintext: &[u8],
        ephemeral: &[u8; 32],
    ) -> Result<EncryptedSession, Error> {
        let ephemeral = StaticSecret::from(*ephemeral);
        let keys = Keys::derive(&ephemeral.diffie_hellman(&PublicKey::from(self.0)))?;
        Ok(EncryptedSession {
            ephemeral: Self(PublicKey::from(&ephemeral).to_bytes()),
            ciphertext: keys.encrypt(plaintext)?,
            mac: keys.deployed_mac()?,
        })
    }

    /// Returns the bytes of the key.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Writes unpadded base64: 43 characters.
    pub fn to_base64(&self) -> String {
        encoding::encode(&self.0)
    }
}

impl fmt::Display for BackupPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_base64())
    }
}

impl fmt::Debug for BackupPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BackupPublicKey").field(&self.to_base64()).finish()
    }
}
