//! Joining.

use matrix_identifiers::{OwnedEventId, OwnedRoomId, OwnedRoomVersionId, OwnedServerName, OwnedUserId};

use crate::endpoint::{always, endpoint, registry};
use crate::federation::{RawPdu, V1Tuple};
use crate::tolerant;

registry!(make, send, send_v1);

/// `GET /v1/make_join/{roomId}/{userId}`: a template to join with.
pub mod make {
    use super::*;

    endpoint! {
        GET [always("/_matrix/federation/v1/make_join/{roomId}/{userId}")],
        authentication: ServerSignature, rate_limited: false, guests: false,

        /// Asks for a template to join with.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
                /// The user who is to join.
                user_id: OwnedUserId,
            }
            query {
                ..
                /// The room versions that the asking server knows; without any, version 1 alone.
                ver: Vec<OwnedRoomVersionId>,
            }
        }

        /// A template to join with.
        response {
            /// The event, not yet signed: see [`check_template`](crate::federation::membership::check_template).
            event: RawPdu,
            ..
            /// The room's version (MSC1813): see [`TemplateVersion`](crate::federation::membership::TemplateVersion).
            room_version: Option<OwnedRoomVersionId>,
        }
    }
}

/// `PUT /v2/send_join/{roomId}/{eventId}`: joins (MSC1802).
pub mod send {
    use super::*;

    endpoint! {
        PUT [always("/_matrix/federation/v2/send_join/{roomId}/{eventId}")],
        authentication: ServerSignature, rate_limited: false, guests: false,

        /// Joins. When this fails, [`should_retry_with_v1`](crate::federation::should_retry_with_v1) may say to try
        /// [`send_v1`].
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
                /// The event.
                event_id: OwnedEventId,
            }
            query {
                ..
                /// Whether the answer may leave members out.
                omit_members: bool,
            }
            body #[serde(transparent)] {
                /// The event, signed.
                event: RawPdu,
            }
        }

        /// The room as it was before the join.
        response {
            /// The state.
            state: Vec<RawPdu>,
            /// The events that authorize the state and the join.
            auth_chain: Vec<RawPdu>,
            ..
            /// The server that answers.
            origin: Option<OwnedServerName>,
            /// The event as it was accepted, where the server had to sign it as well.
            event: Option<RawPdu>,
            /// Whether members are left out.
            members_omitted: bool,
            /// The servers in the room, where members are left out; without what is no server name.
            #[serde(deserialize_with = "tolerant::optional_list")]
            servers_in_room: Option<Vec<OwnedServerName>>,
        }
    }
}

/// `PUT /v1/send_join/{roomId}/{eventId}`: joins by a server that has no [`send`].
pub mod send_v1 {
    use super::*;

    /// The room as it was before the join, in the form of the first version.
    pub type Response = V1Tuple<send::Response>;

    endpoint! {
        PUT [always("/_matrix/federation/v1/send_join/{roomId}/{eventId}")],
        authentication: ServerSignature, rate_limited: false, guests: false,

        /// Joins.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
                /// The event.
                event_id: OwnedEventId,
            }
            body #[serde(transparent)] {
                /// The event, signed.
                event: RawPdu,
            }
        }
    }
}
