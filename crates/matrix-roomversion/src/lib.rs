#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

extern crate alloc;

mod capability;
mod error;
mod rules;
mod table;
mod version;

pub use capability::{RoomVersionsCapability, Stability};
pub use error::Error;
pub use rules::{
    AuthorizationRules, CanonicalJson, Creators, EventFormat, EventIdFormat, IdLimit, KeyValidity,
    PowerLevelFormat, RedactionCheck, RedactionRules, RedactsLocation, RoomIdFormat, RoomVersionRules,
    RuleNumbering, SignatureRules, StateResolution,
};
pub use version::{DEFAULT_HISTORY, RoomVersion};
