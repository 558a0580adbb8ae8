//! What changes with `m.room.canonical_alias` (MSC2432).

use std::collections::BTreeSet;

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::RoomAliasId;

/// The aliases that an event adds to a room's `m.room.canonical_alias`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewAliases<'a> {
    /// The aliases to look up, sorted: one that does not lead to the room is `M_BAD_ALIAS`.
    pub to_check: BTreeSet<&'a RoomAliasId>,
    /// What stands in the place of an alias and is none: `M_INVALID_PARAM`.
    pub malformed: Vec<&'a Value>,
}

/// Returns the aliases of the new content that the old one does not have, in `alias` or `alt_aliases`. Only these are
/// for a server to check: what is there already may stay, also when it leads nowhere any more.
///
/// An `alias` that is absent, `null` or empty is none, and `alt_aliases` may be there without it. Old values that were
/// malformed are no news either.
///
/// Source: MSC2432, [`PUT /rooms/{roomId}/state`](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidstateeventtypestatekey).
///
/// ```
/// use matrix_canonicaljson::Object;
/// use matrix_events::new_aliases;
///
/// let old: Object = r##"{"alias": "#old:x"}"##.parse()?;
/// let new: Object = r##"{"alias": "#new:x", "alt_aliases": ["#old:x", "new"]}"##.parse()?;
/// let added = new_aliases(Some(&old), &new);
/// assert_eq!(added.to_check.iter().map(|alias| alias.as_str()).collect::<Vec<_>>(), ["#new:x"]);
/// assert_eq!(added.malformed, [&"new".into()]);
/// # Ok::<(), matrix_canonicaljson::Error>(())
/// ```
#[must_use]
pub fn new_aliases<'a>(old: Option<&Object>, new: &'a Object) -> NewAliases<'a> {
    // By their text, for there may be thousands, of any type.
    let known: BTreeSet<String> = old.into_iter().flat_map(aliases).map(Value::to_string).collect();
    let mut added = NewAliases::default();
    for value in aliases(new).filter(|value| !known.contains(&value.to_string())) {
        match value.as_str().and_then(|alias| RoomAliasId::parse(alias).ok()) {
            Some(alias) => _ = added.to_check.insert(alias),
            None => added.malformed.push(value),
        }
    }
    let no_list = new.get("alt_aliases").filter(|value| !value.is_null() && value.as_array().is_none());
    added
        .malformed
        .extend(no_list.filter(|value| old.and_then(|old| old.get("alt_aliases")) != Some(*value)));
    added
}

/// What stands in the place of aliases.
fn aliases(content: &Object) -> impl Iterator<Item = &Value> {
    let alias = content.get("alias").filter(|alias| !alias.is_null() && alias.as_str() != Some(""));
    alias.into_iter().chain(content.get_array("alt_aliases").unwrap_or_default())
}
