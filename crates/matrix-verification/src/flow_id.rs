use core::fmt;

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{EventId, OwnedEventId, OwnedRoomId};
use rand_core::CryptoRng;

use crate::encoding;

/// The longest transaction ID that is read, in bytes: as long as every opaque identifier. A message with a longer one
/// belongs to no verification.
///
/// Source: [opaque identifiers](https://spec.matrix.org/v1.19/appendices/#opaque-identifiers).
pub const MAX_TRANSACTION_ID: usize = 255;

/// What identifies a verification, by the way its messages travel.
///
/// Source: [key verification framework](https://spec.matrix.org/v1.19/client-server-api/#key-verification-framework),
/// MSC2241.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlowId {
    /// To-device messages, with the `transaction_id` of the first one.
    ToDevice(String),
    /// Events of a room, with the event ID of the request.
    InRoom {
        /// The room.
        room_id: OwnedRoomId,
        /// The request's event ID.
        event_id: OwnedEventId,
    },
}

impl FlowId {
    /// Returns the transaction ID, or the request's event ID that stands in its place in every computation.
    pub fn as_str(&self) -> &str {
        match self {
            Self::ToDevice(transaction_id) => transaction_id,
            Self::InRoom { event_id, .. } => event_id.as_str(),
        }
    }

    /// Adds the field that says to which verification a message belongs.
    pub(crate) fn write(&self, content: &mut Object) {
        match self {
            Self::ToDevice(transaction_id) => _ = content.insert("transaction_id", transaction_id.as_str()),
            Self::InRoom { event_id, .. } => _ = content.insert("m.relates_to", relation(event_id)),
        }
    }
}

impl fmt::Display for FlowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn relation(event_id: &EventId) -> Object {
    Object::from([("event_id", Value::from(event_id.as_str())), ("rel_type", "m.reference".into())])
}

/// Makes a transaction ID that nobody can guess: 16 random bytes in URL-safe base64.
pub fn new_transaction_id<R: CryptoRng + ?Sized>(rng: &mut R) -> String {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    encoding::encode_url_safe(&bytes)
}
