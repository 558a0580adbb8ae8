//! Versions and the responses that list them.

use matrix_discovery::{
    HomeserverFeature, HomeserverVersions, IdentityFeature, IdentityVersions, MatrixVersion,
};

use crate::well_known::check_error;

/// Checks that a version is written as it was read, that both kinds of servers list the same of the same body, and that
/// what a server supports does not shrink by another version, nor depend on the order.
pub fn run(data: &[u8]) {
    if let Ok(text) = str::from_utf8(data) {
        match text.parse::<MatrixVersion>() {
            Ok(version) => assert_eq!(version.to_string(), text),
            Err(error) => check_error(&error),
        }
    }
    let (homeserver, identity) = (HomeserverVersions::parse(data), IdentityVersions::parse(data));
    let (homeserver, identity) = match (homeserver, identity) {
        (Ok(homeserver), Ok(identity)) => (homeserver, identity),
        (Err(error), Err(other)) => {
            assert_eq!(error, other);
            return check_error(&error);
        }
        (homeserver, identity) => panic!("{homeserver:?} but {identity:?}"),
    };
    let versions = homeserver.versions();
    assert_eq!(versions, identity.versions());
    assert!(versions.is_sorted() && homeserver.latest() == versions.iter().max());
    for feature in [
        HomeserverFeature::IdAccessToken,
        HomeserverFeature::OptionalIdentityServer,
        HomeserverFeature::JoinServerName,
        HomeserverFeature::AuthenticatedMedia,
    ] {
        assert!(homeserver.supports(feature) || !versions.iter().any(|version| version.allows(feature)));
    }
    for feature in [IdentityFeature::V1, IdentityFeature::V2] {
        assert_eq!(
            identity.supports(feature),
            versions.iter().any(|version| version.allows_identity(feature))
        );
    }
    let names: Vec<String> =
        versions.iter().rev().map(|version| format!("{:?}", version.to_string())).collect();
    let again = format!(r#"{{"versions": [{}]}}"#, names.join(","));
    let again =
        HomeserverVersions::parse(again.as_bytes()).expect("versions that are written are no versions");
    assert_eq!(again.versions(), versions);
    assert_eq!(again.endpoint_version(), homeserver.endpoint_version());
}
