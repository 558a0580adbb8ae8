//! Joining, leaving, knocking and inviting by way of another server.
//!
//! To join, leave or knock, a server asks for a template of the event (`make`), completes and signs it, and sends it back
//! (`send`).
//!
//! Source: [joining rooms](https://spec.matrix.org/v1.19/server-server-api/#joining-rooms) and what follows it; MSC1794,
//! MSC1802, MSC1813, MSC2403.

pub mod invite;
pub mod join;
pub mod knock;
pub mod leave;
mod template;

pub use template::{TemplateVersion, check_template};
