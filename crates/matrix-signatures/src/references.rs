use matrix_canonicaljson::{Object, Value};
use matrix_roomversion::{EventFormat, RoomVersionRules};

use crate::{
    error::Error,
    fields::{self, invalid},
    format::{Text, check_text},
};

/// Checks `auth_events` or `prev_events`: how many they are, and that they have the shape of the event format.
pub(crate) fn check_references(
    event: &Object,
    field: &'static str,
    max: usize,
    rules: &RoomVersionRules,
) -> Result<(), Error> {
    let list = fields::required(event, field)?.as_array().ok_or_else(|| invalid(field, "a list"))?;
    if list.len() > max {
        return Err(Error::TooManyEvents { field, count: list.len(), max });
    }
    for (index, reference) in list.iter().enumerate() {
        let path = format!("{field}[{index}]");
        let id = match rules.event_format {
            EventFormat::V1 => pair_id(reference).ok_or_else(|| invalid(path.as_str(), PAIR))?,
            EventFormat::V3 | EventFormat::V12 => {
                reference.as_str().ok_or_else(|| invalid(path.as_str(), "an event ID"))?
            }
        };
        check_text(id, &path, Text::EventId, rules.id_limit)?;
    }
    Ok(())
}

const PAIR: &str = "a pair of an event ID and {\"sha256\": hash}";

/// The event ID of `[event_id, {"sha256": hash}]`.
fn pair_id(reference: &Value) -> Option<&str> {
    match reference.as_array()? {
        [id, hashes] => {
            hashes.as_object()?.get_str("sha256")?;
            id.as_str()
        }
        _ => None,
    }
}
