//! Knocking (MSC2403).

use matrix_identifiers::{OwnedEventId, OwnedRoomId, OwnedRoomVersionId, OwnedUserId};

use crate::endpoint::{always, endpoint, registry, unannounced};
use crate::federation::RawPdu;

registry!(make, send);

/// `GET /v1/make_knock/{roomId}/{userId}`: a template to knock with.
pub mod make {
    use super::*;

    endpoint! {
        GET [
            always("/_matrix/federation/v1/make_knock/{roomId}/{userId}"),
            unannounced("/_matrix/federation/unstable/xyz.amorgan.knock/make_knock/{roomId}/{userId}"),
        ],
        authentication: ServerSignature, rate_limited: false, guests: false,

        /// Asks for a template to knock with.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
                /// The user who is to knock.
                user_id: OwnedUserId,
            }
            query {
                /// The room versions that the asking server knows. They have to be named.
                ver: Vec<OwnedRoomVersionId>,
            }
        }

        /// A template to knock with.
        response {
            /// The room's version.
            room_version: OwnedRoomVersionId,
            /// The event, not yet signed: see [`check_template`](crate::federation::membership::check_template).
            event: RawPdu,
        }
    }
}

/// `PUT /v1/send_knock/{roomId}/{eventId}`: knocks.
pub mod send {
    use super::*;

    endpoint! {
        PUT [
            always("/_matrix/federation/v1/send_knock/{roomId}/{eventId}"),
            unannounced("/_matrix/federation/unstable/xyz.amorgan.knock/send_knock/{roomId}/{eventId}"),
        ],
        authentication: ServerSignature, rate_limited: false, guests: false,

        /// Knocks.
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

        /// The knock is in the room.
        response {
            /// State that helps the user to recognise the room: PDUs since version 1.16, before that stripped of all but
            /// four fields.
            knock_room_state: Vec<RawPdu>,
        }
    }
}
