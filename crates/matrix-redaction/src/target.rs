use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::EventId;
use matrix_roomversion::{RedactionRules, RedactsLocation};

use crate::error::Error;

/// The type of an event that redacts others.
pub const REDACTION_TYPE: &str = "m.room.redaction";

/// Returns whether an event is a redaction, by its `type`.
pub fn is_redaction(event: &Object) -> bool {
    event.get_str("type") == Some(REDACTION_TYPE)
}

/// Returns the event that a redaction names, or the first of a list (MSC2244).
///
/// Rooms 1 to 10 name it at the event's top level, later ones in `content` (MSC2174); what stands in the other
/// place means nothing. `None` for an event that is no redaction or names nothing: it redacts nothing.
///
/// # Errors
///
/// As [`targets`].
pub fn target<'a>(event: &'a Object, rules: &RedactionRules) -> Result<Option<&'a EventId>, Error> {
    Ok(targets(event, rules)?.into_iter().next())
}

/// Returns the events that a redaction names, in its order and without repetitions.
///
/// At most one, unless [`RedactionRules::redacts_list`] is set (MSC2244, in no room version so far): then
/// `redacts` is a list, of which entries that are no event IDs are passed over, as targets that can't be known.
///
/// # Errors
///
/// [`Error::InvalidField`] if `redacts` has another type than the rules ask for, [`Error::InvalidTarget`] if its
/// text is no event ID. Such a redaction is a valid event that redacts nothing.
pub fn targets<'a>(event: &'a Object, rules: &RedactionRules) -> Result<Vec<&'a EventId>, Error> {
    if !is_redaction(event) {
        return Ok(Vec::new());
    }
    let (holder, field) = match location(rules) {
        RedactsLocation::TopLevel => (Some(event), "redacts"),
        RedactsLocation::Content => (event.get_object("content"), "content.redacts"),
    };
    let Some(redacts) = holder.and_then(|holder| holder.get("redacts")) else { return Ok(Vec::new()) };
    if rules.redacts_list {
        let list = redacts.as_array().ok_or(Error::InvalidField { field, expected: "a list" })?;
        return Ok(distinct(list.iter().filter_map(Value::as_str).filter_map(|id| EventId::parse(id).ok())));
    }
    let id = redacts.as_str().ok_or(Error::InvalidField { field, expected: "a string" })?;
    Ok(vec![EventId::parse(id).map_err(|_| Error::InvalidTarget(id.to_owned()))?])
}

/// Returns where `redacts` stands: a list is always in `content` (MSC2244 builds on MSC2174).
pub(crate) fn location(rules: &RedactionRules) -> RedactsLocation {
    if rules.redacts_list { RedactsLocation::Content } else { rules.redacts_location }
}

fn distinct<'a>(ids: impl Iterator<Item = &'a EventId>) -> Vec<&'a EventId> {
    let mut seen = std::collections::BTreeSet::new();
    ids.filter(|id| seen.insert(*id)).collect()
}
