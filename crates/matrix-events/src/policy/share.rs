use matrix_canonicaljson::Object;

/// The media type to ask for (`Accept`) when a policy list is shared as a web address.
pub const SHARE_MEDIA_TYPE: &str = "application/json";

/// Returns the address of the machine-readable form of a policy list that is shared as a web address: `.json` at its end.
/// The address itself answers alike when [`SHARE_MEDIA_TYPE`] is asked for.
#[must_use]
pub fn share_json_url(url: &str) -> String {
    format!("{url}.json")
}

/// Returns the reference to the policy room, a matrix.to or `matrix:` URI, out of the answer.
#[must_use]
pub fn shared_room_uri(answer: &Object) -> Option<&str> {
    answer.get_str("room_uri")
}
