//! The responses of `/versions`.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{Error, HomeserverFeature, IdentityFeature, MatrixVersion, json};

/// The largest response of `/versions` that is read, in bytes.
pub const MAX_VERSIONS_BYTES: usize = 256 * 1024;

/// The part of an endpoint's path that was the version of the whole client-server API and is now that of each endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndpointVersion {
    /// `r0`, before version 1.1.
    R0,
    /// `v3`, with which all endpoints began in version 1.1 (MSC2844).
    V3,
}

impl EndpointVersion {
    /// Returns the path segment.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::R0 => "r0",
            Self::V3 => "v3",
        }
    }
}

/// What a homeserver supports: the response of `GET /_matrix/client/versions`.
///
/// Source: MSC2844; [`/versions`](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientversions).
///
/// ```
/// use matrix_discovery::{EndpointVersion, HomeserverFeature, HomeserverVersions};
///
/// let versions = HomeserverVersions::parse(br#"{"versions": ["r0.6.1", "v1.1", "v99.7", "x"]}"#)?;
/// assert_eq!(versions.endpoint_version(), Some(EndpointVersion::V3));
/// assert!(versions.supports(HomeserverFeature::SeparateAddAndBind));
/// assert!(!versions.supports(HomeserverFeature::AuthenticatedMedia));
/// # Ok::<(), matrix_discovery::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeserverVersions {
    versions: Vec<MatrixVersion>,
    unstable_features: BTreeMap<String, bool>,
}

impl HomeserverVersions {
    /// Reads a response body of at most 256 KiB. Versions that are not of the known form are left out; so are
    /// unstable features that are neither true nor false.
    ///
    /// # Errors
    ///
    /// When the body is no JSON object or has no `versions` that is an array of strings.
    pub fn parse(body: &[u8]) -> Result<Self, Error> {
        let (versions, unstable_features) = parse(body)?;
        Ok(Self { versions, unstable_features })
    }

    /// Returns the versions listed, sorted.
    #[must_use]
    pub fn versions(&self) -> &[MatrixVersion] {
        &self.versions
    }

    /// Returns the latest version listed.
    #[must_use]
    pub fn latest(&self) -> Option<&MatrixVersion> {
        self.versions.last()
    }

    /// Returns whether an unstable feature is advertised, or `None` when it is not mentioned.
    #[must_use]
    pub fn unstable_feature(&self, name: &str) -> Option<bool> {
        self.unstable_features.get(name).copied()
    }

    /// Tells whether a feature may be used: a version listed has it, or its unstable flag says so.
    #[must_use]
    pub fn supports(&self, feature: HomeserverFeature) -> bool {
        self.versions.iter().any(|version| version.allows(feature)) || self.flag(feature)
    }

    fn flag(&self, feature: HomeserverFeature) -> bool {
        feature.flag().is_some_and(|(name, value)| self.unstable_feature(name) == Some(value))
    }

    /// Returns what to write in the paths of endpoints: `v3` where a version from 1.1 on is listed, `r0` where only
    /// older ones are, and `None` where none of either kind is.
    #[must_use]
    pub fn endpoint_version(&self) -> Option<EndpointVersion> {
        self.versions.iter().filter_map(MatrixVersion::endpoint_version).max()
    }
}

impl MatrixVersion {
    /// Tells whether a homeserver that lists this version has a feature.
    #[must_use]
    pub fn allows(&self, feature: HomeserverFeature) -> bool {
        let (since, until) = feature.lifetime();
        self.is_within(&since, until.as_ref())
    }

    /// Tells whether an identity server that lists this version has a feature.
    #[must_use]
    pub fn allows_identity(&self, feature: IdentityFeature) -> bool {
        let (since, until) = feature.lifetime();
        self.is_within(&since, until.as_ref())
    }

    /// Returns what stands in the paths of the client-server API's endpoints of this version. `v1.0`, which servers
    /// should not list, and versions from 2 on have no answer.
    #[must_use]
    pub fn endpoint_version(&self) -> Option<EndpointVersion> {
        if self.is_legacy() {
            return (self.major() == 0).then_some(EndpointVersion::R0);
        }
        (self.major() == 1 && self.minor() >= 1).then_some(EndpointVersion::V3)
    }
}

/// What an identity server supports: the response of `GET /_matrix/identity/versions`, which needs no authentication.
///
/// Source: MSC2320; [`/versions`](https://spec.matrix.org/v1.19/identity-service-api/#get_matrixidentityversions).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityVersions {
    versions: Vec<MatrixVersion>,
}

impl IdentityVersions {
    /// Reads a response body of at most 256 KiB. Versions that are not of the known form are left out.
    ///
    /// # Errors
    ///
    /// When the body is no JSON object or has no `versions` that is an array of strings.
    pub fn parse(body: &[u8]) -> Result<Self, Error> {
        parse(body).map(|(versions, _)| Self { versions })
    }

    /// Returns the versions listed, sorted.
    #[must_use]
    pub fn versions(&self) -> &[MatrixVersion] {
        &self.versions
    }

    /// Returns the latest version listed.
    #[must_use]
    pub fn latest(&self) -> Option<&MatrixVersion> {
        self.versions.last()
    }

    /// Tells whether a version listed has a feature.
    #[must_use]
    pub fn supports(&self, feature: IdentityFeature) -> bool {
        self.versions.iter().any(|version| version.allows_identity(feature))
    }
}

fn parse(body: &[u8]) -> Result<(Vec<MatrixVersion>, BTreeMap<String, bool>), Error> {
    let field = "versions";
    let object = json::object(body, MAX_VERSIONS_BYTES, &[field, "unstable_features"])?;
    let strings = || Error::InvalidField { field, expected: "an array of strings" };
    let listed = object.get(field).ok_or(Error::MissingField(field))?.as_array().ok_or_else(strings)?;
    let mut versions = Vec::with_capacity(listed.len());
    for version in listed {
        // A version that says nothing to us is no error.
        versions.extend(version.as_str().ok_or_else(strings)?.parse::<MatrixVersion>());
    }
    versions.sort();
    versions.dedup();
    let features = object.get("unstable_features").and_then(Value::as_object).into_iter().flatten();
    let features = features.filter_map(|(name, value)| Some((name.clone(), value.as_bool()?))).collect();
    Ok((versions, features))
}
