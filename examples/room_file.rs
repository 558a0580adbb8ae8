//! PDUs as they stand in files, and the checks that come before authorization.

use matrix_authrules::Pdu;
use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::OwnedEventId;
use matrix_redaction::redact;
use matrix_roomversion::RoomVersionRules;
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
