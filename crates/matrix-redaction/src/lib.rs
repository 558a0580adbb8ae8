#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod apply;
mod client;
mod error;
mod event_bytes;
mod mass;
mod redact;
mod redact_bytes;
mod table;
mod target;

pub use apply::{Redactor, may_apply};
pub use client::{from_client, redacted_because, to_client};
pub use error::Error;
pub use event_bytes::{EventBytes, EventReader};
pub use mass::{BelatedTarget, MAX_TARGETS, MassRedaction, Outcome, targets_that_fit};
pub use redact::{Redacted, redact, redact_in_place};
pub use redact_bytes::{RedactedBytes, Scratch};
pub use table::{ContentRule, Keep, content_rule, keeps_top_level};
pub use target::{REDACTION_TYPE, is_redaction, target, targets};
