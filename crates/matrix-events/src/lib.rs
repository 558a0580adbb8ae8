#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

#[macro_use]
mod wire;

mod canonical_alias;
pub mod content;
pub mod display_name;
mod envelope;
mod error;
pub mod glob;
mod membership;
pub mod policy;
mod power_levels;
pub mod relation;
mod server_acl;
pub mod space;
pub mod upgrade;
mod withheld;

pub use canonical_alias::{NewAliases, new_aliases};
pub use display_name::{DisplayNames, RoomDisplayName, room_display_name};
pub use envelope::*;
pub use error::{Error, Misfit, Problem};
pub use glob::{Case, Glob, GlobSet};
pub use membership::{MembershipChange, membership_change};
pub use policy::{PolicyKind, PolicyList};
pub use power_levels::LevelSetting;
pub use relation::{Relation, Relations};
pub use server_acl::ServerAcl;
pub use space::{ChildOrder, Hierarchy};
pub use upgrade::Upgrade;
pub use wire::{Lossy, Reader, Secret, Wire};
pub use withheld::{UnreadableMessage, WithheldNotices};
