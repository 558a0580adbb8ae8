use matrix_identifiers::{EventId, OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, UserId};
use matrix_roomversion::{EventFormat, RoomVersionRules};

use crate::{error::Error, event::Event, json, python_int};

/// An event as servers send it to each other, cut down to what the rules and state resolution read.
///
/// Reading is not the format check: it asks that the fields it keeps have the type that they have in the room's
/// version, and no more. A server checks format, hashes and signatures (`matrix-signatures`) before.
///
/// ```
/// use matrix_authrules::{Event, Pdu};
/// use matrix_roomversion::RoomVersion;
///
/// let json = r#"{"type": "m.room.create", "sender": "@alice:example.org", "state_key": "", "prev_events": [],
///     "room_id": "!r:example.org", "content": {"creator": "@alice:example.org"}, "auth_events": [],
///     "event_id": "$1:example.org", "origin_server_ts": 1600000000000, "depth": 1}"#;
/// let event = Pdu::parse(json, None, RoomVersion::V1.rules())?;
/// assert_eq!((event.event_id().as_str(), event.depth()), ("$1:example.org", 1));
/// # Ok::<(), matrix_authrules::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdu {
    event_id: OwnedEventId,
    room_id: Option<OwnedRoomId>,
    sender: OwnedUserId,
    event_type: Box<str>,
    state_key: Option<Box<str>>,
    content: Box<str>,
    origin_server_ts: i64,
    depth: i64,
    prev_events: Box<[OwnedEventId]>,
    auth_events: Box<[OwnedEventId]>,
    redacts: Option<OwnedEventId>,
}

impl Pdu {
    /// Reads the JSON text of an event.
    ///
    /// `event_id` is the event's ID; in rooms 1 and 2 it may be left to the event's own `event_id`. Absent
    /// `prev_events` and `auth_events` are empty, an absent `depth` or `origin_server_ts` is 0, and integers
    /// beyond `i64` stop at its ends.
    ///
    /// # Errors
    ///
    /// Fails where `json` is no object, where the ID, `sender`, `type` or `content` is missing, and where a field
    /// is not of its type.
    pub fn parse(json: &str, event_id: Option<&EventId>, rules: &RoomVersionRules) -> Result<Self, Error> {
        let [
            own_id,
            room_id,
            sender,
            event_type,
            state_key,
            content,
            origin_server_ts,
            depth,
            prev,
            auth,
            redacts,
        ] = json::fields(json, FIELDS).ok_or(Error::NotAnObject)?;
        let own_id = own_id.filter(|_| rules.event_format == EventFormat::V1);
        let event_id = match (event_id, own_id) {
            (Some(event_id), _) => event_id.to_owned(),
            (None, Some(own_id)) => identifier("event_id", own_id)?,
            (None, None) => return Err(Error::MissingField("event_id")),
        };
        let content = content.ok_or(Error::MissingField("content"))?;
        if !content.starts_with('{') {
            return Err(Error::InvalidField { field: "content", expected: "an object" });
        }
        Ok(Self {
            event_id,
            room_id: room_id.map(|value| identifier("room_id", value)).transpose()?,
            sender: identifier("sender", sender.ok_or(Error::MissingField("sender"))?)?,
            event_type: string("type", event_type.ok_or(Error::MissingField("type"))?)?,
            state_key: state_key.map(|value| string("state_key", value)).transpose()?,
            content: content.into(),
            origin_server_ts: integer("origin_server_ts", origin_server_ts)?,
            depth: integer("depth", depth)?,
            prev_events: references("prev_events", prev, rules.event_format)?,
            auth_events: references("auth_events", auth, rules.event_format)?,
            redacts: redacts.and_then(|value| identifier("redacts", value).ok()),
        })
    }
}

const FIELDS: [&str; 11] = [
    "event_id",
    "room_id",
    "sender",
    "type",
    "state_key",
    "content",
    "origin_server_ts",
    "depth",
    "prev_events",
    "auth_events",
    "redacts",
];

fn string(field: &'static str, value: &str) -> Result<Box<str>, Error> {
    json::string(value).map(Into::into).ok_or(Error::InvalidField { field, expected: "a string" })
}

fn identifier<T>(field: &'static str, value: &str) -> Result<T, Error>
where
    T: TryFrom<String, Error = matrix_identifiers::Error>,
{
    T::try_from(string(field, value)?.into()).map_err(|source| Error::InvalidIdentifier { field, source })
}

fn integer(field: &'static str, value: Option<&str>) -> Result<i64, Error> {
    let Some(value) = value else { return Ok(0) };
    python_int::parse(value).ok_or(Error::InvalidField { field, expected: "an integer" })
}

fn references(
    field: &'static str,
    value: Option<&str>,
    format: EventFormat,
) -> Result<Box<[OwnedEventId]>, Error> {
    let expected = match format {
        EventFormat::V1 => "a list of pairs of an event ID and its hashes",
        EventFormat::V3 | EventFormat::V12 => "a list of event IDs",
    };
    let mut ids = Vec::new();
    let mut wrong = None;
    let is_list = value.is_none_or(|value| {
        json::array(value, |item| match reference(field, item, format) {
            Some(Ok(id)) => ids.push(id),
            Some(Err(error)) => wrong = Some(error),
            None => wrong = Some(Error::InvalidField { field, expected }),
        })
    });
    match wrong {
        Some(error) => Err(error),
        None if is_list => Ok(ids.into()),
        None => Err(Error::InvalidField { field, expected }),
    }
}

/// Reads one reference: `None` where it has not the form of the version.
fn reference(field: &'static str, item: &str, format: EventFormat) -> Option<Result<OwnedEventId, Error>> {
    let mut id = Some(item);
    if format == EventFormat::V1 {
        id = None;
        json::array(item, |part| {
            id.get_or_insert(part);
        });
    }
    id.filter(|id| id.starts_with('"')).map(|id| identifier(field, id))
}

impl Event for Pdu {
    fn event_id(&self) -> &EventId {
        &self.event_id
    }

    fn room_id(&self) -> Option<&RoomId> {
        self.room_id.as_deref()
    }

    fn sender(&self) -> &UserId {
        &self.sender
    }

    fn event_type(&self) -> &str {
        &self.event_type
    }

    fn state_key(&self) -> Option<&str> {
        self.state_key.as_deref()
    }

    fn content(&self) -> &str {
        &self.content
    }

    fn origin_server_ts(&self) -> i64 {
        self.origin_server_ts
    }

    fn depth(&self) -> i64 {
        self.depth
    }

    fn prev_events(&self) -> impl Iterator<Item = &EventId> {
        self.prev_events.iter().map(|id| &**id)
    }

    fn auth_events(&self) -> impl Iterator<Item = &EventId> {
        self.auth_events.iter().map(|id| &**id)
    }

    fn redacts(&self) -> Option<&EventId> {
        self.redacts.as_deref()
    }
}
