use core::fmt;

use matrix_identifiers::{DeviceId, UserId};
use rand_core::CryptoRng;
use subtle::ConstantTimeEq as _;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::{encoding, error::Error, sas::bytes::SasBytes, sas::hkdf};

/// How the short string is derived from the shared secret.
///
/// Source: [SAS HKDF calculation](https://spec.matrix.org/v1.19/client-server-api/#sas-hkdf-calculation), MSC2630.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyAgreement {
    /// `curve25519-hkdf-sha256`: with both public keys, and separators.
    Curve25519HkdfSha256,
    /// `curve25519`, deprecated: without either, so that an attacker's keys may lead to the same string.
    Curve25519,
}

impl KeyAgreement {
    /// Returns the name as it is sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Curve25519HkdfSha256 => "curve25519-hkdf-sha256",
            Self::Curve25519 => "curve25519",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Curve25519HkdfSha256, Self::Curve25519].into_iter().find(|known| known.as_str() == name)
    }
}

/// A private key that is used once. It is wiped when dropped and never shown.
pub struct EphemeralKey(StaticSecret);

/// The public half of an [`EphemeralKey`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EphemeralPublicKey([u8; 32]);

/// The secret that two ephemeral keys agree on. It is wiped when dropped, compared in constant time and never shown.
#[derive(Clone)]
pub struct SharedSecret(Zeroizing<[u8; 32]>);

/// One side of SAS as it enters the short string.
#[derive(Clone, Copy, Debug)]
pub struct SasParty<'a> {
    /// The user.
    pub user_id: &'a UserId,
    /// The device.
    pub device_id: &'a DeviceId,
    /// The ephemeral key.
    pub public_key: &'a EphemeralPublicKey,
}

impl EphemeralKey {
    /// Makes a new key.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(bytes.as_mut_slice());
        Self::from_bytes(&bytes)
    }

    /// Takes the bytes of a key: for tests and vectors.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(StaticSecret::from(*bytes))
    }

    /// Returns the public half.
    pub fn public_key(&self) -> EphemeralPublicKey {
        EphemeralPublicKey(PublicKey::from(&self.0).to_bytes())
    }

    /// Agrees with the other side's key on a secret; the key is gone then.
    ///
    /// # Errors
    ///
    /// [`Error::NonContributoryKey`] if the other key is one of the few that lead to the same secret whatever this key
    /// is.
    pub fn agree(self, other: &EphemeralPublicKey) -> Result<SharedSecret, Error> {
        let secret = self.0.diffie_hellman(&PublicKey::from(other.0));
        if !secret.was_contributory() {
            return Err(Error::NonContributoryKey);
        }
        Ok(SharedSecret(Zeroizing::new(secret.to_bytes())))
    }
}

impl EphemeralPublicKey {
    /// Reads base64, padded or not.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidEphemeralKey`].
    pub fn from_base64(text: &str) -> Result<Self, Error> {
        encoding::decode_key(text).map(Self).ok_or(Error::InvalidEphemeralKey)
    }

    /// Writes unpadded base64: 43 characters.
    pub fn to_base64(&self) -> String {
        encoding::encode(&self.0)
    }

    /// Returns the bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl SharedSecret {
    /// Returns the bytes of the secret: for comparing implementations. Nothing in the protocol needs them.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Derives what the users compare. `starter` is the side whose start message counts.
    pub fn sas_bytes(
        &self,
        agreement: KeyAgreement,
        starter: SasParty<'_>,
        accepter: SasParty<'_>,
        transaction_id: &str,
    ) -> SasBytes {
        let mut info = String::from("MATRIX_KEY_VERIFICATION_SAS");
        let separator = match agreement {
            KeyAgreement::Curve25519HkdfSha256 => "|",
            KeyAgreement::Curve25519 => "",
        };
        info.push_str(separator);
        for party in [starter, accepter] {
            for part in [party.user_id.as_str(), party.device_id.as_str()] {
                info.push_str(part);
                info.push_str(separator);
            }
            if agreement == KeyAgreement::Curve25519HkdfSha256 {
                info.push_str(&party.public_key.to_base64());
                info.push_str(separator);
            }
        }
        info.push_str(transaction_id);
        let [a, b, c, d, e, f, ..] = *hkdf::derive(&self.0, &[info.as_bytes()]);
        SasBytes::from_bytes([a, b, c, d, e, f])
    }
}

impl PartialEq for SharedSecret {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&*other.0).into()
    }
}

impl Eq for SharedSecret {}

macro_rules! redacted {
    ($($type:ident)*) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($type), "(..)"))
            }
        }
    )*};
}

redacted!(EphemeralKey SharedSecret);

impl fmt::Debug for EphemeralPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EphemeralPublicKey").field(&self.to_base64()).finish()
    }
}
