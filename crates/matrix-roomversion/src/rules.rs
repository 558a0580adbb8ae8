//! The columns of the table: everything that room versions differ in, as small enums and flags.

/// Everything that a room version decides.
///
/// Plain data: an experimental version is a struct update of the row it starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomVersionRules {
    /// The shape of a PDU.
    pub event_format: EventFormat,
    /// Where an event's ID comes from.
    pub event_id_format: EventIdFormat,
    /// Where a room's ID comes from.
    pub room_id_format: RoomIdFormat,
    /// How strictly JSON is read (MSC2540).
    pub canonical_json: CanonicalJson,
    /// What the limit of 255 on `type`, `state_key` and identifiers counts.
    pub id_limit: IdLimit,
    /// Whose signatures an event needs besides that of its sender's server.
    pub signatures: SignatureRules,
    /// Whether signing keys have to be valid when an event is sent (MSC2076).
    pub key_validity: KeyValidity,
    /// What a redaction leaves, and when it may be applied.
    pub redaction: RedactionRules,
    /// What the authorization rules look at.
    pub authorization: AuthorizationRules,
    /// Which algorithm merges diverging states.
    pub state_resolution: StateResolution,
}

/// The shape of a PDU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventFormat {
    /// Rooms 1 and 2: the event carries `event_id`; `auth_events` and `prev_events` are lists of
    /// `[event_id, {"sha256": hash}]` pairs.
    V1,
    /// Rooms 3 to 11 (MSC1659): no `event_id`; references are plain lists of event IDs.
    V3,
    /// Room 12: as [`EventFormat::V3`], but `m.room.create` has no `room_id`.
    V12,
}

/// Where an event's ID comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventIdFormat {
    /// Rooms 1 and 2: the event's own `event_id` field, `$opaque:domain`.
    Field,
    /// Room 3 (MSC1659): `$` and the reference hash in standard unpadded base64.
    Hash,
    /// Rooms 4 and later (MSC1884, MSC2002): `$` and the reference hash in URL-safe unpadded base64.
    UrlSafeHash,
}

/// Where a room's ID comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoomIdFormat {
    /// Rooms 1 to 11: `!opaque:domain`, chosen by the creating server.
    Domain,
    /// Room 12: the ID of the create event with `!` in the place of `$`.
    CreateHash,
}

/// How strictly JSON is read (MSC2540).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CanonicalJson {
    /// Rooms 1 to 5: floats and integers of any size may occur.
    Lenient,
    /// Rooms 6 and later: integers within ±(2^53 − 1) only; anything else makes the event invalid.
    Strict,
}

/// What the limit of 255 on `type`, `state_key` and identifiers counts.
///
/// Both versions refuse more than 255 code points; events with more than 255 *bytes* exist in older rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdLimit {
    /// Rooms 1 to 10: code points.
    CodePoints,
    /// Rooms 11 and later: bytes of UTF-8.
    Bytes,
}

/// Whose signatures an event needs besides that of its sender's server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignatureRules {
    /// Rooms 1 and 2: the server named in the event's ID.
    pub event_id_domain: bool,
    /// Rooms 8 and later: on a join, the server of `join_authorised_via_users_server`.
    pub join_authoriser: bool,
}

/// Whether signing keys have to be valid when an event is sent (MSC2076).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyValidity {
    /// Rooms 1 to 4: a key that once was the server's is good for ever.
    Ignored,
    /// Rooms 5 and later: the key must be valid at the event's `origin_server_ts`.
    Enforced,
}

