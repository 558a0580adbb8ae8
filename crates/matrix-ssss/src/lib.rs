#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod account_data;
mod aes_hmac_sha2;
mod encoding;
mod encrypted_secret;
mod error;
mod fields;
mod key_check;
mod key_description;
mod key_id;
pub mod names;
mod passphrase;
mod random;
mod recovery_key;
mod secret;
mod secret_storage;
mod sharing;
mod storage_key;
mod store;

pub use account_data::{AccountData, AccountDataEvent};
pub use aes_hmac_sha2::Iv;
pub use encrypted_secret::EncryptedSecret;
pub use error::Error;
pub use key_check::{KeyCheck, KeyCheckResult};
pub use key_description::KeyDescription;
pub use key_id::KeyId;
pub use passphrase::{DEFAULT_BITS, DEFAULT_ITERATIONS, Limits, PassphraseInfo};
#[cfg(feature = "getrandom")]
pub use random::OsRng;
pub use recovery_key::RecoveryKey;
pub use secret::{Secret, SecretBytes};
pub use secret_storage::{RemovedForm, SecretStorage};
pub use sharing::{
    Answering, Asked, Asking, Decision, DeviceMessage, Ignored, MAX_PENDING, Offer, RequestId, Requester,
    SecretRequest, SecretSend, SendSource, Silence,
};
pub use storage_key::SecretStorageKey;
