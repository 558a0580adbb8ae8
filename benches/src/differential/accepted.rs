//! The accepted differences, each recognised by what it is about and explained in `DIFFERENCES.md`.

use matrix_canonicaljson::{Object, Value};
use matrix_roomversion::RoomVersion;

/// What one side makes of an event; `None` where it refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Works {
    pub canonical: Option<Vec<u8>>,
    pub content_hash: Option<[u8; 32]>,
    pub event_id: Option<String>,
    pub redacted: Option<Vec<u8>>,
    pub verdict: Option<bool>,
    pub well_formed: bool,
}

impl Works {
    pub fn shown(&self, work: &str) -> String {
        let text = |bytes: &Option<Vec<u8>>| match bytes {
            Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            None => "refuses".to_owned(),
        };
        match work {
            "canonical" => text(&self.canonical),
            "redacted" => text(&self.redacted),
            "event_id" => format!("{:?}", self.event_id),
            "content_hash" => format!("{:?}", self.content_hash),
            "verdict" => format!("{:?}", self.verdict),
            _ => format!("{:?}", self.well_formed),
        }
    }
}

/// An accepted difference, by its heading in `DIFFERENCES.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// ruma allows and hashes one byte less.
    PduSize,
    /// ruma's format check counts bytes in every room.
    LengthInBytes,
    /// ruma's format check looks at fewer fields.
    FormatFields,
    /// ruma's format check looks for the create event of room 12 among `auth_events`.
    CreateInAuthEvents,
    /// Without `content`, ours has no redacted form.
    ContentMissing,
    /// ruma keeps a `content` that is no object when it redacts.
    ContentNotAnObject,
    /// ruma keeps a `third_party_invite` that is no object when it redacts.
    InviteNotAnObject,
    /// ruma keeps the `room_id` of a create event of room 12 when it redacts.
    CreateRoomId,
    /// ruma asks for the authoriser's signature on more than joins.
    AuthoriserOnNonJoins,
    /// ruma verifies no member event without a readable `membership` and `third_party_invite`.
    MemberContent,
    /// Ours needs `origin_server_ts` to know which keys were valid.
    TimeMissing,
    /// Without a readable `join_rule`, ruma lets no member event pass that has to look at it.
    JoinRuleUnreadable,
    /// Below room 10, ruma refuses values of power levels that the rules do not look at, or that Python reads.
    LevelsBelowRoom10,
    /// ruma takes a `third_party_invite` of `null` for none.
    InviteNull,
    /// ruma selects no auth events for a member event that it cannot read.
    SelectionFromUnreadable,
    /// Ours refuses a number that is not strict even where a later member of the same key takes its place.
    OverwrittenNumber,
}

impl Difference {
    /// Those that events show.
    pub const OF_EVENTS: [Self; 11] = [
        Self::PduSize,
        Self::LengthInBytes,
        Self::FormatFields,
        Self::CreateInAuthEvents,
        Self::ContentMissing,
        Self::ContentNotAnObject,
        Self::InviteNotAnObject,
        Self::CreateRoomId,
        Self::AuthoriserOnNonJoins,
        Self::MemberContent,
        Self::TimeMissing,
    ];

    /// Those that the authorization rules show.
    pub const OF_AUTHORIZATION: [Self; 3] =
        [Self::JoinRuleUnreadable, Self::LevelsBelowRoom10, Self::InviteNull];

    /// Returns the heading in `DIFFERENCES.md`.
    pub fn name(self) -> String {
        format!("{self:?}")
    }

    /// Returns the accepted differences that explain how two results differ.
    ///
    /// # Errors
    ///
    /// The name of the first work in which they differ for no accepted reason.
    pub fn between(
        event: &Object,
        version: RoomVersion,
        ours: &Works,
        peers: &Works,
    ) -> Result<Vec<Self>, String> {
        let mut found = Vec::new();
        for (work, alike) in [
            ("canonical", ours.canonical == peers.canonical),
            ("content_hash", ours.content_hash == peers.content_hash),
            ("event_id", ours.event_id == peers.event_id),
            ("redacted", ours.redacted == peers.redacted),
            ("verdict", ours.verdict == peers.verdict),
            ("well_formed", ours.well_formed == peers.well_formed),
        ] {
            if !alike {
                let case = Case { event, version, ours, peers, work };
                let before = found.len();
                found.extend(Self::OF_EVENTS.into_iter().filter(|difference| difference.explains(&case)));
                if found.len() == before {
                    return Err(work.to_owned());
                }
            }
        }
        Ok(found)
    }

