use matrix_discovery::{
    EndpointVersion, HomeserverFeature, HomeserverVersions, IdentityFeature, IdentityVersions, MatrixVersion,
};

fn version(text: &str) -> MatrixVersion {
    text.parse().unwrap()
}

fn versions(list: &str) -> HomeserverVersions {
    HomeserverVersions::parse(format!(r#"{{"versions": {list}}}"#).as_bytes()).unwrap()
}

#[test]
fn msc2844_versions_are_ordered_as_they_followed_one_another() {
    let order = [
        "r0.0.1",
        "r0.5.0",
        "r0.6.0",
        "r0.6.1",
        "r0.10.0",
        "r1.0.0",
        "v1.0",
        "v1.1",
        "v1.1-alpha",
        "v1.1-b",
        "v1.2",
        "v1.9",
        "v1.10",
        "v2.0",
    ];
    for (place, text) in order.iter().enumerate() {
        assert_eq!(version(text).to_string(), *text);
        for (other, later) in order.iter().enumerate() {
            assert_eq!(version(text).cmp(&version(later)), place.cmp(&other), "{text} and {later}");
        }
    }
    let patched = version("v1.1-patch.20210109");
    assert_eq!((patched.major(), patched.minor(), patched.metadata()), (1, 1, Some("patch.20210109")));
    assert!(version("r0.6.1").is_legacy() && !patched.is_legacy());
    assert_eq!(MatrixVersion::LATEST, version("v1.19"));
    assert_eq!(MatrixVersion::legacy(0, 6, 1), version("r0.6.1"));
}

#[test]
fn msc2844_other_forms_are_no_versions() {
    let long = format!("v1.1-{}", "x".repeat(255));
    for text in [
        "",
        "v",
        "1.1",
        "V1.1",
        "v1",
        "v1.",
        "v.1",
        "v1.1.1",
        "v01.1",
        "v1.01",
        "v+1.1",
        "v1.-1",
        "v1.1-",
        "v1.1- ",
        "v1.1-é",
        "v65536.1",
        "v1.65536",
        "v1.99999999999999999999",
        "r0.6",
        "r0.6.1.2",
        "r.6.1",
        "unstable",
        " v1.1",
        "v1.1\n",
        "v١.١",
        &long,
    ] {
        assert_eq!(text.parse::<MatrixVersion>().unwrap_err().kind(), "invalid_version", "{text:.30}");
    }
}

#[test]
fn msc2844_unknown_versions_are_passed_over() {
    let found = versions(r#"["v1.2", "banana", "r0.6.1", "", "v1.2", "v99.0"]"#);
    assert_eq!(found.versions(), [version("r0.6.1"), version("v1.2"), version("v99.0")]);
    assert_eq!(found.latest(), Some(&version("v99.0")));
    assert_eq!(found.endpoint_version(), Some(EndpointVersion::V3));
    for (body, kind) in [
        ("", "invalid_json"),
        ("[]", "invalid_field"),
        ("{}", "missing_field"),
        (r#"{"versions": "v1.1"}"#, "invalid_field"),
        (r#"{"versions": ["v1.1", 1]}"#, "invalid_field"),
    ] {
        assert_eq!(HomeserverVersions::parse(body.as_bytes()).unwrap_err().kind(), kind);
        assert_eq!(IdentityVersions::parse(body.as_bytes()).unwrap_err().kind(), kind);
    }
    let large = format!(r#"{{"versions": []{}}}"#, " ".repeat(256 * 1024));
    assert_eq!(HomeserverVersions::parse(large.as_bytes()).unwrap_err().kind(), "body_too_large");
}

#[test]
fn msc2844_endpoints_are_v3_from_1_1_on() {
    for (list, segment) in [
        (r#"["r0.6.1"]"#, Some("r0")),
        (r#"["v1.1", "r0.6.1"]"#, Some("v3")),
        (r#"["v1.19"]"#, Some("v3")),
        (r#"["v1.1-alpha"]"#, Some("v3")),
        (r#"["v1.0", "v2.0", "x"]"#, None),
        ("[]", None),
    ] {
        assert_eq!(versions(list).endpoint_version().map(EndpointVersion::as_str), segment, "{list}");
    }
}

#[test]
fn each_version_allows_what_came_before_it_and_was_not_removed() {
    let supported = |list: &str, feature| versions(list).supports(feature);
    use HomeserverFeature as F;
    for (feature, since, before) in [
        (F::IdAccessToken, "r0.6.0", "r0.5.0"),
        (F::OptionalIdentityServer, "r0.6.0", "r0.5.0"),
        (F::SeparateAddAndBind, "r0.6.0", "r0.5.0"),
        (F::V3Endpoints, "v1.1", "r0.6.1"),
        (F::KeyBackup, "v1.1", "r0.6.1"),
        (F::CrossSigning, "v1.1", "r0.6.1"),
        (F::Knock, "v1.1", "r0.6.1"),
        (F::SsoIdentityProviders, "v1.1", "r0.6.1"),
        (F::Spaces, "v1.2", "v1.1"),
        (F::FallbackKeys, "v1.2", "v1.1"),
        (F::RefreshTokens, "v1.3", "v1.2"),
        (F::Relations, "v1.3", "v1.2"),
        (F::Threads, "v1.4", "v1.3"),
        (F::AuthenticatedMedia, "v1.11", "v1.10"),
        (F::JoinVia, "v1.12", "v1.11"),
        (F::OAuth, "v1.15", "v1.14"),
    ] {
        assert!(supported(&format!("[{since:?}]"), feature), "{feature:?}");
        assert!(supported(r#"["v1.19"]"#, feature), "{feature:?}");
        assert!(!supported(&format!("[{before:?}]"), feature), "{feature:?}");
        assert!(!supported(r#"["v2.0"]"#, feature), "nothing is promised of another major version");
        assert!(supported(&format!("[{before:?}, {since:?}]"), feature), "{feature:?}");
        assert!(supported(&format!("[\"{since}-rc1\"]"), feature), "{feature:?}");
    }
    assert!(supported(r#"["v1.13"]"#, F::JoinServerName));
    assert!(!supported(r#"["v1.14"]"#, F::JoinServerName));
    // A server that still lists the older version has to keep what it had.
    assert!(supported(r#"["v1.13", "v1.14"]"#, F::JoinServerName));
}

#[test]
fn msc2140_msc2263_msc2290_flags_stand_in_for_versions() {
    use HomeserverFeature as F;
    let with = |flags: &str| {
        let body = format!(r#"{{"versions": ["r0.5.0"], "unstable_features": {flags}}}"#);
        HomeserverVersions::parse(body.as_bytes()).unwrap()
    };
    for (feature, flag, value) in [
        (F::IdAccessToken, "m.id_access_token", true),
        (F::SeparateAddAndBind, "m.separate_add_and_bind", true),
        (F::OptionalIdentityServer, "m.require_identity_server", false),
    ] {
        assert!(with(&format!(r#"{{"{flag}": {value}}}"#)).supports(feature), "{flag}");
        assert!(!with(&format!(r#"{{"{flag}": {}}}"#, !value)).supports(feature), "{flag}");
        assert!(!with(&format!(r#"{{"{flag}": "{value}"}}"#)).supports(feature), "{flag}");
        assert!(!with("{}").supports(feature), "{flag}");
        assert_eq!(with(&format!(r#"{{"{flag}": {value}}}"#)).unstable_feature(flag), Some(value));
    }
    assert!(!with("[]").supports(F::IdAccessToken));
}

#[test]
fn msc2320_identity_servers_list_versions_too() {
    let of = |list: &str| IdentityVersions::parse(format!(r#"{{"versions": {list}}}"#).as_bytes()).unwrap();
    let old = of(r#"["r0.1.0", "r0.2.0", "r0.2.1"]"#);
    assert!(old.supports(IdentityFeature::V1) && !old.supports(IdentityFeature::V2));
    assert_eq!(old.latest(), Some(&version("r0.2.1")));
    let both = of(r#"["r0.3.0"]"#);
    assert!(both.supports(IdentityFeature::V1) && both.supports(IdentityFeature::HashedLookup));
    let new = of(r#"["v1.1"]"#);
    assert!(new.supports(IdentityFeature::V2) && new.supports(IdentityFeature::Versions));
    assert!(!new.supports(IdentityFeature::V1), "removed by MSC2713");
    assert_eq!(new.versions(), [version("v1.1")]);
}
