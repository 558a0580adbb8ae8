#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod bytes;
mod encoding;
mod error;
mod event;
mod fields;
mod format;
mod hash;
mod json;
mod key_query;
mod key_ring;
mod public_key;
mod references;
mod required;
mod server_keys;
mod signature;
mod signing_key;
mod verify;

pub use error::Error;
pub use event::{event_id, event_signing_bytes, hash_event, room_id_of_create, sign_event};
pub use format::{MAX_AUTH_EVENTS, MAX_EVENT_BYTES, MAX_ID_LENGTH, MAX_PREV_EVENTS, check_format};
pub use hash::{Sha256Hash, content_hash, reference_hash};
pub use json::{sign_json, signing_bytes, verify_json, verify_json_by_server};
pub use key_query::{KeyQuery, key_query_body, keys_to_query, minimum_valid_until_ts};
pub use key_ring::{KeyRing, MAX_KEY_VALIDITY_MS, VerifyKey};
pub use public_key::PublicKey;
pub use required::required_signers;
pub use server_keys::{
    OldVerifyKey, ServerKeys, notary_response, read_notary_response, verify_notary_signature,
};
pub use signature::Signature;
pub use signing_key::SigningKey;
pub use verify::{Verdict, content_hash_matches, verify_event};
