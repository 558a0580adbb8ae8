#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod glob;
pub mod policy;
pub mod relation;
mod server_acl;

pub use glob::{Case, Glob, GlobSet};
pub use policy::{PolicyKind, PolicyList, PolicyRule};
pub use relation::{Relation, RelationType, Relations};
pub use server_acl::ServerAcl;
