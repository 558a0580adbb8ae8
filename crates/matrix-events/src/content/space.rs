//! Spaces (MSC1772).

use matrix_identifiers::{OwnedServerName, OwnedSpaceOrder};

object! {
    /// The content of [`m.space.child`](https://spec.matrix.org/v1.19/client-server-api/#mspacechild).
    ///
    /// Without `via` there is no child, so that lenient reading fails too; an empty list counts. `order` counts as absent
    /// where it does not fit its grammar. The state key is the child's room ID.
    pub struct SpaceChild {
        /// Where the child stands among the others; see [`ChildOrder`](crate::space::ChildOrder).
        order: Option<OwnedSpaceOrder> = "order",
        /// Whether the child is recommended; see [`is_suggested`](Self::is_suggested).
        suggested: Option<bool> = "suggested",
        /// Servers to join the child through.
        via: Vec<OwnedServerName> = "via",
    }
}

impl SpaceChild {
    /// Returns whether the space's administrators recommend the child.
    #[must_use]
    pub fn is_suggested(&self) -> bool {
        self.suggested == Some(true)
    }
}

object! {
    /// The content of [`m.space.parent`](https://spec.matrix.org/v1.19/client-server-api/#mspaceparent).
    ///
    /// Without `via` there is no parent, so that lenient reading fails too; an empty list counts. The state key is the
    /// parent's room ID. Anybody can claim one; see [`is_parent`](crate::space::is_parent).
    pub struct SpaceParent {
        /// Whether this is one of the room's main parents; see [`is_canonical`](Self::is_canonical).
        canonical: Option<bool> = "canonical",
        /// Servers to join the parent through.
        via: Vec<OwnedServerName> = "via",
    }
}

impl SpaceParent {
    /// Returns whether this is one of the room's main parents, of which
    /// [`canonical_parent`](crate::space::canonical_parent) is the one.
    #[must_use]
    pub fn is_canonical(&self) -> bool {
        self.canonical == Some(true)
    }
}
