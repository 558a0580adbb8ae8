use matrix_discovery::{HomeserverVersions, MatrixVersion};

use crate::Error;

/// One of the paths that an endpoint has or had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionedPath {
    /// The path with its parameters in braces: `/_matrix/client/v3/rooms/{roomId}/join`.
    pub template: &'static str,
    /// Where the path is.
    pub availability: Availability,
}

/// Which servers have a path.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Availability {
    /// All servers that have the API.
    Always,
    /// Servers that list a version of this span.
    Versions {
        /// The first version with the path.
        since: MatrixVersion,
        /// The first version without it.
        until: Option<MatrixVersion>,
    },
    /// Servers that list this name in `unstable_features` as true.
    Feature(&'static str),
    /// Servers of before the proposal was part of the specification, for which it names no feature: requests to such a
    /// path are read, and none is sent there.
    Unannounced,
}

/// Makes a path that every server of the API has.
pub(crate) const fn always(template: &'static str) -> VersionedPath {
    VersionedPath { template, availability: Availability::Always }
}

/// Makes a path that has been there since the version `vMAJOR.MINOR`.
pub(crate) const fn stable(template: &'static str, major: u16, minor: u16) -> VersionedPath {
    let since = MatrixVersion::new(major, minor);
    VersionedPath { template, availability: Availability::Versions { since, until: None } }
}

/// Makes a path with `r0`, which has been there since the version `r0.MINOR.PATCH`, and by version 1.1 had given way
/// to one with `v3` (MSC2844).
pub(crate) const fn r0(template: &'static str, minor: u16, patch: u16) -> VersionedPath {
    let since = MatrixVersion::legacy(0, minor, patch);
    let until = Some(MatrixVersion::new(1, 1));
    VersionedPath { template, availability: Availability::Versions { since, until } }
}

/// Makes a path that is there before its proposal is part of the specification, when the server says so (MSC2324).
pub(crate) const fn unstable(template: &'static str, feature: &'static str) -> VersionedPath {
    VersionedPath { template, availability: Availability::Feature(feature) }
}

/// Makes a path of before the proposal was part of the specification, for which no feature was named.
pub(crate) const fn unannounced(template: &'static str) -> VersionedPath {
    VersionedPath { template, availability: Availability::Unannounced }
}

impl VersionedPath {
    /// Tells whether a server has the path.
    #[must_use]
    pub fn is_served_by(&self, server: &HomeserverVersions) -> bool {
        match &self.availability {
            Availability::Always => true,
            Availability::Versions { since, until } => {
                server.versions().iter().any(|version| version.is_within(since, until.as_ref()))
            }
            Availability::Feature(name) => server.unstable_feature(name) == Some(true),
            Availability::Unannounced => false,
        }
    }
}

/// Chooses the path to call: the first in the list, which begins with the newest, that the server has. Where nothing is
/// known of the server, or the API has no versions of this kind, that is the first of all.
///
/// Source: MSC2844.
///
/// # Errors
///
/// [`Error::NotServed`] when the server has none of them.
pub fn select_path(
    paths: &'static [VersionedPath],
    server: Option<&HomeserverVersions>,
) -> Result<&'static str, Error> {
    let served = |path: &&VersionedPath| server.is_none_or(|server| path.is_served_by(server));
    let found = paths.iter().find(served).map(|path| path.template);
    found.ok_or_else(|| Error::NotServed(paths.first().map_or("", |path| path.template)))
}
