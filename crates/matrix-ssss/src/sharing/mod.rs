//! Secrets from device to device (MSC1946, <https://spec.matrix.org/v1.19/client-server-api/#sharing>).

mod answering;
mod asking;
mod content;
mod request_id;

pub use self::answering::{Answering, Decision, MAX_PENDING, Offer, Requester, Silence};
pub use self::asking::{Asked, Asking, DeviceMessage, Ignored, SendSource};
pub use self::content::{SecretRequest, SecretSend};
pub use self::request_id::RequestId;
