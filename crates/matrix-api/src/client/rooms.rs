//! Rooms: their upgrade, members, aliases, and redactions of their events.

use matrix_events::ClientEvent;
use matrix_events::content::Membership;
use matrix_identifiers::{OwnedEventId, OwnedRoomAliasId, OwnedRoomId, OwnedRoomVersionId, OwnedUserId};

use super::foreign;
use crate::Raw;
use crate::endpoint::{endpoint, r0, registry, stable, unstable};

registry!(upgrade, members, aliases, redact);

/// `POST /rooms/{roomId}/upgrade`: replaces a room by one of another version (MSC1501).
pub mod upgrade {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/rooms/{roomId}/upgrade", 1, 1),
            r0("/_matrix/client/r0/rooms/{roomId}/upgrade", 5, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Replaces a room by one of another version.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
            }
            body {
                /// The version of the room that replaces it.
                new_version: OwnedRoomVersionId,
                ..
                /// Who else counts as a creator of the room that replaces it, in versions that have such, from 12 on.
                additional_creators: Vec<OwnedUserId>,
            }
        }

        /// The room is replaced.
        response {
            /// The room that replaces it.
            replacement_room: OwnedRoomId,
        }
    }
}

/// `GET /rooms/{roomId}/members`: the members of a room, which guests see as well (MSC2689).
pub mod members {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/rooms/{roomId}/members", 1, 1),
            r0("/_matrix/client/r0/rooms/{roomId}/members", 0, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: true,

        /// Asks for the members of a room.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
            }
            query {
                ..
                /// When, as a token of `/sync`; without it, now or when the user left.
                at: Option<String>,
                /// Only those of this membership.
                #[serde(with = "foreign::optional_name")]
                membership: Option<Membership>,
                /// Only those not of this membership.
                #[serde(with = "foreign::optional_name")]
                not_membership: Option<Membership>,
            }
        }

        /// The members of the room.
        response {
            /// Their `m.room.member` events.
            #[serde(default)]
            chunk: Vec<Raw<ClientEvent>>,
        }
    }
}

/// `GET /rooms/{roomId}/aliases`: the aliases that the server has for a room (MSC2432).
pub mod aliases {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/rooms/{roomId}/aliases", 1, 1),
            r0("/_matrix/client/r0/rooms/{roomId}/aliases", 6, 1),
            unstable(
                "/_matrix/client/unstable/org.matrix.msc2432/rooms/{roomId}/aliases",
                "org.matrix.msc2432",
            ),
        ],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Asks for the aliases that the server has for a room.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
            }
        }

        /// The aliases that the server has for the room.
        response {
            /// The aliases. Nobody has curated them, unlike those of `m.room.canonical_alias`.
            aliases: Vec<OwnedRoomAliasId>,
        }
    }
}

/// `PUT /rooms/{roomId}/redact/{eventId}/{txnId}`: redacts an event.
pub mod redact {
    use super::*;

    endpoint! {
        PUT [
            stable("/_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}", 1, 1),
            r0("/_matrix/client/r0/rooms/{roomId}/redact/{eventId}/{txnId}", 0, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Redacts an event.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
                /// The event.
                event_id: OwnedEventId,
                /// What makes the request this one when it is sent again.
                txn_id: String,
            }
            body {
                ..
                /// Why the event is redacted.
                reason: Option<String>,
            }
        }

        /// The event is redacted.
        response {
            /// The redaction.
            event_id: OwnedEventId,
        }
    }
}
