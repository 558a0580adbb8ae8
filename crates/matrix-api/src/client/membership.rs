//! Membership of rooms: joining, inviting, leaving, kicking, banning; with reasons (MSC1983, MSC2367).
//!
//! Source: [room membership](https://spec.matrix.org/v1.19/client-server-api/#room-membership).

use matrix_identifiers::{OwnedRoomId, OwnedServerName, OwnedUserId};
use matrix_identity::Medium;

use super::{RoomIdOrAlias, ThirdPartySigned, foreign};
use crate::AccessToken;
use crate::endpoint::{endpoint, r0, registry, stable};

registry!(join, join_by_id_or_alias, invite, invite_third_party, leave, kick, ban, unban);

/// `POST /rooms/{roomId}/join`: joins a room that the server knows.
pub mod join {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/rooms/{roomId}/join", 1, 1),
            r0("/_matrix/client/r0/rooms/{roomId}/join", 0, 0),
        ],
        authentication: AccessToken, rate_limited: true, guests: true,

        /// Joins a room.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
            }
            body {
                ..
                /// What an identity server has signed of an invite to an address.
                third_party_signed: Option<ThirdPartySigned>,
                /// Why the user joins (MSC2367).
                reason: Option<String>,
            }
        }

        /// The user has joined.
        response {
            /// The room.
            room_id: OwnedRoomId,
        }
    }
}

/// `POST /join/{roomIdOrAlias}`: joins a room, through other servers where this one is not in it.
pub mod join_by_id_or_alias {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/join/{roomIdOrAlias}", 1, 1),
            r0("/_matrix/client/r0/join/{roomIdOrAlias}", 0, 0),
        ],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Joins a room.
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
                /// What an identity server has signed of an invite to an address.
                third_party_signed: Option<ThirdPartySigned>,
                /// Why the user joins (MSC2367).
                reason: Option<String>,
            }
        }

        /// The user has joined.
        response {
            /// The room.
            room_id: OwnedRoomId,
        }
    }
}

/// `POST /rooms/{roomId}/invite`: invites a user by ID.
pub mod invite {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/rooms/{roomId}/invite", 1, 1),
            r0("/_matrix/client/r0/rooms/{roomId}/invite", 0, 0),
        ],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Invites a user. A server that does not know the room's version answers `M_UNSUPPORTED_ROOM_VERSION` (MSC1866).
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
            }
            body {
                /// The user.
                user_id: OwnedUserId,
                ..
                /// Why the user is invited (MSC2367).
                reason: Option<String>,
            }
        }

        /// The user is invited.
        response {}
    }
}

/// `POST /rooms/{roomId}/invite`: invites whoever has an address.
pub mod invite_third_party {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/rooms/{roomId}/invite", 1, 1),
            r0("/_matrix/client/r0/rooms/{roomId}/invite", 0, 0),
        ],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Invites whoever has an address.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
            }
            body {
                /// The identity server that is asked.
                id_server: OwnedServerName,
                /// The user's access token there (MSC2140).
                id_access_token: AccessToken,
                /// What kind of address it is.
                #[serde(with = "foreign::name")]
                medium: Medium,
                /// The address.
                address: String,
            }
        }

        /// Whoever it is is invited.
        response {}
    }
}

/// `POST /rooms/{roomId}/leave`: leaves a room, declines an invite or takes back a knock.
pub mod leave {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/rooms/{roomId}/leave", 1, 1),
            r0("/_matrix/client/r0/rooms/{roomId}/leave", 0, 0),
        ],
        authentication: AccessToken, rate_limited: true, guests: true,

        /// Leaves a room.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
            }
            body {
                ..
                /// Why the user leaves (MSC1983).
                reason: Option<String>,
            }
        }

        /// The user has left.
        response {}
    }
}

/// `POST /rooms/{roomId}/kick`: puts somebody out of a room.
pub mod kick {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/rooms/{roomId}/kick", 1, 1),
            r0("/_matrix/client/r0/rooms/{roomId}/kick", 1, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Puts somebody out of a room.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
            }
            body {
                /// The user.
                user_id: OwnedUserId,
                ..
                /// Why the user is put out.
                reason: Option<String>,
            }
        }

        /// The user is out.
        response {}
    }
}

/// `POST /rooms/{roomId}/ban`: bans somebody from a room.
pub mod ban {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/rooms/{roomId}/ban", 1, 1),
            r0("/_matrix/client/r0/rooms/{roomId}/ban", 0, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Bans somebody from a room.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
            }
            body {
                /// The user.
                user_id: OwnedUserId,
                ..
                /// Why the user is banned.
                reason: Option<String>,
            }
        }

        /// The user is banned.
        response {}
    }
}

/// `POST /rooms/{roomId}/unban`: lifts a ban.
pub mod unban {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/rooms/{roomId}/unban", 1, 1),
            r0("/_matrix/client/r0/rooms/{roomId}/unban", 1, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Lifts a ban.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
            }
            body {
                /// The user.
                user_id: OwnedUserId,
                ..
                /// Why the ban is lifted (MSC2367).
                reason: Option<String>,
            }
        }

        /// The ban is lifted.
        response {}
    }
}
