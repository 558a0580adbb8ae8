use matrix_crosssigning::{KeyRole, TrustGraph};
use matrix_identifiers::{DeviceId, OwnedDeviceId, OwnedUserId, UserId};
use matrix_signatures::PublicKey;

use crate::error::Error;

/// One of the two sides: a device of a user.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Party {
    /// The user.
    pub user_id: OwnedUserId,
    /// The device.
    pub device_id: OwnedDeviceId,
}

impl Party {
    /// Makes a side of a user and a device.
    pub fn new(user_id: &UserId, device_id: &DeviceId) -> Self {
        Self { user_id: user_id.to_owned(), device_id: device_id.to_owned() }
    }
}

/// The keys of one side that are to be verified: its device's, and its user's master key.
///
/// Of the own side the master key belongs here if it is trusted: the other side is asked to believe it. Between two
/// users it should be there. A new device that does not trust the master key yet gives its own key alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyKeys {
    party: Party,
    device: PublicKey,
    master: Option<PublicKey>,
}

impl PartyKeys {
    /// Takes the keys of a side.
    ///
    /// # Errors
    ///
    /// [`Error::DeviceIdIsKey`] if the device is called as the master key is, so that their key IDs are the same.
    pub fn new(party: Party, device: PublicKey, master: Option<PublicKey>) -> Result<Self, Error> {
        if master.is_some_and(|master| party.device_id == *master.to_base64()) {
            return Err(Error::DeviceIdIsKey(party.device_id));
        }
        Ok(Self { party, device, master })
    }

    /// Takes the keys that are known of a device and its user, trusted or not.
    ///
    /// # Errors
    ///
    /// [`Error::Keys`] if the user or the device is not known, [`Error::DeviceIdIsKey`] if any device of the user is
    /// called as one of the user's cross-signing keys.
    pub fn from_graph(graph: &TrustGraph, party: Party) -> Result<Self, Error> {
        let unknown = || matrix_crosssigning::Error::UnknownUser(party.user_id.clone());
        let user = graph.user(&party.user_id).ok_or_else(unknown)?;
        if let Some(device_id) = user.colliding_device() {
            return Err(Error::DeviceIdIsKey(device_id.to_owned()));
        }
        let device =
            user.device(&party.device_id).ok_or_else(|| matrix_crosssigning::Error::UnknownDevice {
                user_id: party.user_id.clone(),
                device_id: party.device_id.clone(),
            })?;
        let device = *device.ed25519();
        let master = user.key(KeyRole::Master).map(|key| *key.public_key());
        Self::new(party, device, master)
    }

    /// Leaves the master key out.
    #[must_use]
    pub fn without_master_key(mut self) -> Self {
        self.master = None;
        self
    }

    /// Returns whose keys they are.
    pub fn party(&self) -> &Party {
        &self.party
    }

    /// Returns the device's Ed25519 key.
    pub fn device_key(&self) -> &PublicKey {
        &self.device
    }

    /// Returns the user's master key.
    pub fn master_key(&self) -> Option<&PublicKey> {
        self.master.as_ref()
    }

    pub(crate) fn device_key_id(&self) -> String {
        format!("ed25519:{}", self.party.device_id)
    }

    pub(crate) fn check_party(&self, party: &Party) -> Result<(), Error> {
        check_same(&self.party, party)
    }
}

/// The keys of both sides, fixed when verification begins: whatever a server says later changes nothing.
///
/// Source: [key and signature security](https://spec.matrix.org/v1.19/client-server-api/#key-and-signature-security).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedKeys {
    /// The own side.
    pub own: PartyKeys,
    /// The other side, as this device knows it.
    pub other: PartyKeys,
}

/// The keys that a verification has found to be genuine, one or two of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedKeys {
    party: Party,
    device: Option<PublicKey>,
    master: Option<PublicKey>,
}

impl VerifiedKeys {
    /// Says which keys of a side were verified.
    ///
    /// # Errors
    ///
    /// [`Error::NothingVerified`] if none was.
    pub fn new(party: Party, device: Option<PublicKey>, master: Option<PublicKey>) -> Result<Self, Error> {
        if device.is_none() && master.is_none() {
            return Err(Error::NothingVerified);
        }
        Ok(Self { party, device, master })
    }

    /// Returns whose keys they are.
    pub fn party(&self) -> &Party {
        &self.party
    }

    /// Returns the device's key, if it was verified.
    pub fn device_key(&self) -> Option<&PublicKey> {
        self.device.as_ref()
    }

    /// Returns the user's master key, if it was verified.
    pub fn master_key(&self) -> Option<&PublicKey> {
        self.master.as_ref()
    }

    pub(crate) fn check_party(&self, party: &Party) -> Result<(), Error> {
        check_same(&self.party, party)
    }
}

fn check_same(found: &Party, expected: &Party) -> Result<(), Error> {
    if found == expected {
        return Ok(());
    }
    Err(Error::WrongParty {
        expected_user: expected.user_id.clone(),
        expected_device: expected.device_id.clone(),
        found_user: found.user_id.clone(),
        found_device: found.device_id.clone(),
    })
}
