use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::EventId;

use crate::content::{InReplyTo, RelType, RelatesTo};

/// The relation that an event has to another: `m.relates_to` of its content.
///
/// Without a `rel_type` and an `event_id`, both strings, there is no relation (MSC2674); nor with an empty type or with
/// a string that is no event ID, which name nothing. A reply alone (`m.in_reply_to`, see [`reply_to`]) is none either.
///
/// It is read from a content of any type ([`of`](Self::of)), or from the field of a content that was read
/// ([`RelatesTo::relation`]). An encrypted event's relation is that of the content on the wire; one in the decrypted payload does not count.
///
/// ```
/// use matrix_canonicaljson::Object;
/// use matrix_events::content::RelType;
/// use matrix_events::relation::Relation;
///
/// let content: Object =
///     r#"{"m.relates_to": {"rel_type": "m.annotation", "event_id": "$event", "key": "👍"}}"#.parse()?;
/// let relation = Relation::of(&content).ok_or("no relation")?;
/// assert_eq!((relation.rel_type, relation.key), (RelType::Annotation, Some("👍")));
/// assert_eq!(Relation::of(&r#"{"m.relates_to": {"rel_type": "m.x", "event_id": 5}}"#.parse()?), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation<'a> {
    /// What the relation means.
    pub rel_type: RelType,
    /// The event that is related to, which must be of the same room.
    pub event_id: &'a EventId,
    /// `key`, where it is a string: what an annotation says.
    pub key: Option<&'a str>,
    /// Whether the reply in an event of a thread is there for clients that know no threads (`is_falling_back`).
    pub is_falling_back: bool,
}

impl<'a> Relation<'a> {
    /// Reads the relation in a content.
    #[must_use]
    pub fn of(content: &'a Object) -> Option<Self> {
        let relates_to = content.get_object("m.relates_to")?;
        let rel_type = relates_to.get_str("rel_type").filter(|rel_type| !rel_type.is_empty())?;
        Some(Self {
            rel_type: rel_type.into(),
            event_id: EventId::parse(relates_to.get_str("event_id")?).ok()?,
            key: relates_to.get_str("key"),
            is_falling_back: relates_to.get("is_falling_back").and_then(Value::as_bool) == Some(true),
        })
    }

    /// Returns whether a content has an `m.relates_to` that is neither a relation nor a reply; servers should refuse to
    /// send it (400, MSC2674).
    #[must_use]
    pub fn is_malformed(content: &Object) -> bool {
        let Some(value) = content.get("m.relates_to") else { return false };
        let claims = value
            .as_object()
            .is_none_or(|value| value.contains_key("rel_type") || value.contains_key("event_id"));
        Relation::of(content).is_none() && (claims || reply_to(content).is_none())
    }

    /// Returns the `m.relates_to` to be sent. An annotation has its key, a thread's event a reply where there is one.
    #[must_use]
    pub fn to_relates_to(&self, in_reply_to: Option<&EventId>) -> RelatesTo {
        let mut relates_to = RelatesTo::relation_to(self.rel_type.clone(), self.event_id.into());
        relates_to.key = self.key.map(Into::into);
        relates_to.in_reply_to = in_reply_to.map(|event_id| InReplyTo::new(event_id.into()));
        relates_to.is_falling_back = self.is_falling_back.then_some(true);
        relates_to
    }
}

/// Returns the event that a content is a reply to: `m.in_reply_to`, which is no relation with a `rel_type`.
///
/// Source: [rich replies](https://spec.matrix.org/v1.19/client-server-api/#rich-replies).
#[must_use]
pub fn reply_to(content: &Object) -> Option<&EventId> {
    let reply = content.get_object("m.relates_to")?.get_object("m.in_reply_to")?;
    EventId::parse(reply.get_str("event_id")?).ok()
}
