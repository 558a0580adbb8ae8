use std::collections::{BTreeMap, BTreeSet};

use matrix_identifiers::{DeviceId, OwnedDeviceId, OwnedUserId, UserId};
use matrix_signatures::PublicKey;

use crate::{
    change::{Change, ChangeKind},
    cross_signing_key::CrossSigningKey,
    device_keys::DeviceKeys,
    error::Error,
    role::KeyRole,
};

/// What is known of everybody's keys, and whom the own user trusts because of them.
///
/// Plain data: nothing is fetched, nothing stored. [`to_object`](Self::to_object) writes it and
/// [`from_object`](Self::from_object) reads it. Every answer verifies the signatures on its way, two to four of them.
///
/// Source: [cross-signing](https://spec.matrix.org/v1.19/client-server-api/#cross-signing), MSC1756.
#[derive(Clone, Debug, PartialEq)]
pub struct TrustGraph {
    pub(crate) own_user: OwnedUserId,
    /// The own master key that was found to be genuine, by holding its private half or by verifying a device.
    pub(crate) own_master: Option<PublicKey>,
    pub(crate) users: BTreeMap<OwnedUserId, UserKeys>,
}

/// What is known of one user's keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserKeys {
    pub(crate) master: Option<CrossSigningKey>,
    pub(crate) self_signing: Option<CrossSigningKey>,
    pub(crate) user_signing: Option<CrossSigningKey>,
    pub(crate) devices: BTreeMap<OwnedDeviceId, DeviceKeys>,
    /// The last master key seen, kept when it goes away.
    pub(crate) known_master: Option<PublicKey>,
    /// Set from when the master key changes until the user has been told.
    pub(crate) changed: bool,
    /// Whether the known master key is the first ever seen.
    pub(crate) first: bool,
    /// Devices verified one by one, with the key that was verified.
    pub(crate) verified_devices: BTreeMap<OwnedDeviceId, PublicKey>,
    /// A device whose ID is also a cross-signing key.
    pub(crate) colliding: Option<OwnedDeviceId>,
}

/// Why a device is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeviceTrust {
    /// Along the signatures from the own master key.
    CrossSigned,
    /// The device itself was verified; see [`TrustGraph::mark_device_verified`].
    Verified,
}

/// What to make of a master key that a verified device has signed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Migration {
    /// It is the first master key seen of the user: it may be signed without a question.
    Sign(OwnedDeviceId),
    /// There was another before; a stolen device could have signed this one, so ask first.
    Ask(OwnedDeviceId),
}

impl UserKeys {
    /// Returns the key of a role.
    pub fn key(&self, role: KeyRole) -> Option<&CrossSigningKey> {
        match role {
            KeyRole::Master => self.master.as_ref(),
            KeyRole::SelfSigning => self.self_signing.as_ref(),
            KeyRole::UserSigning => self.user_signing.as_ref(),
        }
    }

    /// Returns a device.
    pub fn device(&self, device_id: &DeviceId) -> Option<&DeviceKeys> {
        self.devices.get(device_id)
    }

    /// Iterates over the devices in the order of their IDs.
    pub fn devices(&self) -> impl Iterator<Item = &DeviceKeys> {
        self.devices.values()
    }

    /// Returns the device whose ID is also a cross-signing key of the user, when there was one. It is not among the
    /// [`devices`](Self::devices).
    pub fn colliding_device(&self) -> Option<&DeviceId> {
        self.colliding.as_deref()
    }

    /// Whether a device was verified by itself, with the key that it has.
    fn has_verified(&self, device: &DeviceKeys) -> bool {
        self.verified_devices.get(device.device_id()) == Some(device.ed25519())
    }
}

impl TrustGraph {
    /// Begins for a user, knowing nobody.
    pub fn new(own_user: &UserId) -> Self {
        Self { own_user: own_user.to_owned(), own_master: None, users: BTreeMap::new() }
    }

    /// Returns the own user.
    pub fn own_user(&self) -> &UserId {
        &self.own_user
    }

    /// Returns what is known of a user.
    pub fn user(&self, user_id: &UserId) -> Option<&UserKeys> {
        self.users.get(user_id)
    }

