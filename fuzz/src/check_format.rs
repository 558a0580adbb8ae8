//! The format of events.

use matrix_authrules::Pdu;
use matrix_canonicaljson::Object;
use matrix_redaction::redact;
use matrix_roomversion::{CanonicalJson, RoomVersionRules};
use matrix_signatures::{MAX_EVENT_BYTES, MAX_ID_LENGTH, check_format, event_id};

use crate::event::in_each_version;

/// Checks, in every room version, that a valid event is within the limits, stays valid when redacted or stripped of
/// `unsigned`, and can be read by all that comes after the check.
pub fn run(data: &[u8]) {
    in_each_version(data, |event, rules| match check_format(event, rules) {
        Ok(()) => check(event, rules),
        Err(error) => assert!(!error.to_string().is_empty() && !error.kind().is_empty()),
    });
}

fn check(event: &Object, rules: &RoomVersionRules) {
    let text = event.to_canonical();
    assert!(text.len() <= MAX_EVENT_BYTES);
    assert!(rules.canonical_json == CanonicalJson::Lenient || event.check_strict().is_ok());
    let mut stripped = event.clone();
    stripped.remove("unsigned");
    assert_eq!(check_format(&stripped, rules), Ok(()));
    let redacted = redact(event, &rules.redaction).expect("a valid event cannot be redacted");
    assert_eq!(check_format(&redacted, rules), Ok(()));
    // Rooms 1 to 10 allow identifiers of more bytes than the types of identifiers do.
    if has_long_text(event) {
        return;
    }
    let id = event_id(event, rules).expect("a valid event has no ID");
    let text = str::from_utf8(&text).expect("canonical JSON that is not UTF-8");
    if let Err(error) = Pdu::parse(text, Some(&id), rules) {
        panic!("a valid event cannot be read for authorization: {error}");
    }
}

/// Tells whether a text where identifiers stand is longer than 255 bytes.
fn has_long_text(event: &Object) -> bool {
    let is_long = |text: &str| text.len() > MAX_ID_LENGTH;
    let fields = ["room_id", "sender", "event_id"].into_iter().filter_map(|key| event.get_str(key));
    let references =
        ["auth_events", "prev_events"].into_iter().filter_map(|key| event.get_array(key)).flatten();
    let references =
        references.filter_map(|item| item.as_str().or_else(|| item.as_array()?.first()?.as_str()));
    fields.chain(references).any(is_long)
}
