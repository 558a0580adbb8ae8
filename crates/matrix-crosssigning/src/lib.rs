#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod change;
mod cross_signing_key;
mod device_keys;
mod error;
mod fallback_key;
mod fields;
mod identity;
mod key_set;
mod link;
mod olm_session;
mod private_keys;
mod role;
mod saved;
mod signatures_upload;
mod trust_graph;
mod update;
mod upload;
mod visibility;

pub use change::{Change, ChangeKind};
pub use cross_signing_key::CrossSigningKey;
pub use device_keys::DeviceKeys;
pub use error::Error;
pub use fallback_key::{
    FALLBACK_KEY_GRACE_MS, FallbackKey, FallbackKeys, check_fallback_keys, fallback_key_algorithms_to_upload,
    signed_fallback_key,
};
pub use identity::PublicIdentity;
pub use key_set::KeySet;
pub use link::{Link, check_signature};
pub use olm_session::{
    MIN_NEW_SESSION_INTERVAL_MS, OlmSessionTimes, Unwedge, on_undecryptable_message, session_to_send_with,
};
pub use private_keys::{
    CrossSigningKeys, MasterKey, SelfSigningKey, UserSigningKey, sign_master_key_with_device,
};
pub use role::KeyRole;
pub use signatures_upload::{CheckedSignatures, NewSignature, SignedKeys, check_signatures_upload};
pub use trust_graph::{DeviceTrust, Migration, TrustGraph, UserKeys};
pub use upload::{DeviceSigningUpload, StoredKeys, check_device_signing_upload, check_new_device_id};
pub use visibility::{SignedObject, Viewer, signing_key_update, visible_key};
