//! Secrets between devices, and stored with the server (MSC1946).

use std::collections::BTreeMap;

use matrix_canonicaljson::Integer;
use matrix_identifiers::OwnedDeviceId;

use super::encryption::RequestAction;
use crate::{Misfit, Secret};

names! {
    /// The name of a secret, which is also the type of the account data that holds it.
    pub enum SecretName / OtherSecretName {
        /// The private master key for cross-signing.
        CrossSigningMaster = "m.cross_signing.master",
        /// The private self-signing key.
        CrossSigningSelfSigning = "m.cross_signing.self_signing",
        /// The private user-signing key.
        CrossSigningUserSigning = "m.cross_signing.user_signing",
        /// The private key of the key backup.
        MegolmBackup = "m.megolm_backup.v1",
    }
}

object! {
    /// The content of [`m.secret.request`](https://spec.matrix.org/v1.19/client-server-api/#msecretrequest).
    pub struct SecretRequest check check_request {
        /// Whether a secret is asked for, or no more.
        action: RequestAction = "action",
        /// Which secret; has to be there when one is asked for.
        name: Option<SecretName> = "name",
        /// The request.
        request_id: String = "request_id",
        /// The device that asks.
        requesting_device_id: OwnedDeviceId = "requesting_device_id",
    }
}

fn check_request(request: &SecretRequest) -> Result<(), Misfit> {
    match (&request.action, &request.name) {
        (RequestAction::Request, None) => Err(Misfit::missing("name")),
        _ => Ok(()),
    }
}

object! {
    /// The content of [`m.secret.send`](https://spec.matrix.org/v1.19/client-server-api/#msecretsend).
    pub struct SecretSend {
        /// The request that this answers.
        request_id: String = "request_id",
        /// The secret.
        secret: Secret = "secret",
    }
}

object! {
    /// The content of `m.secret_storage.default_key`.
    pub struct SecretStorageDefaultKey {
        /// The ID of the key that clients take.
        key: String = "key",
    }
}

names! {
    /// How secrets are encrypted with a key.
    pub enum SecretStorageAlgorithm / OtherSecretStorageAlgorithm {
        /// AES in counter mode, HMAC with SHA-256.
        AesHmacSha2 = "m.secret_storage.v1.aes-hmac-sha2",
    }
}

object! {
    /// The content of
    /// [`m.secret_storage.key.[key ID]`](https://spec.matrix.org/v1.19/client-server-api/#key-storage): the description
    /// of a key.
    pub struct SecretStorageKey {
        /// What the key is for.
        algorithm: SecretStorageAlgorithm = "algorithm",
        /// The counter block that the check of the key starts from, in base64.
        iv: Option<String> = "iv",
        /// The check of the key, in base64.
        mac: Option<String> = "mac",
        /// A name for people (MSC2874).
        name: Option<String> = "name",
        /// How the key comes from a passphrase.
        passphrase: Option<Passphrase> = "passphrase",
    }
}

names! {
    /// How a key comes from a passphrase.
    pub enum PassphraseAlgorithm / OtherPassphraseAlgorithm {
        /// PBKDF2 with HMAC-SHA-512.
        Pbkdf2 = "m.pbkdf2",
    }
}

object! {
    /// How a key comes from a passphrase.
    pub struct Passphrase {
        /// By which algorithm.
        algorithm: PassphraseAlgorithm = "algorithm",
        /// The size of the key in bits; when absent, 256.
        bits: Option<Integer> = "bits",
        /// The number of rounds.
        iterations: Integer = "iterations",
        /// The salt.
        salt: String = "salt",
    }
}

object! {
    /// A secret that is [stored](https://spec.matrix.org/v1.19/client-server-api/#secret-storage): the content of
    /// `m.megolm_backup.v1`, `m.cross_signing.master` and the like.
    pub struct StoredSecret {
        /// The secret, encrypted, by the ID of the key.
        encrypted: BTreeMap<String, EncryptedSecret> = "encrypted",
    }
}

object! {
    /// A secret encrypted with one key. All fields have to be there with
    /// [`SecretStorageAlgorithm::AesHmacSha2`], which only the description of the key tells.
    pub struct EncryptedSecret {
        /// What is encrypted, in base64.
        ciphertext: Option<String> = "ciphertext",
        /// The counter block that the encryption starts from, in base64.
        iv: Option<String> = "iv",
        /// The check of the ciphertext, in base64.
        mac: Option<String> = "mac",
    }
}
