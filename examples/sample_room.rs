//! The events of the room that ships in `examples/data/v12-main`, for examples that take them as they are.

use matrix_authrules::Pdu;
use matrix_canonicaljson::{Mode, Value};
use matrix_identifiers::OwnedEventId;
use matrix_roomversion::{RoomVersion, RoomVersionRules};

const PDUS: &str = include_str!("data/v12-main/pdus.jsonl");

/// What goes wrong in these examples: whatever it is, it is told and ends them.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Returns the rules of the room's version.
pub(crate) fn rules() -> &'static RoomVersionRules {
    RoomVersion::V12.rules()
}

/// Returns the events: the ID, the JSON text, and what authorization reads of it.
pub(crate) fn events() -> Result<Vec<(OwnedEventId, String, Pdu)>, Failure> {
    let event = |line: &str| {
        let mut row =
            Value::parse(line.as_bytes(), Mode::Lenient)?.into_object().map_err(|_| "not an object")?;
        let id: OwnedEventId = row.get_str("event_id").ok_or("no event ID")?.parse()?;
        let json = String::from_utf8(row.remove("event").ok_or("no event")?.to_canonical())?;
        let pdu = Pdu::parse(&json, Some(&id), rules())?;
        Ok((id, json, pdu))
    };
    PDUS.split('\n').filter(|line| !line.is_empty()).map(event).collect()
}
