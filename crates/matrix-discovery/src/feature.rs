//! What came with which version of the specification.

use crate::MatrixVersion;

/// Something that a client may use only where the homeserver supports it.
///
/// Source: the [changelogs](https://spec.matrix.org/v1.19/changelog/) of the versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum HomeserverFeature {
    /// `id_access_token` beside `id_server` (MSC2140): r0.6.0.
    IdAccessToken,
    /// `id_server` may be left out of requests for validation tokens (MSC2263): r0.6.0.
    OptionalIdentityServer,
    /// `/account/3pid/add` and `/account/3pid/bind` (MSC2290): r0.6.0.
    SeparateAddAndBind,
    /// `v3` in the paths of endpoints (MSC2844): v1.1.
    V3Endpoints,
    /// Server-side key backup (MSC1219): v1.1.
    KeyBackup,
    /// Cross-signing (MSC1756): v1.1.
    CrossSigning,
    /// Knocking (MSC2403): v1.1.
    Knock,
    /// `/login/sso/redirect/{idpId}` (MSC2858): v1.1.
    SsoIdentityProviders,
    /// Spaces (MSC1772) and their hierarchy: v1.2.
    Spaces,
    /// Fallback keys (MSC2732): v1.2.
    FallbackKeys,
    /// Refresh tokens (MSC2918): v1.3.
    RefreshTokens,
    /// Relations of an event, and their aggregation (MSC2674, MSC2675): v1.3.
    Relations,
    /// Threads (MSC3440): v1.4.
    Threads,
    /// Media under `/_matrix/client/v1/media`, with authentication (MSC3916): v1.11.
    AuthenticatedMedia,
    /// `via` when joining and knocking (MSC4156): v1.12.
    JoinVia,
    /// `server_name` when joining and knocking: until v1.14 (MSC4213).
    JoinServerName,
    /// The OAuth 2.0 API (MSC3861): v1.15.
    OAuth,
}

impl HomeserverFeature {
    /// Returns the first version with the feature, and the first without it again.
    #[must_use]
    pub fn lifetime(self) -> (MatrixVersion, Option<MatrixVersion>) {
        let since = match self {
            Self::IdAccessToken | Self::OptionalIdentityServer | Self::SeparateAddAndBind => {
                MatrixVersion::legacy(0, 6, 0)
            }
            Self::V3Endpoints
            | Self::KeyBackup
            | Self::CrossSigning
            | Self::Knock
            | Self::SsoIdentityProviders => MatrixVersion::new(1, 1),
            Self::Spaces | Self::FallbackKeys => MatrixVersion::new(1, 2),
            Self::RefreshTokens | Self::Relations => MatrixVersion::new(1, 3),
            Self::Threads => MatrixVersion::new(1, 4),
            Self::AuthenticatedMedia => MatrixVersion::new(1, 11),
            Self::JoinVia => MatrixVersion::new(1, 12),
            Self::JoinServerName => MatrixVersion::legacy(0, 0, 0),
            Self::OAuth => MatrixVersion::new(1, 15),
        };
        let until = (self == Self::JoinServerName).then(|| MatrixVersion::new(1, 14));
        (since, until)
    }

    /// Returns the unstable feature flag that the feature's proposal names, and the value by which it says that the
    /// feature is there.
    #[must_use]
    pub fn flag(self) -> Option<(&'static str, bool)> {
        match self {
            Self::IdAccessToken => Some(("m.id_access_token", true)),
            Self::OptionalIdentityServer => Some(("m.require_identity_server", false)),
            Self::SeparateAddAndBind => Some(("m.separate_add_and_bind", true)),
            _ => None,
        }
    }
}

/// Something that may be used only where the identity server supports it.
///
/// Source: the [changelogs](https://spec.matrix.org/v1.19/changelog/) of the versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum IdentityFeature {
    /// The API under `/_matrix/identity/api/v1`, without authentication: removed in v1.1 (MSC2713).
    V1,
    /// The API under `/_matrix/identity/v2`, with authentication and terms (MSC2140): r0.3.0.
    V2,
    /// Hashed look-ups (MSC2134): r0.3.0.
    HashedLookup,
    /// `/_matrix/identity/versions` itself (MSC2320): v1.1.
    Versions,
}

impl IdentityFeature {
    /// Returns the first version with the feature, and the first without it again.
    #[must_use]
    pub fn lifetime(self) -> (MatrixVersion, Option<MatrixVersion>) {
        match self {
            Self::V1 => (MatrixVersion::legacy(0, 1, 0), Some(MatrixVersion::new(1, 1))),
            Self::V2 | Self::HashedLookup => (MatrixVersion::legacy(0, 3, 0), None),
            Self::Versions => (MatrixVersion::new(1, 1), None),
        }
    }
}
