use matrix_identifiers::{OwnedDeviceId, OwnedUserId};
use matrix_signatures::PublicKey;

use crate::{error::Error, role::KeyRole};

/// Something that became different in a [`TrustGraph`](crate::TrustGraph).
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// About whom.
    pub user_id: OwnedUserId,
    /// What.
    pub kind: ChangeKind,
}

/// What can become different when keys come in.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ChangeKind {
    /// The first master key that was ever seen of the user.
    MasterKeyFirstSeen(PublicKey),
    /// The master key is another than before: whoever the user was, it may be somebody else now.
    MasterKeyChanged {
        /// The key before.
        from: PublicKey,
        /// The key now.
        to: PublicKey,
    },
    /// The self-signing or user-signing key is another than before, or there for the first time.
    KeyReplaced(KeyRole),
    /// A key is no longer there. A master key is remembered all the same: another one later is a change.
    KeyRemoved(KeyRole),
    /// A device is there that was not.
    DeviceAdded(OwnedDeviceId),
    /// A device is gone.
    DeviceRemoved(OwnedDeviceId),
    /// A key or device was not taken.
    Refused {
        /// Which: a role, or `device` and its ID.
        what: String,
        /// Why not.
        error: Error,
    },
    /// The user is verified from now on.
    UserVerified,
    /// The user is verified no longer.
    UserNotVerified,
    /// A device is trusted from now on.
    DeviceTrusted(OwnedDeviceId),
    /// A device that is still there is trusted no longer.
    DeviceNotTrusted(OwnedDeviceId),
}

impl Change {
    /// Tells whether the user in front of the screen has to be told of the change.
    ///
    /// That is so for another master key, without exception and before communication goes on; for a user who is not
    /// verified any more; and for a device ID that is also a cross-signing key.
    ///
    /// Source: [key and signature security](https://spec.matrix.org/v1.19/client-server-api/#key-and-signature-security).
    pub fn must_be_told(&self) -> bool {
        matches!(
            self.kind,
            ChangeKind::MasterKeyChanged { .. }
                | ChangeKind::UserNotVerified
                | ChangeKind::Refused { error: Error::DeviceIdIsKey(_), .. }
        )
    }
}
