use std::collections::BTreeSet;

use matrix_identifiers::{OwnedUserId, UserId};

use super::edit;
use super::event::EventKey;
use super::parent::{Children, Ordered};
use super::relations::Relations;
use crate::content::RelType;

/// For whom relations are counted.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    /// The user, who may have taken part in a thread.
    pub user_id: Option<OwnedUserId>,
    /// The users whose events the user ignores: none of them counts.
    pub ignored: BTreeSet<OwnedUserId>,
}

/// How often something was said about an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Annotation<'a> {
    /// The type of the annotating events, such as `m.reaction`.
    pub event_type: &'a str,
    /// What was said; any string.
    pub key: &'a str,
    /// By how many users; each counts once.
    pub count: usize,
    /// Whether the viewer is one of them.
    pub mine: bool,
}

/// A thread, as its root shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadSummary<'a> {
    /// How many events there are besides the root.
    pub count: u64,
    /// The latest of them.
    pub latest_event: &'a EventKey,
    /// Whether the viewer sent the root or one of the events.
    pub current_user_participated: bool,
}

/// What relates to one event.
#[derive(Clone, Debug)]
pub struct Related<'a> {
    relations: &'a Relations,
    children: Option<&'a Children>,
    parent: EventKey,
}

impl<'a> Related<'a> {
    pub(super) fn new(relations: &'a Relations, parent: EventKey) -> Self {
        Self { relations, children: relations.children(&parent), parent }
    }

    /// Returns the annotations, by type and key. There are none of an event that itself is an annotation or an edit.
    ///
    /// Source: [counting annotations](https://spec.matrix.org/v1.19/client-server-api/#annotations-client-behaviour).
    #[must_use]
    pub fn annotations<'v>(&self, viewer: &'v Viewer) -> Vec<Annotation<'v>>
    where
        'a: 'v,
    {
        let Some(children) = self.children else { return Vec::new() };
        if matches!(self.own_relation(), Some(RelType::Annotation | RelType::Replace)) {
            return Vec::new();
        }
        let counts = children.annotations.counts(&viewer.ignored, viewer.user_id.as_deref());
        counts.map(|(event_type, key, count, mine)| Annotation { event_type, key, count, mine }).collect()
    }

    /// Returns whether a user has made this annotation, so that a server refuses to send it again
    /// (`M_DUPLICATE_ANNOTATION`).
    #[must_use]
    pub fn is_annotated_by(&self, sender: &UserId, event_type: &str, key: &str) -> bool {
        self.children.is_some_and(|children| children.annotations.has(event_type, key, sender))
    }

    /// Returns the latest valid edit: of the sender and the type of the event, neither of them a state event, the event
    /// itself no edit and not redacted. The latest has the largest time, then the largest event ID; one that is
    /// pending is later than all that were sent.
    ///
    /// Source: [event replacements](https://spec.matrix.org/v1.19/client-server-api/#event-replacements).
    #[must_use]
    pub fn latest_edit(&self, viewer: &Viewer) -> Option<&'a EventKey> {
        let original = &self.relations.stored(&self.parent)?.facts;
        let hidden = self.relations.is_redacted(&self.parent) || viewer.ignored.contains(&original.sender);
        if hidden || self.own_relation() == Some(&RelType::Replace) {
            return None;
        }
        let edits = self.children?.edits.get(&(original.sender.clone(), original.event_type.clone()))?;
        let valid = |key: &EventKey| {
            self.relations.stored(key).is_some_and(|stored| edit::is_valid(original, &stored.facts))
        };
        edits.iter().rev().map(|(_, _, key)| key).find(|key| valid(key))
    }

    /// Returns the thread of which the event is the root. There is none of an event that itself relates to another.
    ///
    /// Source: [threading](https://spec.matrix.org/v1.19/client-server-api/#threading).
    #[must_use]
    pub fn thread(&self, viewer: &Viewer) -> Option<ThreadSummary<'a>> {
        if self.own_relation().is_some() {
            return None;
        }
        let thread = &self.children?.thread;
        let mut events = thread.events.iter().rev().map(|(_, key)| key);
        let root = self.relations.stored(&self.parent).map(|stored| &stored.facts.sender);
        let me = viewer.user_id.as_ref();
        Some(ThreadSummary {
            count: count(thread, viewer),
            latest_event: events.find(|key| self.is_visible(key, viewer))?,
            current_user_participated: me
                .is_some_and(|me| root == Some(me) || thread.senders.contains_key(me)),
        })
    }

    /// Returns the events that refer to this one, in their order.
    ///
    /// Source: [reference relations](https://spec.matrix.org/v1.19/client-server-api/#reference-relations).
    #[must_use]
    pub fn references(&self, viewer: &Viewer) -> Vec<&'a EventKey> {
        let events = self.children.into_iter().flat_map(|children| &children.references.events);
        events.map(|(_, key)| key).filter(|key| self.is_visible(key, viewer)).collect()
    }

    /// Whether a server bundles relations with the event at all: not with one that it does not know or a state event.
    pub(super) fn is_bundled(&self) -> bool {
        self.relations.stored(&self.parent).is_some_and(|stored| !stored.facts.is_state)
    }

    pub(super) fn relations(&self) -> &'a Relations {
        self.relations
    }

    /// The type of the relation that the event itself has; none once it is redacted.
    fn own_relation(&self) -> Option<&'a RelType> {
        let stored =
            self.relations.stored(&self.parent).filter(|_| !self.relations.is_redacted(&self.parent))?;
        stored.link.as_ref().map(|link| &link.rel_type)
    }

    fn is_visible(&self, key: &EventKey, viewer: &Viewer) -> bool {
        self.relations.stored(key).is_some_and(|stored| !viewer.ignored.contains(&stored.facts.sender))
    }
}

/// How many events there are of users who are not ignored.
fn count(ordered: &Ordered, viewer: &Viewer) -> u64 {
    let ignored: u64 = viewer.ignored.iter().filter_map(|user| ordered.senders.get(user)).sum();
    u64::try_from(ordered.events.len()).unwrap_or(u64::MAX) - ignored
}
