//! What a homeserver supports: `GET /_matrix/client/versions` (MSC2844).

use std::collections::BTreeMap;

use matrix_discovery::HomeserverVersions;
use serde::{Deserialize, Deserializer};

use crate::endpoint::{always, endpoint, registry};

registry!(self);

endpoint! {
    GET [always("/_matrix/client/versions")],
    authentication: OptionalAccessToken, rate_limited: false, guests: true,

    /// Asks what the server supports. With a token, it may tell of features that only some users have.
    request {}

    /// What the server supports: see [`supported`](Response::supported).
    response {
        /// The versions, also those that mean nothing here.
        versions: Vec<String>,
        ..
        /// The features that are not in the specification yet, by name.
        #[serde(deserialize_with = "flags")]
        unstable_features: BTreeMap<String, bool>,
    }
}

impl Response {
    /// Returns what the server supports, by which the paths of its endpoints are chosen.
    ///
    /// # Errors
    ///
    /// When the list is longer than is read.
    pub fn supported(&self) -> Result<HomeserverVersions, matrix_discovery::Error> {
        HomeserverVersions::parse(&serde_json::to_vec(self).unwrap_or_default())
    }
}

/// Reads features, passing over those that are neither true nor false.
fn flags<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, bool>, D::Error> {
    let features = Option::<BTreeMap<String, serde_json::Value>>::deserialize(deserializer)?;
    let features = features.into_iter().flatten();
    Ok(features.filter_map(|(name, value)| Some((name, value.as_bool()?))).collect())
}