    /// Whether this is the reason for a difference: the event is of the kind, and the results are the expected ones.
    fn explains(self, case: &Case<'_>) -> bool {
        let Case { event, version, ours, peers, work } = *case;
        let content = event.get("content");
        let in_content = |key| content.and_then(Value::as_object).and_then(|content| content.get(key));
        let is = |event_type| event.get_str("type") == Some(event_type);
        let redacts = matches!(work, "event_id" | "redacted" | "verdict");
        match self {
            Self::PduSize => {
                let bytes = event.to_canonical().len();
                bytes > 65_400 && bytes <= 65_536 && work == "well_formed" && ours.well_formed
            }
            Self::LengthInBytes => {
                let long = |key| {
                    event.get_str(key).is_some_and(|text| text.len() > 255 && text.chars().count() <= 255)
                };
                work == "well_formed"
                    && ours.well_formed
                    && version <= RoomVersion::V10
                    && ["type", "sender", "room_id", "state_key"].into_iter().any(long)
            }
            Self::FormatFields => work == "well_formed" && !ours.well_formed,
            Self::CreateInAuthEvents => {
                let create = event.get_str("room_id").map(|id| id.replacen('!', "$", 1));
                let named = |create: &String| {
                    let ids = event.get_array("auth_events").unwrap_or_default();
                    ids.iter().any(|id| id.as_str() == Some(create))
                };
                work == "well_formed"
                    && ours.well_formed
                    && version == RoomVersion::V12
                    && create.as_ref().is_some_and(named)
            }
            Self::ContentMissing => {
                redacts && content.is_none() && ours.redacted.is_none() && ours.verdict.is_none()
            }
            Self::ContentNotAnObject => {
                redacts
                    && content.is_some_and(|content| content.as_object().is_none())
                    && ours.redacted.is_some()
            }
            Self::InviteNotAnObject => {
                let invite = in_content("third_party_invite");
                redacts
                    && is("m.room.member")
                    && version >= RoomVersion::V11
                    && invite.is_some_and(|invite| invite.as_object().is_none())
                    && ours.redacted.is_some()
            }
            Self::CreateRoomId => {
                redacts && is("m.room.create") && version == RoomVersion::V12 && event.contains_key("room_id")
            }
            Self::AuthoriserOnNonJoins => {
                let is_join =
                    is("m.room.member") && in_content("membership").and_then(Value::as_str) == Some("join");
                work == "verdict"
                    && version >= RoomVersion::V8
                    && in_content("join_authorised_via_users_server").is_some()
                    && !is_join
                    && ours.verdict.is_some()
                    && peers.verdict.is_none()
            }
            Self::MemberContent => {
                let membership = in_content("membership").and_then(Value::as_str);
                let invite = in_content("third_party_invite");
                work == "verdict"
                    && is("m.room.member")
                    && (membership.is_none()
                        || membership == Some("invite")
                            && invite.is_some_and(|invite| invite.as_object().is_none()))
                    && peers.verdict.is_none()
            }
            Self::TimeMissing => {
                work == "verdict"
                    && event.get_integer("origin_server_ts").is_none()
                    && ours.verdict.is_none()
                    && peers.verdict.is_some()
            }
            // These have tests of their own.
            Self::JoinRuleUnreadable
            | Self::LevelsBelowRoom10
            | Self::InviteNull
            | Self::SelectionFromUnreadable
            | Self::OverwrittenNumber => false,
        }
    }
}

/// Two results that differ.
struct Case<'a> {
    event: &'a Object,
    version: RoomVersion,
    ours: &'a Works,
    peers: &'a Works,
    work: &'a str,
}

#[test]
fn every_accepted_difference_is_explained() {
    let explained = include_str!("../../DIFFERENCES.md");
    let headings: Vec<&str> = explained.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let names: Vec<String> = Difference::OF_EVENTS
        .into_iter()
        .chain(Difference::OF_AUTHORIZATION)
        .chain([Difference::SelectionFromUnreadable, Difference::OverwrittenNumber])
        .map(Difference::name)
        .collect();
    assert_eq!(headings, names);
}
