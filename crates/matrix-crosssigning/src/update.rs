//! Taking a new set of keys into the graph.

use matrix_identifiers::{DeviceId, OwnedDeviceId, UserId};

use crate::{
    change::{Change, ChangeKind},
    cross_signing_key::CrossSigningKey,
    device_keys::DeviceKeys,
    error::Error,
    key_set::KeySet,
    role::KeyRole,
    trust_graph::{TrustGraph, UserKeys},
};

impl TrustGraph {
    /// Takes what a server says about a user's keys in place of what was known, and returns what changed by it.
    ///
    /// A self-signing or user-signing key is taken if the master key has signed it; a device if it has signed itself,
    /// if it has the Ed25519 key that it had before, and if its ID is no cross-signing key of the user. The rest is
    /// [refused](ChangeKind::Refused). Keys and devices that the server no longer names go away, but for the memory
    /// of the master key and of the keys that devices had been verified with.
    ///
    /// Source: [key and signature security](https://spec.matrix.org/v1.19/client-server-api/#key-and-signature-security),
    /// [tracking the device list](https://spec.matrix.org/v1.19/client-server-api/#tracking-the-device-list-for-a-user).
    pub fn update(&mut self, set: KeySet) -> Vec<Change> {
        let user_id = set.user_id().to_owned();
        // New own keys change whom the own user has verified.
        let about = (user_id != self.own_user).then_some(&*user_id);
        let before = self.trusted(about);
        let mut changes = Changes { user_id: &user_id, list: Vec::new() };
        let KeySet { keys: [master, self_signing, user_signing], devices, refused, unread, .. } = set;
        for (what, error) in refused {
            changes.push(ChangeKind::Refused { what, error });
        }
        let user = self.users.entry(user_id.clone()).or_default();
        take_master(user, master, &mut changes);
        for (role, key) in [(KeyRole::SelfSigning, self_signing), (KeyRole::UserSigning, user_signing)] {
            take_subkey(user, role, key, &mut changes);
        }
        take_devices(user, devices, &mut changes);
        refuse_colliding(user, unread, &mut changes);
        let mut list = changes.list;
        list.extend(self.trust_changes(&before, about));
        list
    }
}

struct Changes<'a> {
    user_id: &'a UserId,
    list: Vec<Change>,
}

impl Changes<'_> {
    fn push(&mut self, kind: ChangeKind) {
        self.list.push(Change { user_id: self.user_id.to_owned(), kind });
    }
}

fn take_master(user: &mut UserKeys, master: Option<CrossSigningKey>, changes: &mut Changes<'_>) {
    let Some(new) = &master else {
        if user.master.take().is_some() {
            changes.push(ChangeKind::KeyRemoved(KeyRole::Master));
        }
        return;
    };
    let to = *new.public_key();
    match user.known_master {
        None => {
            user.first = true;
            changes.push(ChangeKind::MasterKeyFirstSeen(to));
        }
        Some(from) if from != to => {
            (user.first, user.changed) = (false, true);
            changes.push(ChangeKind::MasterKeyChanged { from, to });
        }
        Some(_) => {}
    }
    user.known_master = Some(to);
    user.master = master;
}

fn take_subkey(user: &mut UserKeys, role: KeyRole, key: Option<CrossSigningKey>, changes: &mut Changes<'_>) {
    let checked = key.and_then(|key| {
        let missing = || Error::MissingKey { user_id: key.user_id().to_owned(), role: KeyRole::Master };
        let master = user.master.as_ref().ok_or_else(missing);
        match master.and_then(|master| key.check_signed_by_master(master)) {
            Ok(()) => Some(key),
            Err(error) => {
                changes.push(ChangeKind::Refused { what: role.to_string(), error });
                None
            }
        }
    });
    let place = match role {
        KeyRole::UserSigning => &mut user.user_signing,
        _ => &mut user.self_signing,
    };
    match (&place, &checked) {
        (Some(_), None) => changes.push(ChangeKind::KeyRemoved(role)),
        (old, Some(new)) if old.as_ref().is_none_or(|old| old.public_key() != new.public_key()) => {
            changes.push(ChangeKind::KeyReplaced(role));
        }
        _ => {}
    }
    *place = checked;
}

fn take_devices(user: &mut UserKeys, devices: Vec<DeviceKeys>, changes: &mut Changes<'_>) {
    user.colliding = None;
    let mut before = core::mem::take(&mut user.devices);
    for device in devices {
        let device_id = device.device_id().to_owned();
        let old = before.remove(&device_id);
        let taken = match check_device(user, &device, old.as_ref()) {
            Ok(()) => Some(device),
            Err(error) => {
                if matches!(error, Error::DeviceIdIsKey(_)) {
                    user.colliding = Some(device_id.clone());
                }
                changes.push(ChangeKind::Refused {
                    what: format!("device {device_id:?}"),
                    error: error.clone(),
                });
                // A device that comes with another key stays what it was; one without a signature goes.
                old.clone().filter(|_| matches!(error, Error::DeviceKeyChanged(_)))
            }
        };
        match (&old, taken) {
            (None, Some(device)) => {
                changes.push(ChangeKind::DeviceAdded(device_id.clone()));
                user.devices.insert(device_id, device);
            }
            (Some(_), Some(device)) => _ = user.devices.insert(device_id, device),
            (Some(_), None) => changes.push(ChangeKind::DeviceRemoved(device_id)),
            (None, None) => {}
        }
    }
    for (device_id, _) in before {
        changes.push(ChangeKind::DeviceRemoved(device_id));
    }
}

/// A device that cannot be read may still be called as a key is.
fn refuse_colliding(user: &mut UserKeys, unread: Vec<OwnedDeviceId>, changes: &mut Changes<'_>) {
    for device_id in unread {
        if is_cross_signing_key(user, &device_id) {
            let (what, error) = (format!("device {device_id:?}"), Error::DeviceIdIsKey(device_id.clone()));
            user.colliding = Some(device_id);
            changes.push(ChangeKind::Refused { what, error });
        }
    }
}

fn check_device(user: &UserKeys, device: &DeviceKeys, old: Option<&DeviceKeys>) -> Result<(), Error> {
    if is_cross_signing_key(user, device.device_id()) {
        return Err(Error::DeviceIdIsKey(device.device_id().to_owned()));
    }
    device.check_self_signature()?;
    let verified = user.verified_devices.get(device.device_id());
    let known = old.map(DeviceKeys::ed25519).or(verified);
    if known.is_some_and(|known| known != device.ed25519()) {
        return Err(Error::DeviceKeyChanged(OwnedDeviceId::from(device.device_id())));
    }
    Ok(())
}

fn is_cross_signing_key(user: &UserKeys, device_id: &DeviceId) -> bool {
    let keys = KeyRole::ALL.into_iter().filter_map(|role| user.key(role));
    keys.into_iter().any(|key| device_id == key.public_key().to_base64().as_str())
}
