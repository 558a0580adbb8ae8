use matrix_signatures::{PublicKey, verify_json};

use crate::{auth_data::AuthData, decryption_key::BackupDecryptionKey};

/// The keys of the own user that the caller trusts: the master key when it is verified, and verified devices.
///
/// Keys that are not trusted have no place here: their signatures are found, but say nothing.
#[derive(Clone, Debug)]
pub struct TrustedSigners<'a> {
    user_id: &'a str,
    master: Option<PublicKey>,
    devices: Vec<(&'a str, PublicKey)>,
}

impl<'a> TrustedSigners<'a> {
    /// Trusts no key of this user yet.
    pub fn new(user_id: &'a str) -> Self {
        Self { user_id, master: None, devices: Vec::new() }
    }

    /// Trusts the user's master key.
    #[must_use]
    pub fn with_master(mut self, key: PublicKey) -> Self {
        self.master = Some(key);
        self
    }

    /// Trusts the Ed25519 key of a device.
    #[must_use]
    pub fn with_device(mut self, device_id: &'a str, key: PublicKey) -> Self {
        self.devices.push((device_id, key));
        self
    }

    /// The trusted keys that go by the ID of a signature.
    fn keys<'b>(&'b self, key_id: &'b str) -> impl Iterator<Item = (Signer, &'b PublicKey)> {
        let name = key_id.strip_prefix("ed25519:");
        let master = self.master.iter().filter(move |key| name == Some(&key.to_base64()));
        let devices = self.devices.iter().filter(move |(id, _)| name == Some(id));
        let device = |(id, key): &'b (&'a str, PublicKey)| (Signer::Device((*id).to_owned()), key);
        master.map(|key| (Signer::Master, key)).chain(devices.map(device))
    }
}

/// Who has signed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signer {
    /// The master key.
    Master,
    /// A device, by its ID.
    Device(String),
}

/// What is known of a signature of `auth_data`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Verification {
    /// It is that of a trusted key.
    Valid(Signer),
    /// It names a trusted key and is not its signature.
    Invalid(Signer),
    /// It names no key that is trusted.
    Untrusted,
}

/// A signature of the own user on `auth_data`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SignatureCheck {
    /// The ID of the key, such as `ed25519:DEVICE`.
    pub key_id: String,
    /// What is known of it.
    pub verification: Verification,
}

/// Why a backup is to be trusted, or not: sessions are uploaded to a trusted one only.
///
/// See [server-side key backups](https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust {
    /// Whether a private key from a trusted source is the backup's.
    pub private_key_matches: bool,
    /// What became of each of the own user's signatures, in the order of their key IDs.
    pub signatures: Vec<SignatureCheck>,
}

impl Trust {
    pub(crate) fn of(
        data: &AuthData,
        signers: &TrustedSigners<'_>,
        private_key: Option<&BackupDecryptionKey>,
    ) -> Self {
        let signatures = data.content().get_object("signatures");
        let own = signatures.and_then(|signatures| signatures.get_object(signers.user_id));
        let check = |key_id: &str| {
            let verification = verify(data, signers, key_id);
            SignatureCheck { key_id: key_id.to_owned(), verification }
        };
        Self {
            private_key_matches: private_key.is_some_and(|key| data.matches(key)),
            signatures: own.into_iter().flat_map(|own| own.keys()).map(check).collect(),
        }
    }

    /// Returns whether the backup is to be trusted: the private key matches, or a trusted key has signed.
    pub fn is_trusted(&self) -> bool {
        self.private_key_matches || self.signers().next().is_some()
    }

    /// Returns the trusted keys that have signed.
    pub fn signers(&self) -> impl Iterator<Item = &Signer> {
        self.signatures.iter().filter_map(|check| match &check.verification {
            Verification::Valid(signer) => Some(signer),
            Verification::Invalid(_) | Verification::Untrusted => None,
        })
    }
}

fn verify(data: &AuthData, signers: &TrustedSigners<'_>, key_id: &str) -> Verification {
    let mut found = Verification::Untrusted;
    for (signer, key) in signers.keys(key_id) {
        match verify_json(data.content(), signers.user_id, key_id, key) {
            Ok(()) => return Verification::Valid(signer),
            Err(_) => found = Verification::Invalid(signer),
        }
    }
    found
}
