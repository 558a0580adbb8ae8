//! What a server lets its users do (MSC1753).
//!
//! Source: [capabilities negotiation](https://spec.matrix.org/v1.19/client-server-api/#capabilities-negotiation).

use std::collections::BTreeMap;

use matrix_identifiers::RoomVersionId;
use matrix_roomversion::RoomVersionsCapability;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

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

/// What a server lets a user do, by name. What is not listed, or is not as it should be, is as its method says.
///
/// ```
/// use matrix_api::client::capabilities::Capabilities;
/// use matrix_identifiers::RoomVersionId;
///
/// let capabilities: Capabilities = serde_json::from_str(r#"{"m.change_password": {"enabled": false}}"#)?;
/// assert!(!capabilities.change_password());
/// assert!(Capabilities::default().change_password());
/// assert!(capabilities.is_stable_room_version(RoomVersionId::parse("1")?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Capabilities(pub BTreeMap<String, Value>);

impl Capabilities {
    /// Returns a capability by name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Map<String, Value>> {
        self.0.get(name)?.as_object()
    }

    /// Sets whether something is allowed.
    pub fn set_enabled(&mut self, name: &str, enabled: bool) {
        self.0.insert(name.to_owned(), serde_json::json!({"enabled": enabled}));
    }

    /// Returns which room versions the server knows (MSC1804), if it says so. Where it does not, that is version 1 alone.
    #[must_use]
    pub fn room_versions(&self) -> Option<RoomVersionsCapability> {
        RoomVersionsCapability::deserialize(self.0.get("m.room_versions")?).ok()
    }

    /// Tells whether a room version is stable on the server: its default, or listed so (MSC1804).
    #[must_use]
    pub fn is_stable_room_version(&self, version: &RoomVersionId) -> bool {
        self.room_versions().map_or(version == "1", |versions| versions.is_stable(version))
    }

    /// Tells whether the user may change the password; yes by default.
    #[must_use]
    pub fn change_password(&self) -> bool {
        self.enabled("m.change_password", true)
    }

    /// Tells whether the user may change the display name; yes by default.
    #[must_use]
    pub fn set_displayname(&self) -> bool {
        self.enabled("m.set_displayname", true)
    }

    /// Tells whether the user may change the avatar; yes by default.
    #[must_use]
    pub fn set_avatar_url(&self) -> bool {
        self.enabled("m.set_avatar_url", true)
    }

    /// Tells whether the user may change the addresses on the account; yes by default.
    #[must_use]
    pub fn threepid_changes(&self) -> bool {
        self.enabled("m.3pid_changes", true)
    }

    /// Tells whether the user may make tokens by which another device logs in; no by default.
    #[must_use]
    pub fn get_login_token(&self) -> bool {
        self.enabled("m.get_login_token", false)
    }

    /// Tells whether the server forgets rooms when the user leaves them; no by default.
    #[must_use]
    pub fn forget_forced_upon_leave(&self) -> bool {
        self.enabled("m.forget_forced_upon_leave", false)
    }

    fn enabled(&self, name: &str, by_default: bool) -> bool {
        self.get(name).and_then(|capability| capability.get("enabled")?.as_bool()).unwrap_or(by_default)
    }
}
