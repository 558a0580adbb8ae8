use std::collections::{BTreeMap, BTreeSet};

use matrix_identifiers::{EventId, OwnedRoomId, RoomId};

use super::event::{EventKey, Facts, RelatedEvent};
use super::parent::{Children, Link};
use super::related::Related;
use super::view::Relation;
use crate::content::RelType;

/// The relations of one room, kept as events come and go.
///
/// What it tells follows from what it was told and not from the order: [`add`](Self::add) an event,
/// [`redact`](Self::redact) it, [`withhold`](Self::withhold) it for a while. An event may be redacted before it comes. A
/// parent may come after its children: until then its annotations, thread and references count as they are, and no edit
/// does, since an edit is valid only for who sent the original.
///
/// For a local echo, add the event under [`EventKey::Pending`], also when the event that it relates to is pending itself
/// ([`add_to`](Self::add_to)); [`remove`](Self::remove) it when it is given up, and call [`sent`](Self::sent) when its
/// remote echo comes. While a redaction is in the queue, `withhold` its target, and [`restore`](Self::restore) it if
/// sending fails.
///
/// Each addition and removal costs the logarithm of the number of events; [`sent`](Self::sent) looks at all of them.
///
/// ```
/// use matrix_canonicaljson::Object;
/// use matrix_events::relation::{RelatedEvent, Relations, Viewer};
/// use matrix_identifiers::{EventId, RoomId, UserId};
///
/// let mut relations = Relations::new(RoomId::parse("!room:example.org")?.to_owned());
/// let content: Object =
///     r#"{"m.relates_to": {"rel_type": "m.annotation", "event_id": "$cake", "key": "👍"}}"#.parse()?;
/// let (id, parent) = (EventId::parse("$yes")?, EventId::parse("$cake")?);
/// relations.add(&RelatedEvent {
///     key: id.into(),
///     room_id: None,
///     sender: UserId::parse("@bob:example.org")?,
///     event_type: "m.reaction",
///     is_state: false,
///     origin_server_ts: 1,
///     position: 1,
///     content: &content,
///     decrypted: None,
/// });
/// let viewer = Viewer::default();
/// assert_eq!(relations.of(&parent.into()).annotations(&viewer)[0].count, 1);
/// relations.redact(id);
/// assert!(relations.of(&parent.into()).annotations(&viewer).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Relations {
    room_id: OwnedRoomId,
    events: BTreeMap<EventKey, Stored>,
    children: BTreeMap<EventKey, Children>,
    redacted: BTreeSet<EventKey>,
    withheld: BTreeSet<EventKey>,
}

#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) facts: Facts,
    pub(super) link: Option<Link>,
}

impl Relations {
    /// Makes the relations of a room in which nothing is known yet.
    #[must_use]
    pub fn new(room_id: OwnedRoomId) -> Self {
        let (events, children) = (BTreeMap::new(), BTreeMap::new());
        Self { room_id, events, children, redacted: BTreeSet::new(), withheld: BTreeSet::new() }
    }

    /// Returns the room.
    #[must_use]
    pub fn room_id(&self) -> &RoomId {
        &self.room_id
    }

    /// Takes in an event, as a parent and with the relation that its content may have. Whatever was known under its
    /// key before is forgotten: a decrypted event may be added again.
    ///
    /// Returns `false` for an event of another room, which is left out.
    pub fn add(&mut self, event: &RelatedEvent<'_>) -> bool {
        let link = Relation::of(event.content).map(|relation| Link {
            parent: relation.event_id.into(),
            rel_type: relation.rel_type,
            key: relation.key.map(Into::into),
        });
        self.put(event, link)
    }

    /// Takes in an event that relates to a `parent` which has no event ID to be named by yet.
    ///
    /// Returns `false` for an event of another room, which is left out.
    pub fn add_to(
        &mut self,
        parent: EventKey,
        rel_type: RelType,
        key: Option<&str>,
        event: &RelatedEvent<'_>,
    ) -> bool {
        self.put(event, Some(Link { parent, rel_type, key: key.map(Into::into) }))
    }

