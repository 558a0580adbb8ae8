//! Messages from device to device.

use std::collections::BTreeMap;

use matrix_canonicaljson::Object;
use matrix_identifiers::{OwnedDeviceId, OwnedUserId};

use crate::Raw;
use crate::endpoint::{endpoint, r0, registry, stable};

registry!(send);

/// `PUT /sendToDevice/{eventType}/{txnId}`: sends messages to devices.
pub mod send {
    use super::*;

    endpoint! {
        PUT [
            stable("/_matrix/client/v3/sendToDevice/{eventType}/{txnId}", 1, 1),
            r0("/_matrix/client/r0/sendToDevice/{eventType}/{txnId}", 3, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: true,

        /// Sends messages to devices.
        request {
            path {
                /// The type of the messages.
                event_type: String,
                /// What makes the request this one when it is sent again.
                txn_id: String,
            }
            body {
                /// The contents, by user and device; the device `*` stands for all of the user's.
                messages: BTreeMap<OwnedUserId, BTreeMap<OwnedDeviceId, Raw<Object>>>,
            }
        }

        /// The messages are on their way.
        response {}
    }
}
