//! Behaviour of key backup through the public names of the crate.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod backups;
mod batch;
mod better;
mod cipher;
mod decryption_key;
mod properties;
mod random;
mod secrecy;
mod session;
mod trust;
mod vectors;

use matrix_canonicaljson::{Mode, Object};
use matrix_keybackup::{BackedUpSession, BackupDecryptionKey, KeyBackupData, KeyMetadata, Secret};

fn object(json: &str) -> Object {
    Object::parse(json.as_bytes(), Mode::Strict).unwrap()
}

fn key(fill: u8) -> BackupDecryptionKey {
    BackupDecryptionKey::from_bytes(&[fill; 32])
}

fn session(key: &str) -> BackedUpSession {
    BackedUpSession::new(Secret::new(key), "curve25519 key", "ed25519 key")
}

fn metadata(first_message_index: u64, forwarded_count: u64, is_verified: bool) -> KeyMetadata {
    KeyMetadata { first_message_index, forwarded_count, is_verified }
}

/// A key that starts at this message; its session is what a server does not look at.
fn data(first_message_index: u64) -> KeyBackupData {
    let session_data = Object::from([("from", first_message_index.to_string())]);
    KeyBackupData { metadata: metadata(first_message_index, 0, false), session_data }
}
