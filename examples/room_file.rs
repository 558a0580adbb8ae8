//! Rooms in files: reading PDUs and putting each through the checks that come before authorization.

use matrix_authrules::Pdu;
use matrix_canonicaljson::{Mode, Object, Value};
use matrix_identifiers::OwnedEventId;
use matrix_redaction::redact;
use matrix_roomversion::{RoomVersion, RoomVersionRules};
use matrix_signatures::{KeyRing, Verdict, check_format, event_id, verify_event};

/// An event of a file, and the ID that the file gives for it.
pub(crate) struct Row {
    pub(crate) event_id: Option<String>,
    pub(crate) event: Object,
}

/// What keeps an event from being authorized at all: which check on receipt of a PDU it failed, and why.
pub(crate) struct Refusal {
    pub(crate) check: &'static str,
    pub(crate) reason: String,
}

impl Row {
    /// Takes apart a PDU, or `{"event_id", "event"}`.
    pub(crate) fn from_value(value: Value) -> Result<Self, String> {
        let mut object = value.into_object().map_err(|_| "not a JSON object".to_owned())?;
        match object.remove("event") {
            Some(Value::Object(event)) => {
                Ok(Self { event_id: object.get_str("event_id").map(str::to_owned), event })
            }
            Some(_) => Err("`event` is not a JSON object".to_owned()),
            None => Ok(Self { event_id: None, event: object }),
        }
    }
}

/// Reads JSON lines, or one JSON array. Strings may hold U+2028: only `\n` ends a line.
pub(crate) fn read(text: &str) -> Result<Vec<Row>, String> {
    if text.trim_start().starts_with('[') {
        let array = Value::parse(text.as_bytes(), Mode::Lenient).map_err(|error| error.to_string())?;
        let items = match array {
            Value::Array(items) => items,
            _ => Vec::new(),
        };
        let rows = items.into_iter().enumerate();
        return rows.map(|(n, item)| Row::from_value(item).map_err(|e| format!("item {n}: {e}"))).collect();
    }
    let lines = text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(n, line)| {
            let value = Value::parse(line.as_bytes(), Mode::Lenient).map_err(|error| error.to_string());
            value.and_then(Row::from_value).map_err(|error| format!("line {}: {error}", n + 1))
        })
        .collect()
}

/// Finds the version that the room's create event names; a create event without one is of version 1.
pub(crate) fn version_of(rows: &[Row]) -> Result<RoomVersion, String> {
    let create = rows
        .iter()
        .find(|row| row.event.get_str("type") == Some("m.room.create"))
        .ok_or("there is no m.room.create event: the room version is not known")?;
    match create.event.get_object("content").and_then(|content| content.get("room_version")) {
        None => Ok(RoomVersion::WITHOUT_ROOM_VERSION),
        Some(Value::String(version)) => version.parse().map_err(|error| format!("the create event: {error}")),
        Some(_) => Err("the create event: `room_version` is not a string".to_owned()),
    }
}

/// Works out the event's ID, which from room 3 on is a hash that the file's must agree with.
pub(crate) fn identify(row: &Row, rules: &RoomVersionRules) -> Result<OwnedEventId, Refusal> {
    let refuse = |reason: String| Refusal { check: "1", reason };
    let id = event_id(&row.event, rules).map_err(|error| refuse(error.to_string()))?;
    match &row.event_id {
        Some(given) if *given != id.as_str() => {
            Err(refuse(format!("its content makes it {id}: the event was tampered with")))
        }
        _ => Ok(id),
    }
}

/// Puts an event through checks 1 to 3: format, signatures (with keys), content hash.
///
/// <https://spec.matrix.org/v1.19/server-server-api/#checks-performed-on-receipt-of-a-pdu>
pub(crate) fn receive(
    row: &Row,
    rules: &RoomVersionRules,
    keys: &KeyRing,
    now_ms: i64,
) -> Result<Pdu, Refusal> {
    check_format(&row.event, rules).map_err(|error| Refusal { check: "1", reason: error.to_string() })?;
    let id = identify(row, rules)?;
    let verdict = verify_event(&row.event, keys, now_ms, rules)
        .map_err(|error| Refusal { check: "2", reason: error.to_string() })?;
    let redacted = match verdict {
        Verdict::Redact => redact(&row.event, &rules.redaction).ok(),
        _ => None,
    };
    pdu(redacted.as_ref().unwrap_or(&row.event), &id, rules)
}

/// Reads of an event what authorization needs.
pub(crate) fn pdu(event: &Object, id: &OwnedEventId, rules: &RoomVersionRules) -> Result<Pdu, Refusal> {
    let refuse = |reason: String| Refusal { check: "1", reason };
    let json = String::from_utf8(event.to_canonical()).map_err(|error| refuse(error.to_string()))?;
    Pdu::parse(&json, Some(id), rules).map_err(|error| refuse(error.to_string()))
}
