use std::collections::{BTreeMap, BTreeSet};

use matrix_identifiers::OwnedUserId;

use super::annotations::Annotations;
use super::edit;
use super::event::{EventKey, Facts};
use crate::content::RelType;

/// A relation without the event that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) parent: EventKey,
    pub(super) rel_type: RelType,
    pub(super) key: Option<Box<str>>,
}

/// Events by place.
type Timeline = BTreeSet<(i64, EventKey)>;

/// Edits in their order: whether one is pending, which makes it later than all that were sent, its time and its key.
type Edits = BTreeSet<(bool, i64, EventKey)>;

/// Everything that counts for one event, kept up to date as its children come and go.
#[derive(Clone, Debug, Default)]
pub(super) struct Children {
    pub(super) annotations: Annotations,
    /// By sender and type on the wire, which a valid edit shares with the original.
    pub(super) edits: BTreeMap<(OwnedUserId, Box<str>), Edits>,
    pub(super) thread: Ordered,
    pub(super) references: Ordered,
}

/// Children in their order, and how many there are of each sender.
#[derive(Clone, Debug, Default)]
pub(super) struct Ordered {
    pub(super) events: Timeline,
    pub(super) senders: BTreeMap<OwnedUserId, u64>,
}

impl Children {
    pub(super) fn add(&mut self, link: &Link, key: &EventKey, facts: &Facts) {
        match &link.rel_type {
            RelType::Annotation => {
                if let Some(annotation) = &link.key {
                    self.annotations.add(&facts.event_type, annotation, &facts.sender);
                }
            }
            RelType::Replace if edit::is_edit(facts) => {
                let edits = self.edits.entry((facts.sender.clone(), facts.event_type.clone())).or_default();
                edits.insert(place_of_edit(key, facts));
            }
            RelType::Thread => self.thread.add(key, facts),
            RelType::Reference => self.references.add(key, facts),
            RelType::Replace | RelType::Other(_) => {}
        }
    }

    pub(super) fn remove(&mut self, link: &Link, key: &EventKey, facts: &Facts) {
        match &link.rel_type {
            RelType::Annotation => {
                if let Some(annotation) = &link.key {
                    self.annotations.remove(&facts.event_type, annotation, &facts.sender);
                }
            }
            RelType::Replace => {
                let group = (facts.sender.clone(), facts.event_type.clone());
                if let Some(edits) = self.edits.get_mut(&group) {
                    edits.remove(&place_of_edit(key, facts));
                    if edits.is_empty() {
                        self.edits.remove(&group);
                    }
                }
            }
            RelType::Thread => self.thread.remove(key, facts),
            RelType::Reference => self.references.remove(key, facts),
            RelType::Other(_) => {}
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.annotations.is_empty()
            && self.edits.is_empty()
            && self.thread.events.is_empty()
            && self.references.events.is_empty()
    }
}

fn place_of_edit(key: &EventKey, facts: &Facts) -> (bool, i64, EventKey) {
    (matches!(key, EventKey::Pending(_)), facts.origin_server_ts, key.clone())
}

impl Ordered {
    fn add(&mut self, key: &EventKey, facts: &Facts) {
        if self.events.insert((facts.position, key.clone())) {
            *self.senders.entry(facts.sender.clone()).or_default() += 1;
        }
    }

    fn remove(&mut self, key: &EventKey, facts: &Facts) {
        if !self.events.remove(&(facts.position, key.clone())) {
            return;
        }
        if let Some(count) = self.senders.get_mut(&facts.sender) {
            *count -= 1;
            if *count == 0 {
                self.senders.remove(&facts.sender);
            }
        }
    }
}
