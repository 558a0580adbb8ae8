//! The keys in a backup of room keys (MSC1219).
//!
//! Source: [server-side key backups](https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups).

use std::collections::BTreeMap;

use matrix_identifiers::OwnedRoomId;
use matrix_keybackup::{KeyBackupData, KeysCount, RoomKeys};

use super::foreign;
use crate::Raw;
use crate::endpoint::{endpoint, registry, stable};

registry!(put_session, session, delete_session, put_room, room, delete_room, put_all, all, delete_all,);

/// `PUT /room_keys/keys/{roomId}/{sessionId}`: stores the key of a session.
pub mod put_session {
    use super::*;

    endpoint! {
        PUT [stable("/_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}", 1, 1)],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Stores the key of a session. Into another than the current backup nothing is written: `M_WRONG_ROOM_KEYS_VERSION`.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
                /// The session.
                session_id: String,
            }
            query {
                /// The backup.
                version: String,
            }
            body #[serde(transparent)] {
                /// The key.
                #[serde(with = "foreign::json")]
                key: KeyBackupData,
            }
        }

        /// The key is stored, or a better one was there.
        response #[serde(transparent)] {
            /// How many keys the backup holds now, and a mark of which.
            #[serde(with = "foreign::json")]
            keys: KeysCount,
        }
    }
}

/// `GET /room_keys/keys/{roomId}/{sessionId}`: the key of a session.
pub mod session {
    use super::*;

    endpoint! {
        GET [stable("/_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}", 1, 1)],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Asks for the key of a session.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
                /// The session.
                session_id: String,
            }
            query {
                /// The backup.
                version: String,
            }
        }

        /// The key of the session.
        response #[serde(transparent)] {
            /// The key.
            #[serde(with = "foreign::json")]
            key: KeyBackupData,
        }
    }
}

/// `DELETE /room_keys/keys/{roomId}/{sessionId}`: deletes the key of a session.
pub mod delete_session {
    use super::*;

    endpoint! {
        DELETE [stable("/_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}", 1, 1)],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Deletes the key of a session.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
                /// The session.
                session_id: String,
            }
            query {
                /// The backup.
                version: String,
            }
        }

        /// The key is deleted.
        response #[serde(transparent)] {
            /// How many keys the backup holds now, and a mark of which.
            #[serde(with = "foreign::json")]
            keys: KeysCount,
        }
    }
}

/// `PUT /room_keys/keys/{roomId}`: stores keys of a room.
pub mod put_room {
    use super::*;

    endpoint! {
        PUT [stable("/_matrix/client/v3/room_keys/keys/{roomId}", 1, 1)],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Stores keys of a room. Into another than the current backup nothing is written: `M_WRONG_ROOM_KEYS_VERSION`.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
            }
            query {
                /// The backup.
                version: String,
            }
            body {
                /// The keys by session.
                #[serde(with = "foreign::json")]
                sessions: BTreeMap<String, KeyBackupData>,
            }
        }

        /// The keys are stored, or better ones were there.
        response #[serde(transparent)] {
            /// How many keys the backup holds now, and a mark of which.
            #[serde(with = "foreign::json")]
            keys: KeysCount,
        }
    }
}

/// `GET /room_keys/keys/{roomId}`: the keys of a room.
pub mod room {
    use super::*;

    endpoint! {
        GET [stable("/_matrix/client/v3/room_keys/keys/{roomId}", 1, 1)],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Asks for the keys of a room.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
            }
            query {
                /// The backup.
                version: String,
            }
        }

        /// The keys of the room.
        response {
            /// The keys by session, each to be read by itself: a malformed one does not keep the others from being restored.
            sessions: BTreeMap<String, Raw<KeyBackupData>>,
        }
    }
}

/// `DELETE /room_keys/keys/{roomId}`: deletes the keys of a room.
pub mod delete_room {
    use super::*;

    endpoint! {
        DELETE [stable("/_matrix/client/v3/room_keys/keys/{roomId}", 1, 1)],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Deletes the keys of a room.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
            }
            query {
                /// The backup.
                version: String,
            }
        }

        /// The keys are deleted.
        response #[serde(transparent)] {
            /// How many keys the backup holds now, and a mark of which.
            #[serde(with = "foreign::json")]
            keys: KeysCount,
        }
    }
}

/// `PUT /room_keys/keys`: stores keys.
pub mod put_all {
    use super::*;

    endpoint! {
        PUT [stable("/_matrix/client/v3/room_keys/keys", 1, 1)],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Stores keys. Into another than the current backup nothing is written: `M_WRONG_ROOM_KEYS_VERSION`.
        request {
            query {
                /// The backup.
                version: String,
            }
            body #[serde(transparent)] {
                /// The keys by room and session.
                #[serde(with = "foreign::json")]
                keys: RoomKeys,
            }
        }

        /// The keys are stored, or better ones were there.
        response #[serde(transparent)] {
            /// How many keys the backup holds now, and a mark of which.
            #[serde(with = "foreign::json")]
            keys: KeysCount,
        }
    }
}

/// `GET /room_keys/keys`: all keys.
pub mod all {
    use super::*;

    endpoint! {
        GET [stable("/_matrix/client/v3/room_keys/keys", 1, 1)],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Asks for all keys.
        request {
            query {
                /// The backup.
                version: String,
            }
        }

        /// All keys.
        response #[serde(transparent)] {
            /// The keys by room and session.
            keys: Raw<RoomKeys>,
        }
    }
}

/// `DELETE /room_keys/keys`: deletes all keys.
pub mod delete_all {
    use super::*;

    endpoint! {
        DELETE [stable("/_matrix/client/v3/room_keys/keys", 1, 1)],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Deletes all keys.
        request {
            query {
                /// The backup.
                version: String,
            }
        }

        /// The keys are deleted.
        response #[serde(transparent)] {
            /// How many keys the backup holds now, and a mark of which.
            #[serde(with = "foreign::json")]
            keys: KeysCount,
        }
    }
}
