//! Backups of room keys: the backups themselves (MSC1219). For the keys in them, see [`backup_keys`](super::backup_keys).
//!
//! Source: [server-side key backups](https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups).

use matrix_canonicaljson::Object;
use matrix_keybackup::BackupInfo;

use super::foreign;
use crate::endpoint::{endpoint, registry, stable};

registry!(create_version, latest_version, version, update_version, delete_version);

/// `POST /room_keys/version`: makes a backup.
pub mod create_version {
    use super::*;

    endpoint! {
        POST [stable("/_matrix/client/v3/room_keys/version", 1, 1)],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Makes a backup.
        request {
            body {
                /// The algorithm.
                algorithm: String,
                /// What belongs to the algorithm: [`AuthData::content`](matrix_keybackup::AuthData::content).
                auth_data: Object,
            }
        }

        /// The backup is made.
        response {
            /// The version of the new backup.
            version: String,
        }
    }
}

/// `GET /room_keys/version`: the current backup.
pub mod latest_version {
    use super::*;

    endpoint! {
        GET [stable("/_matrix/client/v3/room_keys/version", 1, 1)],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Asks for the current backup; where there is none, the answer is `M_NOT_FOUND`.
        request {
        }

        /// The current backup.
        response #[serde(transparent)] {
            /// The backup.
            #[serde(with = "foreign::json")]
            backup: BackupInfo,
        }
    }
}

/// `GET /room_keys/version/{version}`: a backup.
pub mod version {
    use super::*;

    endpoint! {
        GET [stable("/_matrix/client/v3/room_keys/version/{version}", 1, 1)],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Asks for a backup.
        request {
            path {
                /// The backup.
                version: String,
            }
        }

        /// The backup.
        response #[serde(transparent)] {
            /// The backup.
            #[serde(with = "foreign::json")]
            backup: BackupInfo,
        }
    }
}

/// `PUT /room_keys/version/{version}`: changes a backup.
pub mod update_version {
    use super::*;

    endpoint! {
        PUT [stable("/_matrix/client/v3/room_keys/version/{version}", 1, 1)],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Changes a backup.
        request {
            path {
                /// The backup.
                backup: String,
            }
            body {
                /// The algorithm, which cannot change.
                algorithm: String,
                /// What belongs to the algorithm.
                auth_data: Object,
                ..
                /// The backup again.
                version: Option<String>,
            }
        }

        /// The backup is changed.
        response {}
    }
}

/// `DELETE /room_keys/version/{version}`: deletes a backup (MSC2526).
pub mod delete_version {
    use super::*;

    endpoint! {
        DELETE [stable("/_matrix/client/v3/room_keys/version/{version}", 1, 1)],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Deletes a backup and its keys. Where there never was one, the answer is `M_NOT_FOUND`.
        request {
            path {
                /// The backup.
                version: String,
            }
        }

        /// The backup is deleted, now or before.
        response {}
    }
}
