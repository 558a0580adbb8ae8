use std::collections::BTreeMap;

use matrix_identifiers::{RoomAliasId, RoomId, ServerName, UserId};

use super::PolicyKind;
use crate::Wire as _;
use crate::content::{PolicyRule, RoomContent};
use crate::glob::GlobSet;

/// What a state event did to a [`PolicyList`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyChange {
    /// The rule is new.
    Added,
    /// The rule took the place of another.
    Replaced,
    /// The rule that was there is gone.
    Removed,
    /// The event is no rule, and there was none in its place.
    Nothing,
}

/// A rule of a [`PolicyList`], and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyEntry<'a> {
    /// The type of the state event, which may be one of the older ones.
    pub event_type: &'a str,
    /// The state key, which means nothing.
    pub state_key: &'a str,
    /// The rule.
    pub rule: &'a PolicyRule,
}

/// The rules of one policy room.
///
/// Each state event of the room goes to [`apply`](Self::apply), in the order in which the state changes. A rule is
/// what stands under one type and state key: an event of an older type does not replace one of today's.
///
/// ```
/// use matrix_events::policy::PolicyList;
/// use matrix_events::{Reader, SyncEvent};
/// use matrix_identifiers::ServerName;
///
/// let state = [
///     r#"{"type": "m.policy.rule.server", "state_key": "1", "sender": "@mod:x", "event_id": "$1", "origin_server_ts": 1,
///         "content": {"entity": "*.evil.com", "recommendation": "m.ban", "reason": "spam"}}"#,
///     r#"{"type": "m.policy.rule.server", "state_key": "2", "sender": "@mod:x", "event_id": "$2", "origin_server_ts": 2,
///         "content": {"entity": "mail.evil.com", "reason": "a rule without a recommendation is none"}}"#,
/// ];
/// let (mut list, mut reader) = (PolicyList::new(), Reader::new());
/// for json in state {
///     let event: SyncEvent = reader.read_lenient(json.as_bytes())?.value;
///     if let Some(state_key) = &event.state_key {
///         list.apply_content(state_key, &event.content);
///     }
/// }
/// let found = list.matching_server(ServerName::parse("mail.evil.com")?);
/// assert!(found.len() == 1 && found[0].rule.is_ban());
/// // The state event that is left after a redaction, or one without the three fields, deletes the rule.
/// list.apply("m.policy.rule.server", "1", None);
/// assert!(list.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct PolicyList {
    /// The rules by their number, which grows with the time of their coming.
    rules: BTreeMap<u64, Stored>,
    /// The numbers by type and state key.
    numbers: BTreeMap<String, BTreeMap<Box<str>, u64>>,
    next: u64,
    users: GlobSet<u64>,
    rooms: GlobSet<u64>,
    servers: GlobSet<u64>,
}

#[derive(Clone, Debug)]
struct Stored {
    event_type: Box<str>,
    state_key: Box<str>,
    rule: PolicyRule,
}

impl Default for PolicyList {
    fn default() -> Self {
        Self::new()
    }
}

impl PolicyList {
    /// Makes a list without rules.
    #[must_use]
    pub fn new() -> Self {
        let set = |kind: PolicyKind| GlobSet::new(kind.case());
        Self {
            rules: BTreeMap::new(),
            numbers: BTreeMap::new(),
            next: 0,
            users: set(PolicyKind::User),
            rooms: set(PolicyKind::Room),
            servers: set(PolicyKind::Server),
        }
    }

    /// Takes in a state event, of which only the rule counts: it replaces the one with the same type and state key, and
    /// `None`, from a content that is no rule, deletes it. Events of other types do nothing.
    ///
    /// The rule of an object is [`PolicyRule::of`](crate::Wire::of).
    pub fn apply(&mut self, event_type: &str, state_key: &str, rule: Option<PolicyRule>) -> PolicyChange {
        let Some(kind) = PolicyKind::from_event_type(event_type) else { return PolicyChange::Nothing };
        let was_there = self.remove(kind, event_type, state_key);
        let Some(rule) = rule else {
            return if was_there { PolicyChange::Removed } else { PolicyChange::Nothing };
        };
        let number = self.next;
        self.next += 1;
        self.set_mut(kind).insert(&rule.entity, number);
        self.numbers.entry(event_type.to_owned()).or_default().insert(state_key.into(), number);
        let stored = Stored { event_type: event_type.into(), state_key: state_key.into(), rule };
        self.rules.insert(number, stored);
        if was_there { PolicyChange::Replaced } else { PolicyChange::Added }
    }

