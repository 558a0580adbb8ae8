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

pub use canonical_alias::{NewAliases, new_aliases};
pub use display_name::{DisplayNames, RoomName, room_name};
pub use envelope::*;
pub use error::{Error, Misfit, Problem};
pub use glob::{Case, Glob, GlobSet};
pub use membership::{MembershipChange, membership, membership_change, shown_reason};
pub use policy::{PolicyKind, PolicyList, PolicyRule};
pub use power_levels::{LevelSetting, PowerLevelsContent};
pub use relation::{Relation, RelationType, Relations};
pub use server_acl::ServerAcl;
pub use space::{ChildOrder, Hierarchy, SpaceChild, SpaceParent};
pub use upgrade::{Predecessor, Tombstone, Upgrade};
pub use wire::{Lossy, Reader, Secret, Wire};
