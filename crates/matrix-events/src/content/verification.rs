//! `m.key.verification.*` (MSC1717, MSC2241, MSC2366), to devices and in rooms.
//!
//! The messages of both transports are of the same types. To a device, `transaction_id` says which verification is
//! meant; in a room, `m.relates_to` does.

use std::collections::BTreeMap;

use matrix_canonicaljson::Integer;
use matrix_identifiers::{EventId, OwnedDeviceId};

use super::relates_to::{RelType, RelatesTo};
use crate::relation::Relation;
use crate::{Misfit, Secret};

names! {
    /// A way to verify keys.
    pub enum VerificationMethod / OtherVerificationMethod {
        /// To scan the other's QR code.
        QrCodeScan = "m.qr_code.scan.v1",
        /// To show a QR code.
        QrCodeShow = "m.qr_code.show.v1",
        /// To tell the other that its QR code was scanned.
        Reciprocate = "m.reciprocate.v1",
        /// To compare short strings.
        Sas = "m.sas.v1",
    }
}

names! {
    /// Why a verification ends without success.
    pub enum CancelCode / OtherCancelCode {
        /// Another device has accepted the request.
        Accepted = "m.accepted",
        /// A message was not as it should be.
        InvalidMessage = "m.invalid_message",
        /// The key is not the one that was expected.
        KeyMismatch = "m.key_mismatch",
        /// The commitment is not that of the key.
        MismatchedCommitment = "m.mismatched_commitment",
        /// The short strings are not the same.
        MismatchedSas = "m.mismatched_sas",
        /// Nothing came for too long.
        Timeout = "m.timeout",
        /// A message came at the wrong time.
        UnexpectedMessage = "m.unexpected_message",
        /// The method is not known.
        UnknownMethod = "m.unknown_method",
        /// The verification is not known.
        UnknownTransaction = "m.unknown_transaction",
        /// A user has cancelled.
        User = "m.user",
        /// The user is not the one that was expected.
        UserMismatch = "m.user_mismatch",
    }
}

/// Which verification a message belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow<'a> {
    /// Between devices: the transaction ID.
    ToDevice(&'a str),
    /// In a room: the event of the request.
    InRoom(&'a EventId),
}

/// Finds the verification that a message belongs to.
fn flow<'a>(transaction_id: Option<&'a str>, relates_to: Option<&'a RelatesTo>) -> Option<Flow<'a>> {
    match (relates_to.and_then(RelatesTo::relation), transaction_id) {
        (Some(Relation { rel_type: RelType::Reference, event_id, .. }), _) => Some(Flow::InRoom(event_id)),
        (_, Some(id)) => Some(Flow::ToDevice(id)),
        _ => None,
    }
}

/// Gives contents the method that finds their verification, and the check that there is one.
macro_rules! flows {
    ($($name:ident, $check:ident;)*) => {$(
        impl $name {
            /// Returns which verification the message belongs to. One that was read has it.
            pub fn flow(&self) -> Option<Flow<'_>> {
                flow(self.transaction_id.as_deref(), self.relates_to.as_ref())
            }
        }

        fn $check(content: &$name) -> Result<(), Misfit> {
            content.flow().map(drop).ok_or_else(|| Misfit::missing("transaction_id"))
        }
    )*};
}

flows! {
    VerificationReady, check_ready;
    VerificationStart, check_start_flow;
    VerificationAccept, check_accept;
    VerificationKey, check_key;
    VerificationMac, check_mac;
    VerificationDone, check_done;
    VerificationCancel, check_cancel;
}

object! {
    /// The content of
    /// [`m.key.verification.request`](https://spec.matrix.org/v1.19/client-server-api/#mkeyverificationrequest) to a
    /// device; in a room it is a [`VerificationRequestMessage`](super::VerificationRequestMessage).
    pub struct VerificationRequest {
        /// The device that asks.
        from_device: OwnedDeviceId = "from_device",
        /// The methods that the device knows.
        methods: Vec<VerificationMethod> = "methods",
        /// When it was sent, in milliseconds since 1970.
        timestamp: Integer = "timestamp",
        /// The verification.
        transaction_id: String = "transaction_id",
    }
}

object! {
    /// The content of
    /// [`m.key.verification.ready`](https://spec.matrix.org/v1.19/client-server-api/#mkeyverificationready) (MSC2366).
    pub struct VerificationReady check check_ready {
        /// The device that answers.
        from_device: OwnedDeviceId = "from_device",
        /// The request, in a room.
        relates_to: Option<RelatesTo> = "m.relates_to",
        /// The methods that both know.
        methods: Vec<VerificationMethod> = "methods",
        /// The verification, between devices.
        transaction_id: Option<String> = "transaction_id",
    }
}

