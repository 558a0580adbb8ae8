//! What a server lets its users do (MSC1753).
//!
//! Source: [capabilities negotiation](https://spec.matrix.org/v1.19/client-server-api/#capabilities-negotiation).

pub use crate::Capabilities;
use crate::endpoint::{endpoint, r0, registry, stable};

registry!(get);

/// `GET /capabilities`: what the server lets the user do.
pub mod get {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/capabilities", 1, 1),
            r0("/_matrix/client/r0/capabilities", 5, 0),
        ],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Asks what the server lets the user do. A server without the endpoint answers 404: then it is as
        /// [`Capabilities::default`] says.
        request {}

        /// What the server lets the user do.
        response {
            /// The capabilities.
            capabilities: Capabilities,
        }
    }
}