/// What a redaction leaves of an event, where its target is named, and when it may be applied.
///
/// The keys that every version keeps are not listed here; `matrix-redaction` holds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RedactionRules {
    /// Rooms 1 to 10: top-level `origin`, `membership` and `prev_state` stay (MSC2176 ended that).
    pub keeps_origin_membership_prev_state: bool,
    /// Rooms 1 to 5: `aliases` of `m.room.aliases` stays (MSC2432 ended that).
    pub keeps_aliases: bool,
    /// Rooms 8 and later: `allow` of `m.room.join_rules` stays.
    pub keeps_join_rules_allow: bool,
    /// Rooms 9 and later: `join_authorised_via_users_server` of `m.room.member` stays.
    pub keeps_join_authorised_via_users_server: bool,
    /// Rooms 11 and later: `third_party_invite.signed` of `m.room.member` stays.
    pub keeps_third_party_invite_signed: bool,
    /// Rooms 11 and later: `m.room.create` keeps its whole content (before: `creator` alone).
    pub keeps_create_content: bool,
    /// Rooms 11 and later: `invite` of `m.room.power_levels` stays.
    pub keeps_power_levels_invite: bool,
    /// Rooms 11 and later: `redacts` of `m.room.redaction` stays.
    pub keeps_redacts: bool,
    /// Room 12: an `m.room.create` event loses a `room_id`, which it must not have.
    pub drops_create_room_id: bool,
    /// Where a redaction names its target (MSC2174).
    pub redacts_location: RedactsLocation,
    /// No room version so far (MSC2244): `redacts` may be a list of event IDs.
    pub redacts_list: bool,
    /// What decides whether a received redaction is applied.
    pub check: RedactionCheck,
}

/// Where a redaction names its target (MSC2174).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RedactsLocation {
    /// Rooms 1 to 10: the event's top level.
    TopLevel,
    /// Rooms 11 and later: `content`.
    Content,
}

/// What decides whether a received redaction is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RedactionCheck {
    /// Rooms 1 and 2: authorization rule 11 decided it; an accepted redaction applies.
    AuthorizationRule,
    /// Rooms 3 and later: the sender has the redact level, or both events' senders share a server.
    LevelOrServer,
}

/// What the authorization rules look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthorizationRules {
    /// Which text of the rules their numbers refer to.
    pub numbering: RuleNumbering,
    /// Who created the room.
    pub creators: Creators,
    /// Rooms 1 to 11: `m.room.create` is among an event's `auth_events`. In room 12 the room ID names it.
    pub selects_create_event: bool,
    /// Rooms 1 to 5: `m.room.aliases` has a rule of its own (MSC2432 ended that).
    pub aliases_rule: bool,
    /// Rooms 1 and 2: redactions are decided by the authorization rules.
    pub redaction_rule: bool,
    /// Rooms 6 and later (MSC2209): changes of `notifications` are checked like those of `events`.
    pub checks_notifications: bool,
    /// Rooms 7 and later (MSC2403): `knock` as membership and join rule.
    pub knock: bool,
    /// Rooms 8 and later: the join rule `restricted`.
    pub restricted: bool,
    /// Rooms 10 and later: the join rule `knock_restricted`.
    pub knock_restricted: bool,
    /// How power levels may be written.
    pub power_levels: PowerLevelFormat,
}

/// Which text of the authorization rules a rule's number refers to: the first version that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleNumbering {
    /// Rooms 1 and 2.
    V1,
    /// Rooms 3 to 5: the rule about redactions is gone.
    V3,
    /// Room 6: the rule about aliases is gone.
    V6,
    /// Room 7: knocking.
    V7,
    /// Rooms 8 and 9: restricted joins.
    V8,
    /// Room 10: power levels are integers.
    V10,
    /// Room 11: `creator` is no longer asked for.
    V11,
    /// Room 12: the room ID names the create event; creators stand above power levels.
    V12,
}

/// Who created a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Creators {
    /// Rooms 1 to 10: `content.creator` of the create event.
    ContentCreator,
    /// Room 11 (MSC2175): the create event's sender.
    Sender,
    /// Room 12: its sender and `content.additional_creators`, all with infinite power.
    Privileged,
}

/// How the levels in `m.room.power_levels` may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PowerLevelFormat {
    /// Rooms 1 to 9: integers, strings that hold one, and floats (cut at the point) where JSON lets them pass.
    Tolerant,
    /// Rooms 10 and later: integers only.
    Integers,
}

/// Which algorithm merges diverging states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateResolution {
    /// Room 1: by depth and type.
    V1,
    /// Rooms 2 to 11 (MSC1442).
    V2,
    /// Room 12 (MSC4297): as [`StateResolution::V2`], from an empty state and with the conflicted state subgraph.
    V2_1,
}
