use core::fmt;

use matrix_ssss::{RecoveryKey, Secret, SecretBytes};
use rand_core::TryCryptoRng;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    backed_up_session::BackedUpSession, cipher::Keys, encoding, encrypted_session::EncryptedSession,
    error::Error, public_key::BackupPublicKey,
};

/// The private key of a backup, which the specification calls its decryption key, with the public half.
///
/// It is wiped from memory when it is dropped, compared in constant time, and never shown: there is no `Display`, and
/// `Debug` prints the public half.
///
/// ```
/// use matrix_keybackup::{BackupDecryptionKey, RecoveryKey};
///
/// let key = RecoveryKey::parse("EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d")?;
/// let key = BackupDecryptionKey::from_recovery_key(&key);
/// assert_eq!(key.public_key().to_base64(), "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo");
/// # Ok::<(), matrix_keybackup::Error>(())
/// ```
#[derive(Clone)]
pub struct BackupDecryptionKey {
    secret: RecoveryKey,
    public: BackupPublicKey,
}

impl BackupDecryptionKey {
    /// Takes the 32 bytes of a private key.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        let public = PublicKey::from(&StaticSecret::from(*bytes));
        let public = BackupPublicKey::from_bytes(public.as_bytes());
        Self { secret: RecoveryKey::from_bytes(bytes), public }
    }

    /// Takes the key that a user typed.
    pub fn from_recovery_key(key: &RecoveryKey) -> Self {
        Self::from_bytes(key.as_bytes())
    }

    /// Reads base64 of 32 bytes, as the key stands in the secret `m.megolm_backup.v1`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidBase64`] or [`Error::InvalidLength`], neither of which repeats the text.
    pub fn from_base64(text: &str) -> Result<Self, Error> {
        let bytes = Zeroizing::new(encoding::decode_array(text, "private key")?);
        Ok(Self::from_bytes(&bytes))
    }

    /// Makes a new key.
    ///
    /// [`BackupDecryptionKey::from_bytes`] takes the bytes instead.
    ///
    /// # Errors
    ///
    /// [`Error::NoRandomness`].
    pub fn generate<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, Error> {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.try_fill_bytes(bytes.as_mut_slice()).map_err(|_| Error::NoRandomness)?;
        Ok(Self::from_bytes(&bytes))
    }

    /// Returns the public half.
    pub fn public_key(&self) -> &BackupPublicKey {
        &self.public
    }

    /// Decrypts a session, after its MAC is checked: the deployed one over nothing, or MSC1219's over the ciphertext.
    ///
    /// # Errors
    ///
    /// As [`BackupDecryptionKey::decrypt_bytes`] and [`BackedUpSession::from_json`].
    pub fn decrypt(&self, session: &EncryptedSession) -> Result<BackedUpSession, Error> {
        BackedUpSession::from_json(self.decrypt_bytes(session)?.as_bytes())
    }

    /// Decrypts what was encrypted, JSON or not.
    ///
    /// # Errors
    ///
    /// [`Error::NonContributory`] if the ephemeral key is of small order, [`Error::MacMismatch`],
    /// [`Error::InvalidPadding`].
    pub fn decrypt_bytes(&self, session: &EncryptedSession) -> Result<SecretBytes, Error> {
        let ephemeral = PublicKey::from(*session.ephemeral.as_bytes());
        let keys = Keys::derive(&StaticSecret::from(*self.as_bytes()).diffie_hellman(&ephemeral))?;
        keys.verify(&session.ciphertext, &session.mac)?;
        keys.decrypt(&session.ciphertext)
    }

    /// Returns the key in the form for people.
    pub fn to_recovery_key(&self) -> RecoveryKey {
        self.secret.clone()
    }

    /// Writes unpadded base64, to be stored or shared as the secret `m.megolm_backup.v1`.
    pub fn to_secret(&self) -> Secret {
        Secret::new(encoding::encode(self.as_bytes()))
    }

    /// Returns the bytes of the private key.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.secret.as_bytes()
    }
}

impl Zeroize for BackupDecryptionKey {
    fn zeroize(&mut self) {
        self.secret.zeroize();
    }
}

/// The secret is a [`RecoveryKey`], which wipes itself.
impl ZeroizeOnDrop for BackupDecryptionKey {}

/// Compares in constant time.
impl PartialEq for BackupDecryptionKey {
    fn eq(&self, other: &Self) -> bool {
        self.secret == other.secret
    }
}

impl Eq for BackupDecryptionKey {}

impl fmt::Debug for BackupDecryptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackupDecryptionKey").field("public_key", &self.public).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wiping_leaves_nothing() {
        let mut key = BackupDecryptionKey::from_bytes(&[7; 32]);
        key.zeroize();
        assert_eq!(key.as_bytes(), &[0; 32]);
    }
}
