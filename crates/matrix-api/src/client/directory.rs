//! The directory: aliases of rooms, and the rooms that are published.

use matrix_identifiers::{OwnedRoomAliasId, OwnedRoomId, OwnedServerName};

use super::{PublicRoom, PublicRoomsFilter};
use crate::endpoint::{endpoint, r0, registry, stable};
use crate::tolerant;

registry!(get_alias, set_alias, remove_alias, public_rooms, search_public_rooms);

/// `GET /directory/room/{roomAlias}`: the room of an alias.
pub mod get_alias {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/directory/room/{roomAlias}", 1, 1),
            r0("/_matrix/client/r0/directory/room/{roomAlias}", 0, 0),
        ],
        authentication: None, rate_limited: false, guests: true,

        /// Asks for the room of an alias.
        request {
            path {
                /// The alias.
                room_alias: OwnedRoomAliasId,
            }
        }

        /// The room of the alias.
        response {
            /// The room.
            room_id: OwnedRoomId,
            /// Servers that know the alias.
            #[serde(default, deserialize_with = "tolerant::list")]
            servers: Vec<OwnedServerName>,
        }
    }
}

/// `PUT /directory/room/{roomAlias}`: makes an alias.
pub mod set_alias {
    use super::*;

    endpoint! {
        PUT [
            stable("/_matrix/client/v3/directory/room/{roomAlias}", 1, 1),
            r0("/_matrix/client/r0/directory/room/{roomAlias}", 0, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Makes an alias.
        request {
            path {
                /// The alias.
                room_alias: OwnedRoomAliasId,
            }
            body {
                /// The room that it is to point to.
                room_id: OwnedRoomId,
            }
        }

        /// The alias is made.
        response {}
    }
}

/// `DELETE /directory/room/{roomAlias}`: removes an alias.
pub mod remove_alias {
    use super::*;

    endpoint! {
        DELETE [
            stable("/_matrix/client/v3/directory/room/{roomAlias}", 1, 1),
            r0("/_matrix/client/r0/directory/room/{roomAlias}", 0, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Removes an alias.
        request {
            path {
                /// The alias.
                room_alias: OwnedRoomAliasId,
            }
        }

        /// The alias is removed.
        response {}
    }
}

/// `GET /publicRooms`: the rooms that a server publishes.
pub mod public_rooms {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/publicRooms", 1, 1),
            r0("/_matrix/client/r0/publicRooms", 0, 0),
        ],
        authentication: None, rate_limited: false, guests: true,

        /// Asks for the rooms that a server publishes.
        request {
            query {
                ..
                /// How many rooms at most.
                limit: Option<u64>,
                /// Where to go on: a token of an answer before.
                since: Option<String>,
                /// The server whose rooms are meant, if another.
                server: Option<OwnedServerName>,
            }
        }

        /// Rooms that the server publishes.
        response {
            /// The rooms, without those that are not as they should be.
            #[serde(deserialize_with = "tolerant::list")]
            chunk: Vec<PublicRoom>,
            ..
            /// Where to go on; without it there are no more.
            next_batch: Option<String>,
            /// Where to go back; without it there are none before.
            prev_batch: Option<String>,
            /// How many rooms there are, about.
            total_room_count_estimate: Option<u64>,
        }
    }
}

/// `POST /publicRooms`: those of the rooms that a server publishes that fit a search.
pub mod search_public_rooms {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/publicRooms", 1, 1),
            r0("/_matrix/client/r0/publicRooms", 3, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Searches the rooms that a server publishes.
        request {
            query {
                ..
                /// The server whose rooms are meant, if another.
                server: Option<OwnedServerName>,
            }
            body {
                ..
                /// How many rooms at most.
                limit: Option<u64>,
                /// Where to go on: a token of an answer before.
                since: Option<String>,
                /// What to look for.
                filter: Option<PublicRoomsFilter>,
                /// Whether rooms of all networks are meant that application services bridge.
                include_all_networks: bool,
                /// The one network that is meant; only where not all are.
                third_party_instance_id: Option<String>,
            }
        }

        /// Rooms that the server publishes and that fit.
        response {
            /// The rooms, without those that are not as they should be.
            #[serde(deserialize_with = "tolerant::list")]
            chunk: Vec<PublicRoom>,
            ..
            /// Where to go on; without it there are no more.
            next_batch: Option<String>,
            /// Where to go back; without it there are none before.
            prev_batch: Option<String>,
            /// How many rooms there are, about.
            total_room_count_estimate: Option<u64>,
        }
    }
}
