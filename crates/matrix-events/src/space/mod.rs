//! Spaces (MSC1772): rooms that list other rooms.
//!
//! [`ChildOrder`] is the order of a space's children ([`SpaceChild`](crate::content::SpaceChild)), [`Hierarchy`] walks a
//! space with all that is in it, and [`canonical_parent`] and [`is_parent`] say which space a room belongs to
//! ([`SpaceParent`](crate::content::SpaceParent)).
//!
//! Source: [spaces](https://spec.matrix.org/v1.19/client-server-api/#spaces).

mod hierarchy;
mod order;
mod parent;

pub use hierarchy::{Hierarchy, HierarchyChild, HierarchyLimits, HierarchyRoom, HierarchyStep};
pub use order::ChildOrder;
pub use parent::{canonical_parent, is_parent};
