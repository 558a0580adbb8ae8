//! What is not kept: who types, who has read what.

use std::collections::BTreeMap;

use matrix_canonicaljson::Integer;
use matrix_identifiers::{OwnedEventId, OwnedUserId};

object! {
    /// The content of [`m.typing`](https://spec.matrix.org/v1.19/client-server-api/#mtyping).
    pub struct Typing {
        /// Who types.
        user_ids: Vec<OwnedUserId> = "user_ids" or fallback,
    }
}

names! {
    /// Who sees a receipt.
    pub enum ReceiptType / OtherReceiptType {
        /// Everybody in the room.
        Read = "m.read",
        /// The user alone.
        ReadPrivate = "m.read.private",
    }
}

map! {
    /// The content of [`m.receipt`](https://spec.matrix.org/v1.19/client-server-api/#mreceipt): by event, by type, by
    /// user.
    pub struct Receipts(BTreeMap<OwnedEventId, BTreeMap<ReceiptType, BTreeMap<OwnedUserId, Receipt>>>)
}

object! {
    /// That a user has read up to an event.
    pub struct Receipt {
        /// The thread: the event that begins it, or `main`; when absent, all of the room.
        thread_id: Option<String> = "thread_id",
        /// When, in milliseconds since 1970.
        ts: Option<Integer> = "ts",
    }
}
