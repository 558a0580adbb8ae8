//! Knocking, `POST /knock/{roomIdOrAlias}`: asking to be let into a room (MSC2403).

use matrix_identifiers::{OwnedRoomId, OwnedServerName};

use super::RoomIdOrAlias;
use crate::endpoint::{endpoint, registry, stable, unannounced};

registry!(self);

endpoint! {
    POST [
        stable("/_matrix/client/v3/knock/{roomIdOrAlias}", 1, 1),
        unannounced("/_matrix/client/unstable/xyz.amorgan.knock/knock/{roomIdOrAlias}"),
    ],
    authentication: AccessToken, rate_limited: true, guests: false,

    /// Knocks at a room.
    request {
        path {
            /// The room, or an alias of it.
            room_id_or_alias: RoomIdOrAlias,
        }
        query {
            ..
            /// Servers by which the room can be reached, up to three (MSC1704).
            via: Vec<OwnedServerName>,
            /// The same for servers of before version 1.12, which know it by this name (MSC4156).
            server_name: Vec<OwnedServerName>,
        }
        body {
            ..
            /// Why the user wants to be let in.
            reason: Option<String>,
        }
    }

    /// The user has knocked.
    response {
        /// The room.
        room_id: OwnedRoomId,
    }
}