    /// Forgets an event, as when sending it was given up. It may be added again.
    ///
    /// Returns whether it was there.
    pub fn remove(&mut self, key: &EventKey) -> bool {
        self.uncount(key);
        self.events.remove(key).is_some()
    }

    /// Redacts an event for good: it relates to nothing any more, and nobody edits it. What relates to it otherwise
    /// stays.
    ///
    /// The ID is remembered, so that an event that comes after its redaction is no relation.
    pub fn redact(&mut self, event_id: &EventId) {
        let key = event_id.into();
        self.uncount(&key);
        self.redacted.insert(key);
    }

    /// De-aggregates an event for a while: its relation does not count until it is [restored](Self::restore).
    pub fn withhold(&mut self, key: EventKey) {
        self.uncount(&key);
        self.withheld.insert(key);
    }

    /// Re-aggregates an event that was [withheld](Self::withhold).
    pub fn restore(&mut self, key: &EventKey) {
        if self.withheld.remove(key) {
            self.count(key);
        }
    }

    /// Takes in the remote echo of an event that was pending: the pending one is forgotten, and what relates to it
    /// relates to the event from now on.
    ///
    /// Returns `false` for an event of another room, which is left out.
    pub fn sent(&mut self, transaction_id: &str, event: &RelatedEvent<'_>) -> bool {
        if !self.is_here(event) {
            return false;
        }
        let pending = EventKey::pending(transaction_id);
        self.remove(&pending);
        let children: Vec<_> = self
            .events
            .iter()
            .filter(|(_, stored)| stored.link.as_ref().is_some_and(|link| link.parent == pending))
            .map(|(key, _)| key.clone())
            .collect();
        for child in children {
            self.uncount(&child);
            if let Some(link) = self.events.get_mut(&child).and_then(|stored| stored.link.as_mut()) {
                link.parent = event.key.clone();
            }
            self.count(&child);
        }
        self.add(event)
    }

    /// Returns what relates to an event.
    #[must_use]
    pub fn of(&self, parent: &EventKey) -> Related<'_> {
        Related::new(self, parent.clone())
    }

    pub(super) fn stored(&self, key: &EventKey) -> Option<&Stored> {
        self.events.get(key)
    }

    pub(super) fn children(&self, key: &EventKey) -> Option<&Children> {
        self.children.get(key)
    }

    pub(super) fn is_redacted(&self, key: &EventKey) -> bool {
        self.redacted.contains(key)
    }

    fn is_here(&self, event: &RelatedEvent<'_>) -> bool {
        event.room_id.is_none_or(|room_id| *room_id == *self.room_id)
    }

    fn put(&mut self, event: &RelatedEvent<'_>, link: Option<Link>) -> bool {
        if !self.is_here(event) {
            return false;
        }
        self.uncount(&event.key);
        // Nothing relates to itself.
        let link = link.filter(|link| link.parent != event.key);
        self.events.insert(event.key.clone(), Stored { facts: event.facts(), link });
        self.count(&event.key);
        true
    }

    /// The event and its relation, if that counts.
    fn counted(&self, key: &EventKey) -> Option<(&Stored, &Link)> {
        if self.redacted.contains(key) || self.withheld.contains(key) {
            return None;
        }
        let stored = self.events.get(key)?;
        Some((stored, stored.link.as_ref()?))
    }

    fn count(&mut self, key: &EventKey) {
        let Some((stored, link)) = self.counted(key) else { return };
        let (facts, link) = (stored.facts.clone(), link.clone());
        self.children.entry(link.parent.clone()).or_default().add(&link, key, &facts);
    }

    fn uncount(&mut self, key: &EventKey) {
        let Some((stored, link)) = self.counted(key) else { return };
        let (facts, link) = (stored.facts.clone(), link.clone());
        if let Some(children) = self.children.get_mut(&link.parent) {
            children.remove(&link, key, &facts);
            if children.is_empty() {
                self.children.remove(&link.parent);
            }
        }
    }
}
