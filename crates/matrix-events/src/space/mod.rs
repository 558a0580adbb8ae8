//! Spaces (MSC1772): rooms that list other rooms.
//!
//! [`SpaceChild`] and [`SpaceParent`] are the views of the two contents, [`ChildOrder`] is the order of a space's
//! children, [`Hierarchy`] walks a space with all that is in it, and [`canonical_parent`] and [`is_parent`] say which
//! space a room belongs to.
//!
//! Source: [spaces](https://spec.matrix.org/v1.19/client-server-api/#spaces).

mod child;
mod hierarchy;
mod order;
mod parent;

pub use child::{SpaceChild, is_space};
pub use hierarchy::{Hierarchy, HierarchyChild, HierarchyLimits, HierarchyRoom, HierarchyStep};
pub use order::ChildOrder;
pub use parent::{SpaceParent, canonical_parent, is_parent};
