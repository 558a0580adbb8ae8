//! Leaving a room that no user of the server is in: declining an invite, or taking back a knock.

use matrix_identifiers::{OwnedEventId, OwnedRoomId, OwnedRoomVersionId, OwnedUserId};

use crate::endpoint::{always, endpoint, registry};
use crate::federation::{RawPdu, V1Tuple};

registry!(make, send, send_v1);

/// `GET /v1/make_leave/{roomId}/{userId}`: a template to leave with.
pub mod make {
    use super::*;

    endpoint! {
        GET [always("/_matrix/federation/v1/make_leave/{roomId}/{userId}")],
        authentication: ServerSignature, rate_limited: false, guests: false,

        /// Asks for a template to leave with.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
                /// The user who is to leave.
                user_id: OwnedUserId,
            }
        }

        /// A template to leave with.
        response {
            /// The event, not yet signed: see [`check_template`](crate::federation::membership::check_template).
            event: RawPdu,
            ..
            /// The room's version (MSC1813): see [`TemplateVersion`](crate::federation::membership::TemplateVersion).
            room_version: Option<OwnedRoomVersionId>,
        }
    }
}

/// `PUT /v2/send_leave/{roomId}/{eventId}`: leaves (MSC1802).
pub mod send {
    use super::*;

    endpoint! {
        PUT [always("/_matrix/federation/v2/send_leave/{roomId}/{eventId}")],
        authentication: ServerSignature, rate_limited: false, guests: false,

        /// Leaves. When this fails, [`should_retry_with_v1`](crate::federation::should_retry_with_v1) may say to try
        /// [`send_v1`].
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

        /// The user has left.
        response {}
    }
}

/// `PUT /v1/send_leave/{roomId}/{eventId}`: leaves by a server that has no [`send`].
pub mod send_v1 {
    use super::*;

    /// The user has left, in the form of the first version.
    pub type Response = V1Tuple<send::Response>;

    endpoint! {
        PUT [always("/_matrix/federation/v1/send_leave/{roomId}/{eventId}")],
        authentication: ServerSignature, rate_limited: false, guests: false,

        /// Leaves.
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