object! {
    /// The content of
    /// [`m.key.verification.start`](https://spec.matrix.org/v1.19/client-server-api/#mkeyverificationstart).
    ///
    /// With [`VerificationMethod::Sas`] the four lists have to be there, with [`VerificationMethod::Reciprocate`] the
    /// secret.
    pub struct VerificationStart check check_start {
        /// The device that starts.
        from_device: OwnedDeviceId = "from_device",
        /// The hashes that the device knows.
        hashes: Option<Vec<String>> = "hashes",
        /// The key agreements that the device knows.
        key_agreement_protocols: Option<Vec<String>> = "key_agreement_protocols",
        /// The request, in a room.
        relates_to: Option<RelatesTo> = "m.relates_to",
        /// The authentication codes that the device knows.
        message_authentication_codes: Option<Vec<String>> = "message_authentication_codes",
        /// How to verify.
        method: VerificationMethod = "method",
        /// How to verify next, where one method verifies only one of the two.
        next_method: Option<VerificationMethod> = "next_method",
        /// The secret of the QR code that was scanned, in unpadded base64.
        secret: Option<Secret> = "secret",
        /// The kinds of short strings that the device can show.
        short_authentication_string: Option<Vec<String>> = "short_authentication_string",
        /// The verification, between devices.
        transaction_id: Option<String> = "transaction_id",
    }
}

fn check_start(start: &VerificationStart) -> Result<(), Misfit> {
    check_start_flow(start)?;
    let missing = match start.method {
        VerificationMethod::Reciprocate if start.secret.is_none() => "secret",
        VerificationMethod::Sas if start.hashes.is_none() => "hashes",
        VerificationMethod::Sas if start.key_agreement_protocols.is_none() => "key_agreement_protocols",
        VerificationMethod::Sas if start.message_authentication_codes.is_none() => {
            "message_authentication_codes"
        }
        VerificationMethod::Sas if start.short_authentication_string.is_none() => {
            "short_authentication_string"
        }
        _ => return Ok(()),
    };
    Err(Misfit::missing(missing))
}

object! {
    /// The content of
    /// [`m.key.verification.accept`](https://spec.matrix.org/v1.19/client-server-api/#mkeyverificationaccept), of
    /// [`VerificationMethod::Sas`].
    pub struct VerificationAccept check check_accept {
        /// The hash of the key that will be sent, and of the start.
        commitment: String = "commitment",
        /// The hash that was chosen.
        hash: String = "hash",
        /// The key agreement that was chosen.
        key_agreement_protocol: String = "key_agreement_protocol",
        /// The request, in a room.
        relates_to: Option<RelatesTo> = "m.relates_to",
        /// The authentication code that was chosen.
        message_authentication_code: String = "message_authentication_code",
        /// How to verify; old clients send it.
        method: Option<VerificationMethod> = "method",
        /// The kinds of short strings that both can show.
        short_authentication_string: Vec<String> = "short_authentication_string",
        /// The verification, between devices.
        transaction_id: Option<String> = "transaction_id",
    }
}

object! {
    /// The content of [`m.key.verification.key`](https://spec.matrix.org/v1.19/client-server-api/#mkeyverificationkey).
    pub struct VerificationKey check check_key {
        /// The sender's public key for this verification, in unpadded base64.
        key: String = "key",
        /// The request, in a room.
        relates_to: Option<RelatesTo> = "m.relates_to",
        /// The verification, between devices.
        transaction_id: Option<String> = "transaction_id",
    }
}

object! {
    /// The content of [`m.key.verification.mac`](https://spec.matrix.org/v1.19/client-server-api/#mkeyverificationmac).
    pub struct VerificationMac check check_mac {
        /// The authentication code of the list of keys, in unpadded base64.
        keys: String = "keys",
        /// The request, in a room.
        relates_to: Option<RelatesTo> = "m.relates_to",
        /// The authentication codes of the keys, by key ID.
        mac: BTreeMap<String, String> = "mac",
        /// The verification, between devices.
        transaction_id: Option<String> = "transaction_id",
    }
}

object! {
    /// The content of [`m.key.verification.done`](https://spec.matrix.org/v1.19/client-server-api/#mkeyverificationdone)
    /// (MSC2366).
    pub struct VerificationDone check check_done {
        /// The request, in a room.
        relates_to: Option<RelatesTo> = "m.relates_to",
        /// The verification, between devices.
        transaction_id: Option<String> = "transaction_id",
    }
}

object! {
    /// The content of
    /// [`m.key.verification.cancel`](https://spec.matrix.org/v1.19/client-server-api/#mkeyverificationcancel).
    pub struct VerificationCancel check check_cancel {
        /// Why.
        code: CancelCode = "code",
        /// The request, in a room.
        relates_to: Option<RelatesTo> = "m.relates_to",
        /// The same for people, where the code is not known.
        reason: String = "reason" or fallback,
        /// The verification, between devices.
        transaction_id: Option<String> = "transaction_id",
    }
}