    /// Takes in a state event, as [`apply`](Self::apply) does, by the content that was read of it. Rules of the older
    /// types are [`RoomContent::Custom`] and found there.
    pub fn apply_content(&mut self, state_key: &str, content: &RoomContent) -> PolicyChange {
        let event_type = content.event_type();
        if PolicyKind::from_event_type(event_type).is_none() {
            return PolicyChange::Nothing;
        }
        let rule = match content {
            RoomContent::PolicyRuleUser(rule)
            | RoomContent::PolicyRuleRoom(rule)
            | RoomContent::PolicyRuleServer(rule) => Some(rule.clone()),
            RoomContent::Custom(raw) => PolicyRule::of(&raw.content),
            _ => None,
        };
        self.apply(event_type, state_key, rule)
    }

    /// Returns the rules about a user, the oldest first.
    #[must_use]
    pub fn matching_user(&self, user_id: &UserId) -> Vec<PolicyEntry<'_>> {
        self.matching(PolicyKind::User, user_id.as_str())
    }

    /// Returns the rules about a room, by its ID, the oldest first.
    #[must_use]
    pub fn matching_room(&self, room_id: &RoomId) -> Vec<PolicyEntry<'_>> {
        self.matching(PolicyKind::Room, room_id.as_str())
    }

    /// Returns the rules about a room, by one of its aliases, the oldest first.
    #[must_use]
    pub fn matching_alias(&self, alias: &RoomAliasId) -> Vec<PolicyEntry<'_>> {
        self.matching(PolicyKind::Room, alias.as_str())
    }

    /// Returns the rules about a server, the oldest first. A name with a port is matched with it and without it.
    #[must_use]
    pub fn matching_server(&self, server: &ServerName) -> Vec<PolicyEntry<'_>> {
        self.matching(PolicyKind::Server, server.as_str())
    }

    /// Returns the rules about an entity of any kind, the oldest first; see [`PolicyRule::matches`].
    #[must_use]
    pub fn matching(&self, kind: PolicyKind, entity: &str) -> Vec<PolicyEntry<'_>> {
        let mut numbers = Vec::new();
        let set = self.set(kind);
        set.each_match(entity, |number| numbers.push(*number));
        if let Some(host) = kind.without_port(entity) {
            set.each_match(host, |number| numbers.push(*number));
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers.iter().filter_map(|number| Some(self.rules.get(number)?.entry())).collect()
    }

    /// Returns every rule, the oldest first.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = PolicyEntry<'_>> {
        self.rules.values().map(Stored::entry)
    }

    /// Returns the number of rules.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Returns whether there are no rules.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    fn remove(&mut self, kind: PolicyKind, event_type: &str, state_key: &str) -> bool {
        let number = self.numbers.get_mut(event_type).and_then(|numbers| numbers.remove(state_key));
        let Some(stored) = number.and_then(|number| self.rules.remove(&number)) else { return false };
        self.set_mut(kind).remove(&stored.rule.entity, |value| Some(*value) == number);
        true
    }

    fn set(&self, kind: PolicyKind) -> &GlobSet<u64> {
        match kind {
            PolicyKind::User => &self.users,
            PolicyKind::Room => &self.rooms,
            PolicyKind::Server => &self.servers,
        }
    }

    fn set_mut(&mut self, kind: PolicyKind) -> &mut GlobSet<u64> {
        match kind {
            PolicyKind::User => &mut self.users,
            PolicyKind::Room => &mut self.rooms,
            PolicyKind::Server => &mut self.servers,
        }
    }
}

impl Stored {
    fn entry(&self) -> PolicyEntry<'_> {
        PolicyEntry { event_type: &self.event_type, state_key: &self.state_key, rule: &self.rule }
    }
}
