//! Behaviour of the table of room versions through its public names.
#![allow(clippy::unwrap_used)]

mod feature_matrix;

use matrix_roomversion::{
    CanonicalJson, Creators, DEFAULT_HISTORY, Error, EventFormat, EventIdFormat, IdLimit, KeyValidity,
    PowerLevelFormat, RedactionCheck, RedactsLocation, RoomIdFormat, RoomVersion, RuleNumbering,
    StateResolution,
};

/// The first version in which `changed` holds, after checking that it then holds for ever.
fn since(changed: impl Fn(RoomVersion) -> bool) -> Option<RoomVersion> {
    let first = RoomVersion::ALL.into_iter().find(|version| changed(*version))?;
    for version in RoomVersion::ALL {
        assert_eq!(changed(version), version >= first, "{version} breaks the run that begins at {first}");
    }
    Some(first)
}

#[test]
fn every_version_parses_from_its_own_text() {
    for version in RoomVersion::ALL {
        assert_eq!(version.as_str().parse::<RoomVersion>().unwrap(), version);
        assert_eq!(version.to_string(), version.as_str());
    }
}

#[test]
fn unknown_versions_keep_their_text_and_bad_ones_are_told_apart() {
    let Err(Error::UnknownVersion(id)) = "org.matrix.msc9999".parse::<RoomVersion>() else {
        panic!("an unknown version must be refused as unknown");
    };
    assert_eq!(id.as_str(), "org.matrix.msc9999");
    for bad in ["", "ABC", "1 ", "a".repeat(33).as_str(), "１"] {
        assert!(matches!(bad.parse::<RoomVersion>(), Err(Error::InvalidVersion(_))), "{bad:?}");
    }
    for unknown in ["0", "13", "01", "1.0"] {
        assert!(matches!(unknown.parse::<RoomVersion>(), Err(Error::UnknownVersion(_))), "{unknown:?}");
    }
}

#[test]
fn msc1759_version_2_changes_state_resolution_alone() {
    let (one, two) = (RoomVersion::V1.rules(), RoomVersion::V2.rules());
    assert_eq!(one.state_resolution, StateResolution::V1);
    assert_eq!(two.state_resolution, StateResolution::V2);
    assert_eq!(*two, matrix_roomversion::RoomVersionRules { state_resolution: StateResolution::V2, ..*one });
    assert_eq!(since(|v| v.rules().state_resolution == StateResolution::V2_1), Some(RoomVersion::V12));
}

#[test]
fn msc1659_version_3_hashes_event_ids() {
    assert_eq!(since(|v| v.rules().event_format != EventFormat::V1), Some(RoomVersion::V3));
    assert_eq!(since(|v| v.rules().event_id_format != EventIdFormat::Field), Some(RoomVersion::V3));
    assert_eq!(since(|v| !v.rules().signatures.event_id_domain), Some(RoomVersion::V3));
    assert_eq!(since(|v| !v.rules().authorization.redaction_rule), Some(RoomVersion::V3));
    assert_eq!(since(|v| v.rules().redaction.check == RedactionCheck::LevelOrServer), Some(RoomVersion::V3));
}

#[test]
fn msc2002_version_4_uses_the_url_safe_alphabet() {
    assert_eq!(RoomVersion::V3.rules().event_id_format, EventIdFormat::Hash);
    assert_eq!(since(|v| v.rules().event_id_format == EventIdFormat::UrlSafeHash), Some(RoomVersion::V4));
}

#[test]
fn msc2077_version_5_enforces_key_validity() {
    assert_eq!(since(|v| v.rules().key_validity == KeyValidity::Enforced), Some(RoomVersion::V5));
}

#[test]
fn msc2240_version_6_is_strict_and_forgets_aliases() {
    assert_eq!(since(|v| v.rules().canonical_json == CanonicalJson::Strict), Some(RoomVersion::V6));
    assert_eq!(since(|v| !v.rules().authorization.aliases_rule), Some(RoomVersion::V6));
    assert_eq!(since(|v| !v.rules().redaction.keeps_aliases), Some(RoomVersion::V6));
    assert_eq!(since(|v| v.rules().authorization.checks_notifications), Some(RoomVersion::V6));
}

#[test]
fn msc2403_knocking_begins_with_version_7() {
    assert_eq!(since(|v| v.rules().authorization.knock), Some(RoomVersion::V7));
}

