//! The table: room version 1 in full, each later version as what it changes.

use crate::rules::{
    AuthorizationRules, CanonicalJson, Creators, EventFormat, EventIdFormat, IdLimit, KeyValidity,
    PowerLevelFormat, RedactionCheck, RedactionRules, RedactsLocation, RoomIdFormat, RoomVersionRules,
    RuleNumbering, SignatureRules, StateResolution,
};

pub(crate) const V1: RoomVersionRules = RoomVersionRules {
    event_format: EventFormat::V1,
    event_id_format: EventIdFormat::Field,
    room_id_format: RoomIdFormat::Domain,
    canonical_json: CanonicalJson::Lenient,
    id_limit: IdLimit::CodePoints,
    signatures: SignatureRules { event_id_domain: true, join_authoriser: false },
    key_validity: KeyValidity::Ignored,
    redaction: RedactionRules {
        keeps_origin_membership_prev_state: true,
        keeps_aliases: true,
        keeps_join_rules_allow: false,
        keeps_join_authorised_via_users_server: false,
        keeps_third_party_invite_signed: false,
        keeps_create_content: false,
        keeps_power_levels_invite: false,
        keeps_redacts: false,
        drops_create_room_id: false,
        redacts_location: RedactsLocation::TopLevel,
        redacts_list: false,
        check: RedactionCheck::AuthorizationRule,
    },
    authorization: AuthorizationRules {
        numbering: RuleNumbering::V1,
        creators: Creators::ContentCreator,
        selects_create_event: true,
        aliases_rule: true,
        redaction_rule: true,
        checks_notifications: false,
        knock: false,
        restricted: false,
        knock_restricted: false,
        power_levels: PowerLevelFormat::Tolerant,
    },
    state_resolution: StateResolution::V1,
};

/// MSC1759: the state resolution of MSC1442.
pub(crate) const V2: RoomVersionRules = RoomVersionRules { state_resolution: StateResolution::V2, ..V1 };

/// MSC1659: event IDs are hashes; redactions are no longer a matter of authorization.
pub(crate) const V3: RoomVersionRules = RoomVersionRules {
    event_format: EventFormat::V3,
    event_id_format: EventIdFormat::Hash,
    signatures: SignatureRules { event_id_domain: false, ..V2.signatures },
    redaction: RedactionRules { check: RedactionCheck::LevelOrServer, ..V2.redaction },
    authorization: AuthorizationRules {
        numbering: RuleNumbering::V3,
        redaction_rule: false,
        ..V2.authorization
    },
    ..V2
};

/// MSC2002, MSC1884: URL-safe event IDs.
pub(crate) const V4: RoomVersionRules =
    RoomVersionRules { event_id_format: EventIdFormat::UrlSafeHash, ..V3 };

/// MSC2077, MSC2076: signing keys expire.
pub(crate) const V5: RoomVersionRules = RoomVersionRules { key_validity: KeyValidity::Enforced, ..V4 };

/// MSC2240: strict JSON (MSC2540), `notifications` (MSC2209), nothing special about aliases (MSC2432).
pub(crate) const V6: RoomVersionRules = RoomVersionRules {
    canonical_json: CanonicalJson::Strict,
    redaction: RedactionRules { keeps_aliases: false, ..V5.redaction },
    authorization: AuthorizationRules {
        numbering: RuleNumbering::V6,
        aliases_rule: false,
        checks_notifications: true,
        ..V5.authorization
    },
    ..V5
};

/// MSC2403: knocking.
pub(crate) const V7: RoomVersionRules = RoomVersionRules {
    authorization: AuthorizationRules { numbering: RuleNumbering::V7, knock: true, ..V6.authorization },
    ..V6
};

/// Restricted joins (MSC3083).
pub(crate) const V8: RoomVersionRules = RoomVersionRules {
    signatures: SignatureRules { join_authoriser: true, ..V7.signatures },
    redaction: RedactionRules { keeps_join_rules_allow: true, ..V7.redaction },
    authorization: AuthorizationRules { numbering: RuleNumbering::V8, restricted: true, ..V7.authorization },
    ..V7
};

/// Redaction keeps who authorised a restricted join (MSC3375).
pub(crate) const V9: RoomVersionRules = RoomVersionRules {
    redaction: RedactionRules { keeps_join_authorised_via_users_server: true, ..V8.redaction },
    ..V8
};

/// Integer power levels (MSC3667) and `knock_restricted` (MSC3787).
pub(crate) const V10: RoomVersionRules = RoomVersionRules {
    authorization: AuthorizationRules {
        numbering: RuleNumbering::V10,
        knock_restricted: true,
        power_levels: PowerLevelFormat::Integers,
        ..V9.authorization
    },
    ..V9
};

/// MSC2174, MSC2175, MSC2176: `redacts` in the content, no `creator`, a cleaner redaction.
pub(crate) const V11: RoomVersionRules = RoomVersionRules {
    id_limit: IdLimit::Bytes,
    redaction: RedactionRules {
        keeps_origin_membership_prev_state: false,
        keeps_third_party_invite_signed: true,
        keeps_create_content: true,
        keeps_power_levels_invite: true,
        keeps_redacts: true,
        redacts_location: RedactsLocation::Content,
        ..V10.redaction
    },
    authorization: AuthorizationRules {
        numbering: RuleNumbering::V11,
        creators: Creators::Sender,
        ..V10.authorization
    },
    ..V10
};

/// Room IDs are hashes (MSC4291), creators are privileged (MSC4289), state resolution 2.1 (MSC4297).
pub(crate) const V12: RoomVersionRules = RoomVersionRules {
    event_format: EventFormat::V12,
    room_id_format: RoomIdFormat::CreateHash,
    redaction: RedactionRules { drops_create_room_id: true, ..V11.redaction },
    authorization: AuthorizationRules {
        numbering: RuleNumbering::V12,
        creators: Creators::Privileged,
        selects_create_event: false,
        ..V11.authorization
    },
    state_resolution: StateResolution::V2_1,
    ..V11
};