    /// Checks that a user is who they seem: the own user-signing key, which the own trusted master key has signed,
    /// has signed their master key. The own user is verified when the own master key is trusted.
    ///
    /// # Errors
    ///
    /// Says what is missing: [`Error::OwnMasterKeyUntrusted`], [`Error::MissingKey`], [`Error::UnknownUser`] or
    /// [`Error::BrokenLink`].
    pub fn check_user(&self, user_id: &UserId) -> Result<(), Error> {
        let own_master = self.own_master()?;
        if *user_id == *self.own_user {
            return Ok(());
        }
        let user_signing = self.key(&self.own_user, KeyRole::UserSigning)?;
        user_signing.check_signed_by_master(own_master)?;
        self.key(user_id, KeyRole::Master)?.check_signed_by_user_signing(user_signing)
    }

    /// Tells whether a user is verified.
    pub fn is_user_verified(&self, user_id: &UserId) -> bool {
        self.check_user(user_id).is_ok()
    }

    /// Checks that a device is to be trusted, and says why it is.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownUser`], [`Error::UnknownDevice`], or what is wrong with the signatures: what
    /// [`check_user`](Self::check_user) says, [`Error::MissingKey`] or [`Error::BrokenLink`] that names the link.
    pub fn check_device(&self, user_id: &UserId, device_id: &DeviceId) -> Result<DeviceTrust, Error> {
        let user = self.known(user_id)?;
        let device = user.device(device_id).ok_or_else(|| Error::UnknownDevice {
            user_id: user_id.to_owned(),
            device_id: device_id.to_owned(),
        })?;
        if user.has_verified(device) {
            return Ok(DeviceTrust::Verified);
        }
        self.check_user(user_id)?;
        device.check_signed_by_self_signing(self.self_signing(user_id)?)?;
        Ok(DeviceTrust::CrossSigned)
    }

    /// Tells whether a device is trusted.
    pub fn is_device_trusted(&self, user_id: &UserId, device_id: &DeviceId) -> bool {
        self.check_device(user_id, device_id).is_ok()
    }

    /// Checks that nothing speaks against verifying a user, or against communicating with one: a master key that
    /// changed has been [acknowledged](Self::acknowledge_master_key), and no device has a key for its ID.
    ///
    /// # Errors
    ///
    /// [`Error::MasterKeyChanged`], [`Error::DeviceIdIsKey`], [`Error::UnknownUser`].
    pub fn check_may_verify(&self, user_id: &UserId) -> Result<(), Error> {
        let user = self.known(user_id)?;
        match &user.colliding {
            Some(device_id) => Err(Error::DeviceIdIsKey(device_id.clone())),
            None if user.changed => Err(Error::MasterKeyChanged(user_id.to_owned())),
            None => Ok(()),
        }
    }

    /// Notes that the user in front of the screen knows of another user's changed master key.
    pub fn acknowledge_master_key(&mut self, user_id: &UserId) {
        if let Some(user) = self.users.get_mut(user_id) {
            user.changed = false;
        }
    }

    /// Trusts the own master key: because its private half is held, or because a device that trusts it was verified.
    /// The key is named by itself, so that what is trusted can't be replaced meanwhile.
    ///
    /// # Errors
    ///
    /// [`Error::MissingKey`], [`Error::MasterKeyChanged`] if the own master key is another.
    pub fn trust_own_master_key(&mut self, key: &PublicKey) -> Result<Vec<Change>, Error> {
        if self.key(&self.own_user, KeyRole::Master)?.public_key() != key {
            return Err(Error::MasterKeyChanged(self.own_user.clone()));
        }
        let before = self.trusted(None);
        self.own_master = Some(*key);
        if let Some(own) = self.users.get_mut(&self.own_user) {
            own.changed = false;
        }
        Ok(self.trust_changes(&before, None))
    }

    /// Notes that a device was verified by itself, with the key that was verified.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownUser`], [`Error::UnknownDevice`], [`Error::DeviceKeyChanged`] if the device has another key.
    pub fn mark_device_verified(
        &mut self,
        user_id: &UserId,
        device_id: &DeviceId,
        key: &PublicKey,
    ) -> Result<Vec<Change>, Error> {
        let before = self.trusted(Some(user_id));
        let user = self.users.get_mut(user_id).ok_or_else(|| Error::UnknownUser(user_id.to_owned()))?;
        let unknown =
            || Error::UnknownDevice { user_id: user_id.to_owned(), device_id: device_id.to_owned() };
        if user.devices.get(device_id).ok_or_else(unknown)?.ed25519() != key {
            return Err(Error::DeviceKeyChanged(device_id.to_owned()));
        }
        user.verified_devices.insert(device_id.to_owned(), *key);
        Ok(self.trust_changes(&before, Some(user_id)))
    }

