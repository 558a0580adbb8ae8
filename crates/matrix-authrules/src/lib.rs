#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod auth_types;
mod check;
mod content;
mod create;
mod denied;
mod error;
mod event;
mod join_rules;
mod json;
mod level;
mod levels;
mod member;
mod pdu;
mod power_level_change;
mod power_levels;
mod python_int;
mod room_levels;
mod rule;
mod state;
mod third_party_invite;
#[cfg(feature = "third-party-invite")]
mod verify_signed;

pub use auth_types::{AuthTypes, auth_types};
pub use check::{AuthEvent, check, check_state_dependent, check_state_independent};
pub use content::AuthContent;
pub use create::Create;
pub use denied::Denied;
pub use error::Error;
pub use event::Event;
pub use join_rules::{JoinRule, JoinRules};
pub use level::PowerLevel;
pub use member::{Member, Membership};
pub use pdu::Pdu;
pub use power_level_change::PowerLevelChange;
pub use power_levels::PowerLevels;
pub use room_levels::RoomLevels;
pub use rule::Rule;
pub use state::{AuthState, Candidate, ParsedState, VerifyInvite};
pub use third_party_invite::{SignedInvite, ThirdPartyInvite};
#[cfg(feature = "third-party-invite")]
pub use verify_signed::verify_signed;
