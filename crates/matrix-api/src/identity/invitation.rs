//! Inviting whoever has an address.
//!
//! Source: [invitation storage](https://spec.matrix.org/v1.19/identity-service-api/#invitation-storage),
//! [ephemeral invitation signing](https://spec.matrix.org/v1.19/identity-service-api/#ephemeral-invitation-signing).

use std::collections::BTreeMap;

use matrix_identifiers::{OwnedRoomId, OwnedServerName, OwnedServerSigningKeyId, OwnedUserId};
use serde::{Deserialize, Serialize};

use crate::InvitePrivateKey;
use crate::endpoint::{always, endpoint, registry};

registry!(sign, store);

/// A key that goes with an invite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitePublicKey {
    /// The key, in base64.
    pub public_key: String,
    /// Where to ask whether it is valid.
    pub key_validity_url: String,
}

/// `POST /store-invite`: keeps an invite until somebody proves that the address is theirs.
pub mod store {
    use super::*;

    endpoint! {
        POST [always("/_matrix/identity/v2/store-invite")],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Keeps an invite, and sends word of it to the address.
        request {
            body {
                /// What kind of address it is.
                medium: String,
                /// The address.
                address: String,
                /// The room.
                room_id: OwnedRoomId,
                /// Who invites.
                sender: OwnedUserId,
                ..
                /// An alias of the room.
                room_alias: Option<String>,
                /// The avatar of the room.
                room_avatar_url: Option<String>,
                /// Who may join the room.
                room_join_rules: Option<String>,
                /// The name of the room.
                room_name: Option<String>,
                /// What the room is for.
                room_type: Option<String>,
                /// The name of whoever invites.
                sender_display_name: Option<String>,
                /// The avatar of whoever invites.
                sender_avatar_url: Option<String>,
            }
        }

        /// The invite is kept.
        response {
            /// What stands for the invite: the state key of `m.room.third_party_invite`.
            token: String,
            /// The keys with which whoever accepts it is proven right.
            public_keys: Vec<InvitePublicKey>,
            /// What to show in place of the address.
            display_name: String,
        }
    }
}

/// `POST /sign-ed25519`: signs that an invite is accepted.
pub mod sign {
    use super::*;

    endpoint! {
        POST [always("/_matrix/identity/v2/sign-ed25519")],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Asks for the signature of an accepted invite.
        request {
            body {
                /// The user who accepts.
                mxid: OwnedUserId,
                /// What stands for the invite.
                token: String,
                /// The private key, which came with word of the invite.
                private_key: InvitePrivateKey,
            }
        }

        /// The signed acceptance.
        response {
            /// The user who accepts.
            mxid: OwnedUserId,
            /// Who invited.
            sender: OwnedUserId,
            /// What stands for the invite.
            token: String,
            /// The signatures, by server and key.
            signatures: BTreeMap<OwnedServerName, BTreeMap<OwnedServerSigningKeyId, String>>,
        }
    }
}
