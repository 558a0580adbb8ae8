//! What a homeserver lets its users do.

use std::borrow::Cow;
use std::collections::BTreeMap;

use matrix_identifiers::RoomVersionId;
use matrix_roomversion::{RoomVersionsCapability, Stability};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::MatrixError;

/// The capabilities that a homeserver lists, by name.
///
/// What is not listed has a default, and so has what cannot be read; the empty set stands for a homeserver that lists none.
/// Experimental features are listed by `/versions` instead.
///
/// Source: MSC1753, MSC1804;
/// [capabilities negotiation](https://spec.matrix.org/v1.19/client-server-api/#capabilities-negotiation).
///
/// ```
/// use matrix_api::Capabilities;
///
/// let listed: Capabilities = serde_json::from_str(r#"{"m.change_password": {"enabled": false}}"#)?;
/// assert!(!listed.change_password());
/// assert!(Capabilities::default().change_password());
/// assert_eq!(Capabilities::default().default_room_version(), "1");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Capabilities(pub BTreeMap<String, Value>);

impl Capabilities {
    /// Decides what an error of `GET /capabilities` means: a homeserver that does not know the endpoint, as any 404 says
    /// and [`MatrixError::is_unrecognized`], has the defaults. `None` for every other error.
    ///
    /// Source: MSC1753, "Fallback behaviour".
    #[must_use]
    pub fn of_error(error: &MatrixError) -> Option<Self> {
        (error.status == http::StatusCode::NOT_FOUND || error.is_unrecognized()).then(Self::default)
    }

    /// Tells whether users can change their password: `m.change_password`, true when it is not listed (MSC1753).
    #[must_use]
    pub fn change_password(&self) -> bool {
        self.enabled("m.change_password", true)
    }

    /// Returns the room versions that the homeserver lists: `m.room_versions` (MSC1804). `None` when it lists none, or
    /// no readable `default`; see the three methods below for what holds then. An entry whose version is none is left
    /// out.
    #[must_use]
    pub fn room_versions(&self) -> Option<RoomVersionsCapability> {
        let listed = self.0.get("m.room_versions")?;
        let default = RoomVersionId::parse(listed.get("default")?.as_str()?).ok()?.to_owned();
        let available = listed.get("available").and_then(Value::as_object).into_iter().flatten();
        let available = available.filter_map(|(version, stability)| {
            let version = RoomVersionId::parse(version).ok()?.to_owned();
            // A label that is no text is not `stable`.
            Some((version, Stability::from(stability.as_str().unwrap_or_default().to_owned())))
        });
        Some(RoomVersionsCapability { default, available: available.collect() })
    }

    /// Returns the version of the rooms that the homeserver creates: `1` when it lists none.
    ///
    /// Source: [`m.room_versions`](https://spec.matrix.org/v1.19/client-server-api/#mroom_versions-capability).
    #[must_use]
    pub fn default_room_version(&self) -> Cow<'static, str> {
        self.room_versions().map_or(Cow::Borrowed("1"), |versions| versions.default.to_string().into())
    }

    /// Tells whether a room version is stable: the default, or marked `stable`. Anything else, also another word, counts as
    /// unstable; when the homeserver lists no versions, only version 1 is stable.
    #[must_use]
    pub fn is_stable_room_version(&self, version: &RoomVersionId) -> bool {
        self.room_versions().map_or(version.as_str() == "1", |versions| versions.is_stable(version))
    }

    /// Returns the version that a room should be upgraded to: the default, unless the room's version is stable.
    #[must_use]
    pub fn suggested_room_upgrade(&self, version: &RoomVersionId) -> Option<Cow<'static, str>> {
        (!self.is_stable_room_version(version)).then(|| self.default_room_version())
    }

    /// Tells whether users can change their display name: `m.set_displayname`, true when it is not listed.
    #[must_use]
    pub fn set_displayname(&self) -> bool {
        self.enabled("m.set_displayname", true)
    }

    /// Tells whether users can change their avatar: `m.set_avatar_url`, true when it is not listed.
    #[must_use]
    pub fn set_avatar_url(&self) -> bool {
        self.enabled("m.set_avatar_url", true)
    }

    /// Tells whether users can change the addresses on their account: `m.3pid_changes`, true when it is not listed.
    #[must_use]
    pub fn threepid_changes(&self) -> bool {
        self.enabled("m.3pid_changes", true)
    }

    /// Tells whether users can get a token to log in with elsewhere: `m.get_login_token`, false when it is not listed.
    #[must_use]
    pub fn get_login_token(&self) -> bool {
        self.enabled("m.get_login_token", false)
    }

    /// Tells whether the homeserver forgets rooms when users leave them: `m.forget_forced_upon_leave`, false when it is not
    /// listed.
    #[must_use]
    pub fn forget_forced_upon_leave(&self) -> bool {
        self.enabled("m.forget_forced_upon_leave", false)
    }

    /// Returns a capability by name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Map<String, Value>> {
        self.0.get(name)?.as_object()
    }

    /// Returns the flag `enabled` of a capability, or what holds when it is not listed or has none.
    #[must_use]
    pub fn enabled(&self, name: &str, unlisted: bool) -> bool {
        let listed = self.0.get(name).and_then(|capability| capability.get("enabled"));
        listed.and_then(Value::as_bool).unwrap_or(unlisted)
    }

    /// Lists a capability with the flag `enabled`.
    pub fn set_enabled(&mut self, name: &str, enabled: bool) {
        self.0.insert(name.to_owned(), json!({"enabled": enabled}));
    }

    /// Lists the room versions.
    pub fn set_room_versions(&mut self, versions: &RoomVersionsCapability) {
        let available = versions.available.iter();
        let available: Map<String, Value> =
            available.map(|(version, stability)| (version.to_string(), json!(stability.as_str()))).collect();
        let listed = json!({"default": versions.default.as_str(), "available": available});
        self.0.insert("m.room_versions".to_owned(), listed);
    }
}