#[test]
fn restricted_joins_begin_with_version_8_and_survive_redaction_from_9() {
    assert_eq!(since(|v| v.rules().authorization.restricted), Some(RoomVersion::V8));
    assert_eq!(since(|v| v.rules().signatures.join_authoriser), Some(RoomVersion::V8));
    assert_eq!(since(|v| v.rules().redaction.keeps_join_rules_allow), Some(RoomVersion::V8));
    assert_eq!(since(|v| v.rules().redaction.keeps_join_authorised_via_users_server), Some(RoomVersion::V9));
}

#[test]
fn version_10_has_integer_levels_and_knock_restricted() {
    assert_eq!(since(|v| v.rules().authorization.knock_restricted), Some(RoomVersion::V10));
    assert_eq!(
        since(|v| v.rules().authorization.power_levels == PowerLevelFormat::Integers),
        Some(RoomVersion::V10)
    );
}

#[test]
fn msc2174_msc2175_msc2176_version_11() {
    let eleven = Some(RoomVersion::V11);
    assert_eq!(since(|v| v.rules().redaction.redacts_location == RedactsLocation::Content), eleven);
    assert_eq!(since(|v| v.rules().redaction.keeps_redacts), eleven);
    assert_eq!(since(|v| v.rules().redaction.keeps_create_content), eleven);
    assert_eq!(since(|v| v.rules().redaction.keeps_power_levels_invite), eleven);
    assert_eq!(since(|v| v.rules().redaction.keeps_third_party_invite_signed), eleven);
    assert_eq!(since(|v| !v.rules().redaction.keeps_origin_membership_prev_state), eleven);
    assert_eq!(since(|v| v.rules().authorization.creators != Creators::ContentCreator), eleven);
    assert_eq!(since(|v| v.rules().id_limit == IdLimit::Bytes), eleven);
}

#[test]
fn version_12_names_rooms_by_their_create_event() {
    let twelve = Some(RoomVersion::V12);
    assert_eq!(since(|v| v.rules().room_id_format == RoomIdFormat::CreateHash), twelve);
    assert_eq!(since(|v| v.rules().event_format == EventFormat::V12), twelve);
    assert_eq!(since(|v| !v.rules().authorization.selects_create_event), twelve);
    assert_eq!(since(|v| v.rules().authorization.creators == Creators::Privileged), twelve);
    assert_eq!(since(|v| v.rules().redaction.drops_create_room_id), twelve);
}

#[test]
fn rule_numbers_change_where_the_text_does() {
    let first_of =
        |numbering| RoomVersion::ALL.into_iter().find(|v| v.rules().authorization.numbering == numbering);
    for (numbering, version) in [
        (RuleNumbering::V1, RoomVersion::V1),
        (RuleNumbering::V3, RoomVersion::V3),
        (RuleNumbering::V6, RoomVersion::V6),
        (RuleNumbering::V7, RoomVersion::V7),
        (RuleNumbering::V8, RoomVersion::V8),
        (RuleNumbering::V10, RoomVersion::V10),
        (RuleNumbering::V11, RoomVersion::V11),
        (RuleNumbering::V12, RoomVersion::V12),
    ] {
        assert_eq!(first_of(numbering), Some(version));
    }
}

#[test]
fn msc2334_msc2788_default_is_the_last_of_its_history() {
    assert!(DEFAULT_HISTORY.is_sorted());
    assert_eq!(DEFAULT_HISTORY.last().map(|(version, _)| *version), Some(RoomVersion::DEFAULT));
    assert!(DEFAULT_HISTORY.contains(&(RoomVersion::V5, "MSC2334")));
    assert!(DEFAULT_HISTORY.contains(&(RoomVersion::V6, "MSC2788")));
}

#[test]
fn msc2244_no_version_on_the_wire_has_redaction_lists() {
    assert_eq!(since(|v| v.rules().redaction.redacts_list), None);
}

#[cfg(feature = "serde")]
#[test]
fn msc1804_words_other_than_stable_count_as_unstable() {
    let json = r#"{"default":"11","available":{"1":"stable","3":"future-scifi-label","x-test":"unstable"}}"#;
    let capability: matrix_roomversion::RoomVersionsCapability = serde_json::from_str(json).unwrap();
    let id = |text: &str| text.parse::<matrix_identifiers::OwnedRoomVersionId>().unwrap();
    assert!(capability.is_stable(&id("1")) && capability.is_stable(&id("11")));
    for unstable in ["3", "x-test", "12"] {
        assert!(!capability.is_stable(&id(unstable)));
        assert_eq!(capability.suggested_upgrade(&id(unstable)).map(|v| v.as_str()), Some("11"));
    }
    assert_eq!(capability.suggested_upgrade(&id("1")), None);
    let again = serde_json::to_value(&capability).unwrap();
    assert_eq!(again, serde_json::from_str::<serde_json::Value>(json).unwrap());
}
