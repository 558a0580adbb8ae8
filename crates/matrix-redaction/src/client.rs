//! `redacts` as clients of any age want it (MSC2174, MSC2244).

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::EventId;
use matrix_roomversion::{RedactionRules, RedactsLocation};

use crate::target::{is_redaction, location, targets};

/// Fills in `redacts` in both places, for serving a redaction to clients (MSC2174).
///
/// Rooms 11 and later gain it at the top level, for older clients; rooms 1 to 10 in `content`, for newer ones.
/// Where `redacts` is a list (MSC2244), the top level names the first of it. What stood in the place that
/// this room version does not read is replaced, or removed where the redaction names nothing: clients
/// of the other kind would act on it. Any other event is left alone.
/// See [room version 11](https://spec.matrix.org/v1.19/rooms/v11/#moving-the-redacts-property-of-mroomredaction-events-to-a-content-property).
pub fn to_client(event: &mut Object, rules: &RedactionRules) {
    if !is_redaction(event) {
        return;
    }
    let target = targets(event, rules).ok().and_then(|targets| targets.first().map(|id| (*id).to_owned()));
    let value = target.map(|id| Value::String(id.as_str().to_owned()));
    match location(rules) {
        RedactsLocation::Content => set(event, value),
        RedactsLocation::TopLevel => {
            if let Some(Value::Object(content)) = event.get_mut("content") {
                set(content, value);
            }
        }
    }
}

/// Moves `redacts` to where the room version wants it, in a redaction that a client sent as content.
///
/// Clients send the content alone, with `redacts` in it; in rooms 1 to 10 the server moves it to the top level
/// ([`PUT …/send/m.room.redaction`](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid)).
/// Any other event is left alone.
pub fn from_client(event: &mut Object, rules: &RedactionRules) {
    if !is_redaction(event) || location(rules) == RedactsLocation::Content {
        return;
    }
    let Some(Value::Object(content)) = event.get_mut("content") else { return };
    if let Some(redacts) = content.remove("redacts") {
        event.insert("redacts", redacts);
    }
}

/// Returns the copy of a redaction that stands in `unsigned.redacted_because` of an event it redacted.
///
/// Both places of `redacts` are filled as by [`to_client`]. Where `redacts` is a list, it is left out as
/// MSC2244 asks, being long, and the top level names the redacted event.
pub fn redacted_because(redaction: &Object, redacted: &EventId, rules: &RedactionRules) -> Object {
    let mut copy = redaction.clone();
    if !rules.redacts_list {
        to_client(&mut copy, rules);
        return copy;
    }
    if let Some(Value::Object(content)) = copy.get_mut("content") {
        content.remove("redacts");
    }
    copy.insert("redacts", redacted.as_str());
    copy
}

fn set(object: &mut Object, value: Option<Value>) {
    match value {
        Some(value) => object.insert("redacts", value),
        None => object.remove("redacts"),
    };
}
