//! Keys of another server's users and their devices (MSC1756, MSC2732).
//!
//! Source: [end-to-end encryption](https://spec.matrix.org/v1.19/server-server-api/#end-to-end-encryption).

use std::collections::BTreeMap;

use matrix_crosssigning::{CrossSigningKey, DeviceKeys};
use matrix_identifiers::{OwnedDeviceId, OwnedUserId};
use serde::{Deserialize, Serialize};

use crate::Raw;
use crate::client::keys::OneTimeKey;
use crate::endpoint::{always, endpoint, is_default, registry};

registry!(claim, devices, query);

/// `POST /user/keys/claim`: takes keys to begin sessions with.
pub mod claim {
    use super::*;

    endpoint! {
        POST [always("/_matrix/federation/v1/user/keys/claim")],
        authentication: ServerSignature, rate_limited: false, guests: false,

        /// Takes keys to begin sessions with.
        request {
            body {
                /// The algorithm of the key that is wanted, by user and device.
                one_time_keys: BTreeMap<OwnedUserId, BTreeMap<OwnedDeviceId, String>>,
            }
        }

        /// Keys to begin sessions with.
        response {
            /// One key for each device that has one, by algorithm and ID: a one-time key, or else the fallback key (MSC2732).
            /// Each is to be read by itself: a malformed one is no reason to have none of the others.
            one_time_keys: BTreeMap<OwnedUserId, BTreeMap<OwnedDeviceId, BTreeMap<String, Raw<OneTimeKey>>>>,
        }
    }
}

/// `POST /user/keys/query`: the keys of users and their devices.
pub mod query {
    use super::*;

    endpoint! {
        POST [always("/_matrix/federation/v1/user/keys/query")],
        authentication: ServerSignature, rate_limited: false, guests: false,

        /// Asks for the keys of users and their devices.
        request {
            body {
                /// The users, and which of their devices; none stand for all.
                device_keys: BTreeMap<OwnedUserId, Vec<OwnedDeviceId>>,
            }
        }

        /// The keys of users and their devices. User-signing keys are nobody's business but their users' (MSC1756).
        ///
        /// Each is to be read by itself: malformed keys of one user are no reason to have none of the others.
        response {
            /// The keys of devices, by user and device.
            device_keys: BTreeMap<OwnedUserId, BTreeMap<OwnedDeviceId, Raw<DeviceKeys>>>,
            ..
            /// The master keys.
            master_keys: BTreeMap<OwnedUserId, Raw<CrossSigningKey>>,
            /// The self-signing keys.
            self_signing_keys: BTreeMap<OwnedUserId, Raw<CrossSigningKey>>,
        }
    }
}

/// A device of another server's user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserDevice {
    /// The device.
    pub device_id: OwnedDeviceId,
    /// Its keys.
    pub keys: Raw<DeviceKeys>,
    /// Its name, which a server need not tell.
    #[serde(default, skip_serializing_if = "is_default")]
    pub device_display_name: Option<String>,
}

/// `GET /user/devices/{userId}`: all devices of a user.
pub mod devices {
    use super::*;

    endpoint! {
        GET [always("/_matrix/federation/v1/user/devices/{userId}")],
        authentication: ServerSignature, rate_limited: false, guests: false,

        /// Asks for all devices of a user.
        request {
            path {
                /// The user.
                user_id: OwnedUserId,
            }
        }

        /// All devices of the user.
        response {
            /// The user.
            user_id: OwnedUserId,
            /// The number of the last change of the list, as `m.device_list_update` counts them.
            stream_id: u64,
            /// The devices.
            devices: Vec<UserDevice>,
            ..
            /// The master key (MSC1756).
            master_key: Option<Raw<CrossSigningKey>>,
            /// The self-signing key (MSC1756).
            self_signing_key: Option<Raw<CrossSigningKey>>,
        }
    }
}
