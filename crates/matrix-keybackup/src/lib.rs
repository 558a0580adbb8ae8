#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod auth_data;
mod backed_up_session;
mod backups;
mod batch;
mod better;
mod cipher;
mod decryption_key;
mod encoding;
mod encrypted_session;
mod error;
mod fields;
mod info;
mod merge;
mod preference;
mod public_key;
mod room_keys;
mod trust;

pub use auth_data::AuthData;
pub use backed_up_session::{BackedUpSession, MEGOLM};
pub use backups::{Backup, Backups, KeySelection};
pub use batch::{
    Cores, FailedSession, MAX_BATCH, PROGRESS_STEP, Progress, RestoredSession, SessionToBackUp, decrypt_all,
    encrypt_batch, encrypt_batch_with_ephemerals,
};
pub use better::{Keep, KeyMetadata, better};
pub use decryption_key::BackupDecryptionKey;
pub use encrypted_session::EncryptedSession;
pub use error::Error;
pub use info::{ALGORITHM, BackupInfo, KeysCount};
#[cfg(feature = "getrandom")]
pub use matrix_ssss::OsRng;
pub use matrix_ssss::{Limits, RecoveryKey, Secret, SecretBytes};
pub use merge::{Merge, Write, merge};
pub use preference::{BACKUP_PREFERENCE, enabled_preference, preference_content};
pub use public_key::BackupPublicKey;
pub use room_keys::{KeyBackupData, Misfit, RoomKeys};
pub use trust::{SignatureCheck, Signer, Trust, TrustedSigners, Verification};
