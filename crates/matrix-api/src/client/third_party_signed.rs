use std::collections::BTreeMap;

use matrix_identifiers::{OwnedServerName, OwnedServerSigningKeyId, OwnedUserId};
use serde::{Deserialize, Serialize};

/// What an identity server has signed of an invite to an address, with which the invited user may join.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThirdPartySigned {
    /// Who sent the invite.
    pub sender: OwnedUserId,
    /// The invited user.
    pub mxid: OwnedUserId,
    /// The state key of the `m.room.third_party_invite` event.
    pub token: String,
    /// The signatures, by server and key.
    pub signatures: BTreeMap<OwnedServerName, BTreeMap<OwnedServerSigningKeyId, String>>,
}
