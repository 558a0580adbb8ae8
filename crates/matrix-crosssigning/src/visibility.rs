use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{DeviceId, UserId};

use crate::{cross_signing_key::ED25519, identity::PublicIdentity, role::KeyRole, trust_graph::UserKeys};

/// What a key object that somebody asks for is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedObject<'a> {
    /// A cross-signing key.
    CrossSigningKey(KeyRole),
    /// A device.
    Device(&'a DeviceId),
}

/// Who asks for keys.
#[derive(Clone, Copy, Debug)]
pub enum Viewer<'a> {
    /// A user, with what the server knows of the user's own keys.
    User(&'a UserId, &'a UserKeys),
    /// Another server, for its users.
    Server,
}

/// Returns a user's key object with the signatures that the asker may see, or nothing if the key itself is hidden.
///
/// To see are: all signatures by the asker's own cross-signing keys, and by the asker's own devices about the own
/// master key; of the owner, those of the self-signing key about devices, of the master key about the self-signing
/// key, of devices about the master key, and what a device says about itself. Nobody but its owner sees a
/// user-signing key, or whom it has signed.
///
/// Source: [key and signature security](https://spec.matrix.org/v1.19/client-server-api/#key-and-signature-security),
/// MSC1756.
pub fn visible_key(
    owner: &UserId,
    owner_keys: &UserKeys,
    what: SignedObject<'_>,
    object: &Object,
    viewer: Viewer<'_>,
) -> Option<Object> {
    let own = matches!(viewer, Viewer::User(user_id, _) if user_id == owner);
    if what == SignedObject::CrossSigningKey(KeyRole::UserSigning) && !own {
        return None;
    }
    let visible = |signer: &str, key_id: &str| {
        let viewers = matches!(viewer, Viewer::User(user_id, keys)
            if user_id == signer && KeyRole::ALL.into_iter().any(|role| is_key(keys, role, key_id)));
        viewers || (owner == signer && is_public(owner_keys, what, key_id))
    };
    let mut object = object.clone();
    if let Some(Value::Object(signatures)) = object.get_mut("signatures") {
        for (signer, entry) in signatures.iter_mut() {
            match entry {
                Value::Object(entry) => entry.retain(|key_id, _| visible(signer, key_id)),
                other => *other = Value::Object(Object::new()),
            }
        }
        signatures.retain(|_, entry| entry.as_object().is_some_and(|entry| !entry.is_empty()));
    } else {
        object.remove("signatures");
    }
    Some(object)
}

/// Writes the content of an `m.signing_key_update` EDU, which tells other servers of new keys or of new signatures of
/// the master key by own devices. The user-signing key is not in it.
///
/// Source: [signing key updates](https://spec.matrix.org/v1.19/server-server-api/#definition-msigning_key_update).
pub fn signing_key_update(identity: &PublicIdentity, keys: &UserKeys) -> Object {
    let user_id = identity.user_id();
    let mut content = Object::from([("user_id", user_id.as_str())]);
    for key in [identity.master(), identity.self_signing()] {
        let what = SignedObject::CrossSigningKey(key.role());
        if let Some(visible) = visible_key(user_id, keys, what, key.object(), Viewer::Server) {
            content.insert(key.role().upload_field(), visible);
        }
    }
    content
}

/// Whether anybody may see a signature by the owner of the object.
fn is_public(keys: &UserKeys, what: SignedObject<'_>, key_id: &str) -> bool {
    let device = |id: &str| keys.devices().any(|device| device.device_id() == id);
    match what {
        SignedObject::Device(device_id) => {
            is_key(keys, KeyRole::SelfSigning, key_id)
                || key_id.strip_prefix(ED25519) == Some(device_id.as_str())
        }
        SignedObject::CrossSigningKey(KeyRole::Master) => key_id.strip_prefix(ED25519).is_some_and(device),
        SignedObject::CrossSigningKey(_) => is_key(keys, KeyRole::Master, key_id),
    }
}

fn is_key(keys: &UserKeys, role: KeyRole, key_id: &str) -> bool {
    keys.key(role).is_some_and(|key| key.key_id() == key_id)
}
