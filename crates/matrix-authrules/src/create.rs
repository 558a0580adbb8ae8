use matrix_identifiers::{EventId, OwnedEventId, OwnedUserId, RoomVersionId, UserId};
use matrix_roomversion::{AuthorizationRules, Creators, RoomVersion};

use crate::{event::Event, json, rule::Rule};

/// The `m.room.create` event, as the rules read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Create {
    event_id: OwnedEventId,
    sender: OwnedUserId,
    creators: Box<[OwnedUserId]>,
    federate: bool,
    room_version: Option<Box<str>>,
    defect: Option<Rule>,
}

impl Create {
    /// Returns the event's ID.
    pub fn event_id(&self) -> &EventId {
        &self.event_id
    }

    /// Returns the event's sender.
    pub fn sender(&self) -> &UserId {
        &self.sender
    }

    /// Returns who created the room.
    ///
    /// Rooms 1 to 10: the user in `creator`, or nobody where that is no user ID. Room 11 (MSC2175): the sender.
    /// Room 12: the sender, then `additional_creators`.
    pub fn creators(&self) -> &[OwnedUserId] {
        &self.creators
    }

    /// Tells whether the user with this ID is one of the [`creators`](Self::creators).
    pub fn is_creator(&self, user_id: &str) -> bool {
        self.creators.iter().any(|creator| creator.as_str() == user_id)
    }

    /// Returns the user whose first join needs nothing but this event: `creator` in rooms 1 to 10, else the
    /// sender (`additional_creators` do not count).
    pub fn first_member(&self) -> Option<&UserId> {
        self.creators.first().map(|creator| &**creator)
    }

    /// Tells whether users of other servers than the sender's may take part: anything but `m.federate: false`.
    pub fn federate(&self) -> bool {
        self.federate
    }

    /// Returns `room_version` where it is a string; without one, a room has version 1.
    pub fn room_version(&self) -> Option<&str> {
        self.room_version.as_deref()
    }

    /// Returns the first of rules 1.3 and 1.4 that the content breaks.
    pub fn defect(&self) -> Option<Rule> {
        self.defect
    }

    pub(crate) fn parse<E: Event>(event: &E, rules: &AuthorizationRules) -> Self {
        let fields =
            json::fields(event.content(), ["m.federate", "room_version", "creator", "additional_creators"]);
        let readable = fields.is_some();
        let [federate, version, creator, additional] = fields.unwrap_or_default();
        let version = version.map(json::string);
        let known = version.as_ref().is_none_or(|version| version.as_deref().is_some_and(is_known));
        let mut defect = (!known || !readable).then_some(Rule::CreateRoomVersion);

        let mut creators = Vec::new();
        if rules.creators == Creators::ContentCreator {
            if creator.is_none() {
                defect = defect.or(Some(Rule::CreateCreator));
            }
            creators.extend(creator.and_then(user_id));
        } else {
            creators.push(event.sender().to_owned());
        }
        if let (Creators::Privileged, Some(additional)) = (rules.creators, additional) {
            let mut valid = true;
            let array = json::array(additional, |item| match user_id(item) {
                Some(user_id) => creators.push(user_id),
                None => valid = false,
            });
            if !array || !valid {
                defect = defect.or(Some(Rule::CreateAdditionalCreators));
            }
        }
        Self {
            event_id: event.event_id().to_owned(),
            sender: event.sender().to_owned(),
            creators: creators.into(),
            federate: federate != Some("false"),
            room_version: version.flatten().map(Into::into),
            defect,
        }
    }
}

fn is_known(version: &str) -> bool {
    RoomVersionId::parse(version).is_ok_and(|version| RoomVersion::try_from(version).is_ok())
}

fn user_id(value: &str) -> Option<OwnedUserId> {
    UserId::parse(&json::string(value)?).ok().map(UserId::to_owned)
}
