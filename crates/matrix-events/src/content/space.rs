//! Spaces (MSC1772).

use matrix_identifiers::{OwnedServerName, OwnedSpaceOrder};

object! {
    /// The content of [`m.space.child`](https://spec.matrix.org/v1.19/client-server-api/#mspacechild).
    ///
    /// Without `via` there is no child, so that lenient reading fails too; an empty list counts. `order` counts as absent
    /// where it does not fit its grammar.
    pub struct SpaceChild {
        /// Where the child stands among the others.
        order: Option<OwnedSpaceOrder> = "order",
        /// Whether the child is recommended.
        suggested: Option<bool> = "suggested",
        /// Servers to join the child through.
        via: Vec<OwnedServerName> = "via",
    }
}

object! {
    /// The content of [`m.space.parent`](https://spec.matrix.org/v1.19/client-server-api/#mspaceparent).
    ///
    /// Without `via` there is no parent, so that lenient reading fails too; an empty list counts.
    pub struct SpaceParent {
        /// Whether this is the room's main parent.
        canonical: Option<bool> = "canonical",
        /// Servers to join the parent through.
        via: Vec<OwnedServerName> = "via",
    }
}
