//! The checks that need nothing but the event: its shape, its sizes, its numbers.

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{EventId, RoomId, UserId};
use matrix_roomversion::{CanonicalJson, EventFormat, IdLimit, RedactsLocation, RoomVersionRules};

use crate::{
    error::Error,
    fields::{self, identifier, invalid, server_of},
    references::check_references,
};

/// The most bytes that an event may have as canonical JSON, signatures included.
pub const MAX_EVENT_BYTES: usize = 65_536;

/// The greatest length of `type`, `state_key` and identifiers, in code points or bytes as the room version says.
pub const MAX_ID_LENGTH: usize = 255;

/// The most entries of `auth_events`.
pub const MAX_AUTH_EVENTS: usize = 10;

/// The most entries of `prev_events`.
pub const MAX_PREV_EVENTS: usize = 20;

/// Checks that a received event is valid: the first of the checks on receipt of a PDU. One that is not is dropped.
///
/// - Rooms 6 and later: strict canonical JSON (MSC2540). Read the event with
///   [`Mode::Lenient`](matrix_canonicaljson::Mode::Lenient) to have the offending place named here; a `-0`
///   is 0 after that, and only strict reading refuses it.
/// - At most [`MAX_EVENT_BYTES`] bytes, all of it counted.
/// - The fields of the room version's event format are there and of their types. Rooms 1 and 2 have `event_id`, and
///   `[event_id, {"sha256": hash}]` pairs as references; later ones lists of event IDs. In room 12 `m.room.create` has
///   no `room_id`.
/// - `type`, `state_key` and identifiers are at most 255 code points long, from room 11 on 255 bytes.
/// - At most [`MAX_AUTH_EVENTS`] and [`MAX_PREV_EVENTS`] references; `depth` from 0 to 2^63 − 1, from room 6 on to
///   2^53 − 1.
///
/// See [event format](https://spec.matrix.org/v1.19/rooms/v12/#event-format-1),
/// [size limits](https://spec.matrix.org/v1.19/client-server-api/#size-limits) and
/// [checks on receipt of a PDU](https://spec.matrix.org/v1.19/server-server-api/#checks-performed-on-receipt-of-a-pdu).
///
/// # Errors
///
/// [`Error::NotCanonicalJson`], [`Error::EventTooLarge`], [`Error::MissingField`], [`Error::InvalidField`],
/// [`Error::InvalidIdentifier`], [`Error::FieldTooLong`], [`Error::TooManyEvents`], [`Error::DepthOutOfRange`] or
/// [`Error::UnexpectedField`].
pub fn check_format(event: &Object, rules: &RoomVersionRules) -> Result<(), Error> {
    if rules.canonical_json == CanonicalJson::Strict {
        event.check_strict()?;
    }
    let bytes = event.to_canonical().len();
    if bytes > MAX_EVENT_BYTES {
        return Err(Error::EventTooLarge { bytes });
    }
    check_identifiers(event, rules)?;
    check_types(event, rules)?;
    check_references(event, "auth_events", MAX_AUTH_EVENTS, rules)?;
    check_references(event, "prev_events", MAX_PREV_EVENTS, rules)
}

/// What kind of text a field holds.
#[derive(Clone, Copy)]
pub(crate) enum Text {
    Any,
    UserId,
    RoomId,
    EventId,
}

/// `type`, `state_key`, `sender`, `room_id` and `event_id`.
fn check_identifiers(event: &Object, rules: &RoomVersionRules) -> Result<(), Error> {
    let event_type = fields::string(event, "type")?;
    check_text(event_type, "type", Text::Any, rules.id_limit)?;
    if event.contains_key("state_key") {
        check_text(fields::string(event, "state_key")?, "state_key", Text::Any, rules.id_limit)?;
    }
    check_text(fields::string(event, "sender")?, "sender", Text::UserId, rules.id_limit)?;
    if rules.event_format == EventFormat::V12 && event_type == "m.room.create" {
        if event.contains_key("room_id") {
            return Err(Error::UnexpectedField("room_id"));
        }
    } else {
        check_text(fields::string(event, "room_id")?, "room_id", Text::RoomId, rules.id_limit)?;
    }
    if rules.event_format == EventFormat::V1 {
        check_text(fields::string(event, "event_id")?, "event_id", Text::EventId, rules.id_limit)?;
    }
    Ok(())
}

