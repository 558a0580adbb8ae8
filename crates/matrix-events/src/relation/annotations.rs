use std::collections::{BTreeMap, BTreeSet};

use matrix_identifiers::{OwnedUserId, UserId};

/// The annotations of one event: by type and key, who made them and how often.
#[derive(Clone, Debug, Default)]
pub(super) struct Annotations(BTreeMap<(Box<str>, Box<str>), BTreeMap<OwnedUserId, u32>>);

impl Annotations {
    pub(super) fn add(&mut self, event_type: &str, key: &str, sender: &UserId) {
        let senders = self.0.entry((event_type.into(), key.into())).or_default();
        *senders.entry(sender.into()).or_default() += 1;
    }

    pub(super) fn remove(&mut self, event_type: &str, key: &str, sender: &UserId) {
        let name = (event_type.into(), key.into());
        let Some(senders) = self.0.get_mut(&name) else { return };
        if let Some(count) = senders.get_mut(sender) {
            *count -= 1;
            if *count == 0 {
                senders.remove(sender);
            }
        }
        if senders.is_empty() {
            self.0.remove(&name);
        }
    }

    /// Each type and key, by how many users that are not ignored, and whether `me` is one of them.
    pub(super) fn counts<'a>(
        &'a self,
        ignored: &'a BTreeSet<OwnedUserId>,
        me: Option<&'a UserId>,
    ) -> impl Iterator<Item = (&'a str, &'a str, usize, bool)> {
        self.0.iter().filter_map(move |((event_type, key), senders)| {
            let hidden = if ignored.len() < senders.len() {
                ignored.iter().filter(|user| senders.contains_key(*user)).count()
            } else {
                senders.keys().filter(|user| ignored.contains(*user)).count()
            };
            let mine = me.is_some_and(|me| senders.contains_key(me) && !ignored.contains(me));
            let count = senders.len() - hidden;
            (count > 0).then_some((&**event_type, &**key, count, mine))
        })
    }

    pub(super) fn has(&self, event_type: &str, key: &str, sender: &UserId) -> bool {
        self.0.get(&(event_type.into(), key.into())).is_some_and(|senders| senders.contains_key(sender))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
