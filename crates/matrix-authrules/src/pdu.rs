use matrix_identifiers::{EventId, OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, UserId};
use matrix_roomversion::{EventFormat, RoomVersionRules};

use crate::{error::Error, event::Event, json, python_int};

/// An event as it comes over federation, kept as far as authorization and state resolution read it.
///
/// Reading is tolerant: a `depth`, `origin_server_ts` or list of references that is not there is read as zero or
/// empty. Whether an event is well formed, and its hashes and signatures right, is for `matrix-signatures` to
/// say, before.
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
    /// Reads an event of a room with these rules. Its ID is given from outside, since from room 3 on it is a
    /// hash of the event; in rooms 1 and 2, without one, the event's own field is read.
    ///
    /// # Errors
    ///
    /// When the text is no JSON object, a field is of another type than it should be, or `type`, `sender`,
    /// `content` or the ID is missing.
    pub fn parse(json: &str, event_id: Option<&EventId>, rules: &RoomVersionRules) -> Result<Self, Error> {
        let fields = Fields::read(json)?;
        let own_id = match rules.event_format {
            EventFormat::V1 => fields.event_id,
            _ => None,
        };
        let event_id = match (event_id, own_id) {
            (Some(event_id), _) => event_id.to_owned(),
            (None, Some(own)) => identifier("event_id", own)?,
            (None, None) => return Err(Error::MissingField("event_id")),
        };
        let content = fields.content.ok_or(Error::MissingField("content"))?;
        Ok(Self {
            event_id,
            room_id: fields.room_id.map(|room_id| identifier("room_id", room_id)).transpose()?,
            sender: identifier("sender", fields.sender.ok_or(Error::MissingField("sender"))?)?,
            event_type: string("type", fields.event_type.ok_or(Error::MissingField("type"))?)?,
            state_key: fields.state_key.map(|state_key| string("state_key", state_key)).transpose()?,
            content: content.into(),
            origin_server_ts: integer("origin_server_ts", fields.origin_server_ts)?,
            depth: integer("depth", fields.depth)?,
            prev_events: references("prev_events", fields.prev_events, rules)?,
            auth_events: references("auth_events", fields.auth_events, rules)?,
            // Whatever stands there in later rooms is nobody's business.
            redacts: fields.redacts.and_then(|redacts| identifier("redacts", redacts).ok()),
        })
    }
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

/// The JSON texts of the fields.
#[derive(Default)]
struct Fields<'a> {
    event_id: Option<&'a str>,
    room_id: Option<&'a str>,
    sender: Option<&'a str>,
    event_type: Option<&'a str>,
    state_key: Option<&'a str>,
    content: Option<&'a str>,
    origin_server_ts: Option<&'a str>,
    depth: Option<&'a str>,
    prev_events: Option<&'a str>,
    auth_events: Option<&'a str>,
    redacts: Option<&'a str>,
}

impl<'a> Fields<'a> {
    fn read(json: &'a str) -> Result<Self, Error> {
        let mut fields = Self::default();
        let is_object = json::object(json, |key, value| {
            let field = match &*key {
                "event_id" => &mut fields.event_id,
                "room_id" => &mut fields.room_id,
                "sender" => &mut fields.sender,
                "type" => &mut fields.event_type,
                "state_key" => &mut fields.state_key,
                "content" => &mut fields.content,
                "origin_server_ts" => &mut fields.origin_server_ts,
                "depth" => &mut fields.depth,
                "prev_events" => &mut fields.prev_events,
                "auth_events" => &mut fields.auth_events,
                "redacts" => &mut fields.redacts,
                _ => return,
            };
            *field = Some(value);
        });
        if is_object { Ok(fields) } else { Err(Error::NotAnObject) }
    }
}

fn string(field: &'static str, value: &str) -> Result<Box<str>, Error> {
    let text = json::string(value).ok_or(Error::InvalidField { field, expected: "a string" })?;
    Ok(text.into())
}

fn identifier<T>(field: &'static str, value: &str) -> Result<T, Error>
where
    T: core::str::FromStr<Err = matrix_identifiers::Error>,
{
    let text = json::string(value).ok_or(Error::InvalidField { field, expected: "a string" })?;
    text.parse().map_err(|source| Error::InvalidIdentifier { field, source })
}

/// Reads an integer as rooms 1 to 5 may write it; larger ones stand at the end of the range.
fn integer(field: &'static str, value: Option<&str>) -> Result<i64, Error> {
    let Some(value) = value else { return Ok(0) };
    let float = || value.parse::<f64>().ok().filter(|float| float.is_finite()).map(|float| float as i64);
    python_int::parse(value).or_else(float).ok_or(Error::InvalidField { field, expected: "a number" })
}

fn references(
    field: &'static str,
    value: Option<&str>,
    rules: &RoomVersionRules,
) -> Result<Box<[OwnedEventId]>, Error> {
    let Some(value) = value else { return Ok(Box::default()) };
    let paired = rules.event_format == EventFormat::V1;
    let expected = if paired { "a list of pairs of event ID and hashes" } else { "a list of event IDs" };
    let mut ids = Vec::new();
    let mut read = |item: &str| -> Result<(), Error> {
        let mut id = (!paired).then(|| item.to_owned());
        if paired {
            json::array(item, |part| {
                id.get_or_insert_with(|| part.to_owned());
            });
        }
        let id = id.ok_or(Error::InvalidField { field, expected })?;
        ids.push(identifier(field, &id)?);
        Ok(())
    };
    let mut result = Ok(());
    let is_list = json::array(value, |item| {
        if result.is_ok() {
            result = read(item);
        }
    });
    result?;
    if is_list { Ok(ids.into()) } else { Err(Error::InvalidField { field, expected }) }
}
