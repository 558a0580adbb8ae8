//! Keys of devices: publishing, asking for, and claiming them; and cross-signing (MSC1756).
//!
//! Source: [key management](https://spec.matrix.org/v1.19/client-server-api/#key-management-api).

use std::collections::BTreeMap;

use matrix_canonicaljson::Object;
use matrix_crosssigning::{CrossSigningKey, DeviceKeys};
use matrix_identifiers::{OwnedDeviceId, OwnedUserId};
use serde::{Deserialize, Serialize};

use super::foreign;
use crate::Raw;
use crate::endpoint::{endpoint, r0, registry, stable};
use crate::uiaa::AuthData;

registry!(upload, query, claim, changes, upload_cross_signing, upload_signatures);

/// A one-time or fallback key of a device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, expecting = "neither a string nor an object of canonical JSON")]
pub enum OneTimeKey {
    /// The key alone, in unpadded base64.
    Key(String),
    /// An object with the key as `key`, signed by the device; with `fallback` where it is a fallback key (MSC2732).
    Signed(Object),
}

/// `POST /keys/upload`: publishes keys of a device.
pub mod upload {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/keys/upload", 1, 1),
            r0("/_matrix/client/r0/keys/upload", 3, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: true,

        /// Publishes keys of the device. A field that is not there changes nothing.
        request {
            body #[serde(from = "WireBody")] {
                ..
                /// The keys that identify the device.
                #[serde(with = "foreign::optional_json")]
                device_keys: Option<DeviceKeys>,
                /// Keys that are each used once, by algorithm and ID: `signed_curve25519:AAAAHQ`.
                one_time_keys: BTreeMap<String, OneTimeKey>,
                /// Keys for when there are none of the others, one for each algorithm, by algorithm and ID (MSC2732).
                fallback_keys: BTreeMap<String, OneTimeKey>,
            }
        }

        /// The keys are published.
        response {
            /// How many keys of each algorithm the server has that are not used yet.
            one_time_key_counts: BTreeMap<String, u64>,
        }
    }

    /// The body with the name that `fallback_keys` had before, beside which there may be the new one.
    #[derive(Deserialize)]
    struct WireBody {
        #[serde(default, with = "foreign::optional_json")]
        device_keys: Option<DeviceKeys>,
        #[serde(default)]
        one_time_keys: BTreeMap<String, OneTimeKey>,
        fallback_keys: Option<BTreeMap<String, OneTimeKey>>,
        #[serde(rename = "org.matrix.msc2732.fallback_keys")]
        unstable_fallback_keys: Option<BTreeMap<String, OneTimeKey>>,
    }

    impl From<WireBody> for Body {
        fn from(wire: WireBody) -> Self {
            let fallback_keys = wire.fallback_keys.or(wire.unstable_fallback_keys).unwrap_or_default();
            Self { device_keys: wire.device_keys, one_time_keys: wire.one_time_keys, fallback_keys }
        }
    }
}

/// `POST /keys/query`: the keys of devices and users.
pub mod query {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/keys/query", 1, 1),
            r0("/_matrix/client/r0/keys/query", 3, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: true,

        /// Asks for the keys of users and their devices.
        request {
            body {
                /// The users, and which of their devices; none stand for all.
                device_keys: BTreeMap<OwnedUserId, Vec<OwnedDeviceId>>,
                ..
                /// How long to wait for other servers, in milliseconds; 10,000 is recommended.
                timeout: Option<u64>,
            }
        }

        /// The keys of users and their devices.
        ///
        /// Each is to be read by itself: malformed keys of one user are no reason to have none of the others.
        response {
            ..
            /// The servers that could not be reached, with what is known of why.
            failures: BTreeMap<String, serde_json::Value>,
            /// The keys of devices, by user and device.
            device_keys: BTreeMap<OwnedUserId, BTreeMap<OwnedDeviceId, Raw<DeviceKeys>>>,
            /// The master keys.
            master_keys: BTreeMap<OwnedUserId, Raw<CrossSigningKey>>,
            /// The self-signing keys.
            self_signing_keys: BTreeMap<OwnedUserId, Raw<CrossSigningKey>>,
            /// The user-signing key of the user who asks.
            user_signing_keys: BTreeMap<OwnedUserId, Raw<CrossSigningKey>>,
        }
    }
}