/// The fields that are no identifiers.
fn check_types(event: &Object, rules: &RoomVersionRules) -> Result<(), Error> {
    fields::object(event, "content")?;
    fields::integer(event, "origin_server_ts")?;
    check_depth(event, rules)?;
    let hashes = fields::object(event, "hashes")?;
    match hashes.get("sha256") {
        None => return Err(Error::MissingField("hashes.sha256".to_owned())),
        Some(Value::String(_)) => {}
        Some(_) => return Err(invalid("hashes.sha256", "a string")),
    }
    check_signatures(fields::object(event, "signatures")?)?;
    if event.contains_key("unsigned") {
        fields::object(event, "unsigned")?;
    }
    let is_redaction = event.get_str("type") == Some(matrix_redaction::REDACTION_TYPE);
    if is_redaction
        && rules.redaction.redacts_location == RedactsLocation::TopLevel
        && event.contains_key("redacts")
    {
        fields::string(event, "redacts")?;
    }
    Ok(())
}

fn check_depth(event: &Object, rules: &RoomVersionRules) -> Result<(), Error> {
    let max = match rules.canonical_json {
        CanonicalJson::Lenient => i64::MAX,
        CanonicalJson::Strict => (1 << 53) - 1,
    };
    match fields::required(event, "depth")? {
        Value::Integer(depth) if (0..=max).contains(&depth.get()) => Ok(()),
        Value::Number(depth) if depth.as_i64().is_some_and(|depth| (0..=max).contains(&depth)) => Ok(()),
        Value::Number(depth) if !depth.is_integer() => Err(invalid("depth", "an integer")),
        Value::Integer(_) | Value::Number(_) => Err(Error::DepthOutOfRange { max }),
        _ => Err(invalid("depth", "an integer")),
    }
}

/// An object of objects of strings.
fn check_signatures(signatures: &Object) -> Result<(), Error> {
    for (server, own) in signatures {
        let own = own.as_object().ok_or_else(|| invalid(format!("signatures.{server:?}"), "an object"))?;
        if let Some((key_id, _)) = own.iter().find(|(_, signature)| signature.as_str().is_none()) {
            return Err(invalid(format!("signatures.{server:?}.{key_id:?}"), "a string"));
        }
    }
    Ok(())
}

/// Checks the length of a text and that it is the identifier it should be.
pub(crate) fn check_text(text: &str, field: &str, kind: Text, limit: IdLimit) -> Result<(), Error> {
    let too_long = |length, unit| Err(Error::FieldTooLong { field: field.to_owned(), length, unit });
    // The identifiers' own parsers refuse more than 255 bytes, which rooms 1 to 10 allow.
    if text.len() > MAX_ID_LENGTH {
        let code_points = text.chars().count();
        if code_points > MAX_ID_LENGTH {
            return too_long(code_points, "code points");
        }
        if limit == IdLimit::Bytes {
            return too_long(text.len(), "bytes");
        }
        return check_long_identifier(text, field, kind);
    }
    let result = match kind {
        Text::Any => Ok(()),
        Text::UserId => UserId::parse(text).map(drop),
        Text::RoomId => RoomId::parse(text).map(drop),
        Text::EventId => EventId::parse(text).map(drop),
    };
    result.map_err(|source| identifier(field, text, source))
}

/// Checks an identifier that is too long for its parser by what is needed of it: the sigil and a user's server.
fn check_long_identifier(text: &str, field: &str, kind: Text) -> Result<(), Error> {
    let sigil = match kind {
        Text::Any => return Ok(()),
        Text::UserId => '@',
        Text::RoomId => '!',
        Text::EventId => '$',
    };
    if !text.starts_with(sigil) {
        return Err(identifier(field, text, matrix_identifiers::Error::MissingSigil { sigil }));
    }
    if matches!(kind, Text::UserId) {
        server_of(text, field)?;
    }
    Ok(())
}
