#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod cancel_code;
mod cancelled;
mod encoding;
mod error;
mod fields;
mod flow;
mod flow_id;
mod incoming;
mod message;
mod method;
mod other_method;
mod outgoing;
mod party_keys;
mod ready;
mod request_received;
mod request_sent;
pub mod sas;
mod session;
mod state;
mod tie_break;
mod time;
mod verifications;
mod verified;

pub use cancel_code::CancelCode;
pub use cancelled::{Cancelled, CancelledBy};
pub use error::Error;
pub use flow::{Flow, Step};
pub use flow_id::{FlowId, MAX_TRANSACTION_ID, new_transaction_id};
pub use incoming::{Incoming, Via};
pub use message::{Accept, Cancel, Key, MAX_ITEMS, Mac, Message, ReadyContent, Request, Start, StartSas};
pub use method::Method;
pub use other_method::{MethodReceived, MethodSent};
pub use outgoing::{Outgoing, Recipients};
pub use party_keys::{FixedKeys, Party, PartyKeys, VerifiedKeys};
pub use ready::Ready;
pub use request_received::RequestReceived;
pub use request_sent::{RequestSent, RoomRequest};
pub use session::MAX_MESSAGES;
pub use state::Refused;
pub use tie_break::{TieBreak, tie_break};
pub use time::{
    IDLE_TIMEOUT_MS, MAX_REQUEST_AGE_MS, MAX_REQUEST_AHEAD_MS, PROMPT_AFTER_RECEIPT_MS, TOTAL_TIMEOUT_MS,
    is_request_current, prompt_until_ms,
};
pub use verifications::{
    FlowKey, MAX_FLOWS, MAX_FLOWS_OF_USER, MAX_OVER, OnChangedEvent, Received, Verifications,
};
pub use verified::{Done, Outcome, Verified};