/// `POST /keys/claim`: takes keys to begin sessions with.
pub mod claim {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/keys/claim", 1, 1),
            r0("/_matrix/client/r0/keys/claim", 3, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: true,

        /// Takes keys to begin sessions with.
        request {
            body {
                /// The algorithm of the key that is wanted, by user and device.
                one_time_keys: BTreeMap<OwnedUserId, BTreeMap<OwnedDeviceId, String>>,
                ..
                /// How long to wait for other servers, in milliseconds; 10,000 is recommended.
                timeout: Option<u64>,
            }
        }

        /// Keys to begin sessions with.
        response {
            /// One key for each device that has one, by algorithm and ID: a one-time key, or else the fallback key (MSC2732).
            /// Each is to be read by itself: a malformed one is no reason to have none of the others.
            one_time_keys: BTreeMap<OwnedUserId, BTreeMap<OwnedDeviceId, BTreeMap<String, Raw<OneTimeKey>>>>,
            ..
            /// The servers that could not be reached, with what is known of why.
            failures: BTreeMap<String, serde_json::Value>,
        }
    }
}

/// `GET /keys/changes`: whose keys have changed.
pub mod changes {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/keys/changes", 1, 1),
            r0("/_matrix/client/r0/keys/changes", 3, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Asks whose keys have changed between two responses of `/sync`.
        request {
            query {
                /// The `next_batch` of the first.
                from: String,
                /// The `next_batch` of the second.
                to: String,
            }
        }

        /// Whose keys have changed.
        response {
            ..
            /// Users who have changed their keys.
            changed: Vec<OwnedUserId>,
            /// Users with whom no encrypted room is shared any more.
            left: Vec<OwnedUserId>,
        }
    }
}

/// `POST /keys/device_signing/upload`: publishes cross-signing keys (MSC1756).
pub mod upload_cross_signing {
    use super::*;

    endpoint! {
        POST [stable("/_matrix/client/v3/keys/device_signing/upload", 1, 1)],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Publishes cross-signing keys. What a server checks is
        /// [`check_device_signing_upload`](matrix_crosssigning::check_device_signing_upload) of [`keys`](Request::keys).
        request {
            body {
                ..
                /// The answer to user-interactive authentication, which the server asks for where there are keys already.
                auth: Option<AuthData>,
                /// The master key.
                master_key: Option<Raw<CrossSigningKey>>,
                /// The self-signing key.
                self_signing_key: Option<Raw<CrossSigningKey>>,
                /// The user-signing key.
                user_signing_key: Option<Raw<CrossSigningKey>>,
            }
        }

        /// The keys are published.
        response {}
    }

    impl Request {
        /// Returns the three keys as [`check_device_signing_upload`](matrix_crosssigning::check_device_signing_upload)
        /// takes them.
        ///
        /// # Errors
        ///
        /// When one of them is no object.
        pub fn keys(&self) -> Result<Object, matrix_canonicaljson::Error> {
            let keys = [
                ("master_key", &self.master_key),
                ("self_signing_key", &self.self_signing_key),
                ("user_signing_key", &self.user_signing_key),
            ];
            let present = keys.into_iter().filter_map(|(name, key)| Some((name, key.as_ref()?)));
            present.map(|(name, key)| Ok((name, key.to_object()?))).collect()
        }
    }
}

/// `POST /keys/signatures/upload`: publishes signatures of keys (MSC1756).
pub mod upload_signatures {
    use super::*;

    endpoint! {
        POST [stable("/_matrix/client/v3/keys/signatures/upload", 1, 1)],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Publishes signatures of keys.
        request {
            body #[serde(transparent)] {
                /// The signed objects by user and key: [`SignedKeys::to_body`](matrix_crosssigning::SignedKeys::to_body).
                /// What a server checks is [`check_signatures_upload`](matrix_crosssigning::check_signatures_upload).
                signed_keys: Object,
            }
        }

        /// The signatures are looked at.
        response {
            ..
            /// Those that are refused, by user and key, with an `errcode` and an `error`:
            /// [`CheckedSignatures::failures`](matrix_crosssigning::CheckedSignatures::failures).
            failures: Object,
        }
    }
}
