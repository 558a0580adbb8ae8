use matrix_canonicaljson::Object;

use super::event::Facts;

/// Returns the content of an event after an edit: the edit's `m.new_content`, with the event's own `m.relates_to`.
///
/// Both contents are decrypted ones where the events were encrypted; but the original's `m.relates_to` is that of the
/// wire, which is what `relates_to` takes. `None` where the edit has no `m.new_content`. Whether the edit is a valid one
/// is up to [`Related::latest_edit`](super::Related::latest_edit).
///
/// Source: [applying `m.new_content`](https://spec.matrix.org/v1.19/client-server-api/#applying-mnew_content).
///
/// ```
/// use matrix_canonicaljson::Object;
/// use matrix_events::relation::edited_content;
///
/// let original: Object = r#"{"body": "I like cake", "m.relates_to": {"m.in_reply_to": {"event_id": "$q"}}}"#.parse()?;
/// let edit: Object = r#"{"body": "* no", "m.new_content": {"body": "no"}}"#.parse()?;
/// let edited = edited_content(original.get_object("m.relates_to"), &edit).ok_or("no new content")?;
/// assert_eq!(edited.to_string(), r#"{"body":"no","m.relates_to":{"m.in_reply_to":{"event_id":"$q"}}}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn edited_content(relates_to: Option<&Object>, edit: &Object) -> Option<Object> {
    let mut content = edit.get_object("m.new_content")?.clone();
    match relates_to {
        Some(relates_to) => content.insert("m.relates_to", relates_to.clone()),
        None => content.remove("m.relates_to"),
    };
    Some(content)
}

/// Returns whether an event with the relation of an edit is one, whatever it edits: a server sees encrypted events as they
/// are and cannot ask for the new content.
pub(super) fn is_edit(edit: &Facts) -> bool {
    !edit.is_state && (edit.has_new_content || edit.is_opaque)
}

/// Returns whether an edit of the same sender and wire type is valid, as far as the two events alone can tell.
///
/// Whoever has read the original has to have read the edit as well, and found the same type in it.
///
/// Source: [validity of replacement events](https://spec.matrix.org/v1.19/client-server-api/#validity-of-replacement-events).
pub(super) fn is_valid(original: &Facts, edit: &Facts) -> bool {
    let same_type = match (&original.decrypted_type, &edit.decrypted_type) {
        (Some(original), Some(edit)) => original == edit,
        (Some(_), None) => false,
        (None, _) => true,
    };
    same_type && !original.is_state
}
