//! Reading a room's text.

use matrix_canonicaljson::{Mode, Value};
use matrix_roomversion::RoomVersion;

use crate::room_file::Row;

/// Reads JSON lines, or one JSON array. Strings may hold U+2028: only `\n` ends a line.
pub(crate) fn rows(text: &str) -> Result<Vec<Row>, String> {
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
