//! Rooms: their upgrade, members, aliases and state, and redactions of their events.

use matrix_canonicaljson::Object;
use matrix_events::ClientEvent;
use matrix_events::content::Membership;
use matrix_identifiers::{OwnedEventId, OwnedRoomAliasId, OwnedRoomId, OwnedRoomVersionId, OwnedUserId};

use super::foreign;
use crate::Raw;
use crate::endpoint::{endpoint, r0, registry, stable, unstable};

registry!(upgrade, members, aliases, send_state, redact);

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

/// `PUT /rooms/{roomId}/state/{eventType}/{stateKey}`: sends a state event, such as `m.room.canonical_alias` (MSC2432).
pub mod send_state {
    use super::*;

    endpoint! {
        PUT [
            stable("/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}", 1, 1),
            // Where the state key is empty, the slash before it may be missing.
            stable("/_matrix/client/v3/rooms/{roomId}/state/{eventType}", 1, 1),
            r0("/_matrix/client/r0/rooms/{roomId}/state/{eventType}/{stateKey}", 0, 0),
            r0("/_matrix/client/r0/rooms/{roomId}/state/{eventType}", 0, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: true,

        /// Sends a state event.
        ///
        /// Of aliases that an `m.room.canonical_alias` adds, a server checks that they are well formed, or else answers
        /// `M_INVALID_PARAM`, and that they point to the room, or else `M_BAD_ALIAS` (MSC2432).
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
                /// The type of the event.
                event_type: String,
                /// The state key, often empty.
                state_key: String,
            }
            body #[serde(transparent)] {
                /// The content of the event.
                content: Raw<Object>,
            }
        }

        /// The event is sent.
        response {
            /// The event.
            event_id: OwnedEventId,
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