    /// Tells whether a user who is not verified could be, because a device of theirs that was verified by itself has
    /// signed their master key, and with how much care.
    ///
    /// Source: [MSC1756](https://github.com/matrix-org/matrix-spec-proposals/pull/1756), migrating from device
    /// verifications.
    pub fn migration(&self, user_id: &UserId) -> Option<Migration> {
        let user = self.users.get(user_id)?;
        let master = user.master.as_ref()?;
        if self.is_user_verified(user_id) || user.colliding.is_some() {
            return None;
        }
        let vouches = |(id, key): &(&OwnedDeviceId, &PublicKey)| {
            user.devices.get(*id).is_some_and(|device| {
                device.ed25519() == *key && master.check_signed_by_device(device).is_ok()
            })
        };
        let (device_id, _) = user.verified_devices.iter().find(vouches)?;
        Some(match user.first {
            true => Migration::Sign(device_id.clone()),
            false => Migration::Ask(device_id.clone()),
        })
    }

    /// Everything trusted, about one user or all: users with `None`, devices with their ID.
    pub(crate) fn trusted(&self, about: Option<&UserId>) -> BTreeSet<(OwnedUserId, Option<OwnedDeviceId>)> {
        let mut trusted = BTreeSet::new();
        for (user_id, user) in self.users.iter().filter(|(id, _)| about.is_none_or(|about| **id == *about)) {
            // The keys above the devices are looked at once, however many devices there are.
            let mut self_signing = None;
            if self.is_user_verified(user_id) {
                trusted.insert((user_id.clone(), None));
                self_signing = self.self_signing(user_id).ok();
            }
            for (device_id, device) in &user.devices {
                let signed = |key: &CrossSigningKey| device.check_signed_by_self_signing(key).is_ok();
                if user.has_verified(device) || self_signing.is_some_and(signed) {
                    trusted.insert((user_id.clone(), Some(device_id.clone())));
                }
            }
        }
        trusted
    }

    /// What is trusted now and was not, and what no longer is although it is still there.
    pub(crate) fn trust_changes(
        &self,
        before: &BTreeSet<(OwnedUserId, Option<OwnedDeviceId>)>,
        about: Option<&UserId>,
    ) -> Vec<Change> {
        let now = self.trusted(about);
        let gained = now.difference(before).map(|(user_id, device)| Change {
            user_id: user_id.clone(),
            kind: match device {
                None => ChangeKind::UserVerified,
                Some(id) => ChangeKind::DeviceTrusted(id.clone()),
            },
        });
        let lost = before.difference(&now).filter_map(|(user_id, device)| {
            let kind = match device {
                None => ChangeKind::UserNotVerified,
                Some(id) => {
                    self.users.get(user_id)?.device(id)?;
                    ChangeKind::DeviceNotTrusted(id.clone())
                }
            };
            Some(Change { user_id: user_id.clone(), kind })
        });
        gained.chain(lost).collect()
    }

    fn known(&self, user_id: &UserId) -> Result<&UserKeys, Error> {
        self.users.get(user_id).ok_or_else(|| Error::UnknownUser(user_id.to_owned()))
    }

    fn key(&self, user_id: &UserId, role: KeyRole) -> Result<&CrossSigningKey, Error> {
        let missing = || Error::MissingKey { user_id: user_id.to_owned(), role };
        self.known(user_id)?.key(role).ok_or_else(missing)
    }

    /// The self-signing key of a user, provided that their master key has signed it.
    fn self_signing(&self, user_id: &UserId) -> Result<&CrossSigningKey, Error> {
        let self_signing = self.key(user_id, KeyRole::SelfSigning)?;
        self_signing.check_signed_by_master(self.key(user_id, KeyRole::Master)?)?;
        Ok(self_signing)
    }

    /// The own master key, provided that it is still the one that is trusted.
    fn own_master(&self) -> Result<&CrossSigningKey, Error> {
        let trusted = self.own_master.as_ref().ok_or(Error::OwnMasterKeyUntrusted)?;
        let master = self.key(&self.own_user, KeyRole::Master)?;
        if master.public_key() == trusted { Ok(master) } else { Err(Error::OwnMasterKeyUntrusted) }
    }
}
