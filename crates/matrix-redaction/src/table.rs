//! Which keys a redaction keeps, as data: what to keep, and the column of the room version's rules that says so.

use matrix_canonicaljson::{Name, Names};
use matrix_roomversion::RedactionRules;

/// The column of the rules that decides about a key; `None` for a key that every version keeps.
type When = Option<fn(&RedactionRules) -> bool>;

/// What remains of one key of `content`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Nothing.
    Drop,
    /// The whole value.
    Whole,
    /// An object with at most this key; a value that is no object is dropped.
    Only(&'static str),
}

/// What remains of the content of one type of event.
///
/// Obtained from [`content_rule`].
#[derive(Clone, Copy, Debug)]
pub struct ContentRule<'a> {
    keys: &'static [ContentKey],
    /// Whether it is the rule of the events that create a room.
    creates: bool,
    rules: &'a RedactionRules,
}

/// A key of `content` of which something remains.
#[derive(Debug)]
pub(crate) struct ContentKey {
    name: Name<'static>,
    pub(crate) keep: Keep,
    when: When,
}

impl AsRef<Name<'static>> for ContentKey {
    fn as_ref(&self) -> &Name<'static> {
        &self.name
    }
}

const fn whole(key: &'static str, when: When) -> ContentKey {
    ContentKey { name: Name::new(key), keep: Keep::Whole, when }
}

const ALWAYS: When = None;

fn holds(when: When, rules: &RedactionRules) -> bool {
    when.is_none_or(|column| column(rules))
}

/// A top-level key that stays.
#[derive(Debug)]
pub(crate) struct TopLevelKey {
    pub(crate) name: Name<'static>,
    pub(crate) part: Part,
    when: When,
}

/// The top-level keys that are treated apart, where whole events are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The value stays as it is.
    Plain,
    /// The value is reduced to what the type of the event keeps.
    Content,
    /// Room 12's create events lose it.
    RoomId,
    /// Not part of what is signed.
    Signatures,
}

impl TopLevelKey {
    /// Whether every version keeps the key, whatever the event; not so `room_id`, which has a [part](Part) of its own.
    pub(crate) fn is_always_kept(&self) -> bool {
        self.when.is_none()
    }

    /// Whether the key stays in events of the type that the rule is of.
    pub(crate) fn is_kept(&self, rule: &ContentRule<'_>) -> bool {
        let dropped = self.part == Part::RoomId && rule.creates && rule.rules.drops_create_room_id;
        holds(self.when, rule.rules) && !dropped
    }
}

const fn top(key: &'static str, when: When) -> TopLevelKey {
    TopLevelKey { name: Name::new(key), part: Part::Plain, when }
}

const fn apart(key: &'static str, part: Part) -> TopLevelKey {
    TopLevelKey { name: Name::new(key), part, when: ALWAYS }
}

/// The top-level keys in the order of canonical JSON.
pub(crate) const TOP_LEVEL: [TopLevelKey; 15] = [
    top("auth_events", ALWAYS),
    apart("content", Part::Content),
    top("depth", ALWAYS),
    top("event_id", ALWAYS),
    top("hashes", ALWAYS),
    top("membership", Some(|rules| rules.keeps_origin_membership_prev_state)),
    top("origin", Some(|rules| rules.keeps_origin_membership_prev_state)),
    top("origin_server_ts", ALWAYS),
    top("prev_events", ALWAYS),
    top("prev_state", Some(|rules| rules.keeps_origin_membership_prev_state)),
    apart("room_id", Part::RoomId),
    top("sender", ALWAYS),
    apart("signatures", Part::Signatures),
    top("state_key", ALWAYS),
    top("type", ALWAYS),
];

/// The keys of `content` by event type, each list in the order of canonical JSON, and the types in that order.
const CONTENT: [(&str, &[ContentKey]); 7] = [
    ("m.room.aliases", &[whole("aliases", Some(|rules| rules.keeps_aliases))]),
    (CREATE, &[whole("creator", ALWAYS)]),
    ("m.room.history_visibility", &[whole("history_visibility", ALWAYS)]),
    (
        "m.room.join_rules",
        &[whole("allow", Some(|rules| rules.keeps_join_rules_allow)), whole("join_rule", ALWAYS)],
    ),
    (
        "m.room.member",
        &[
            whole(
                "join_authorised_via_users_server",
                Some(|rules| rules.keeps_join_authorised_via_users_server),
            ),
            whole("membership", ALWAYS),
            ContentKey {
                name: Name::new("third_party_invite"),
                keep: Keep::Only("signed"),
                when: Some(|rules| rules.keeps_third_party_invite_signed),
            },
        ],
    ),
    (
        "m.room.power_levels",
        &[
            whole("ban", ALWAYS),
            whole("events", ALWAYS),
            whole("events_default", ALWAYS),
            whole("invite", Some(|rules| rules.keeps_power_levels_invite)),
            whole("kick", ALWAYS),
            whole("redact", ALWAYS),
            whole("state_default", ALWAYS),
            whole("users", ALWAYS),
            whole("users_default", ALWAYS),
        ],
    ),
    ("m.room.redaction", &[whole("redacts", Some(|rules| rules.keeps_redacts))]),
];

/// The event types of [`CONTENT`].
pub(crate) const EVENT_TYPES: Names<{ CONTENT.len() }> = {
    let mut names = [Name::new(""); CONTENT.len()];
    let (mut places, mut types) = (names.as_mut_slice(), CONTENT.as_slice());
    while let ([name, names @ ..], [(event_type, _), rest @ ..]) = (places, types) {
        *name = Name::new(event_type);
        (places, types) = (names, rest);
    }
    Names::new(names)
};

const CREATE: &str = "m.room.create";

/// Returns whether a redaction of an event of this type keeps a top-level key.
///
/// `content` is among them; what remains inside it is what [`content_rule`] says.
/// From the [redaction algorithm](https://spec.matrix.org/v1.19/rooms/v12/#redactions).
pub fn keeps_top_level(event_type: &str, key: &str, rules: &RedactionRules) -> bool {
    content_rule(event_type, rules).top_level().any(|kept| kept == key)
}

/// Returns what a redaction leaves of the content of an event of this type.
///
/// From the [redaction algorithm](https://spec.matrix.org/v1.19/rooms/v12/#redactions).
pub fn content_rule<'a>(event_type: &str, rules: &'a RedactionRules) -> ContentRule<'a> {
    ContentRule::of(CONTENT.iter().find(|(kept, _)| *kept == event_type), rules)
}

impl<'a> ContentRule<'a> {
    /// The rule of the event type with that place among [`EVENT_TYPES`], or of any other type.
    pub(crate) fn at(place: Option<usize>, rules: &'a RedactionRules) -> Self {
        Self::of(place.and_then(|place| const { &CONTENT }.get(place)), rules)
    }

    fn of(entry: Option<&'static (&'static str, &'static [ContentKey])>, rules: &'a RedactionRules) -> Self {
        let (event_type, keys) = entry.copied().unwrap_or_default();
        Self { keys, creates: event_type == CREATE, rules }
    }

    /// The top-level keys that stay in events of the same type, in the order of canonical JSON.
    pub(crate) fn top_level(self) -> impl Iterator<Item = &'static str> + use<'a> {
        const { &TOP_LEVEL }.iter().filter(move |key| key.is_kept(&self)).map(|key| key.name.as_str())
    }

    /// Returns whether the content stays as it is.
    pub fn keeps_everything(&self) -> bool {
        self.creates && self.rules.keeps_create_content
    }

    /// Returns what remains of one key.
    pub fn keep(&self, key: &str) -> Keep {
        if self.keeps_everything() {
            return Keep::Whole;
        }
        self.keys().find(|(kept, _)| *kept == key).map_or(Keep::Drop, |(_, keep)| keep)
    }

    /// Returns the keys of which something remains, in the order of canonical JSON.
    ///
    /// Empty where [`ContentRule::keeps_everything`] holds.
    pub fn keys(&self) -> impl Iterator<Item = (&'static str, Keep)> + use<'a> {
        let rules = self.rules;
        let kept = self.entries().iter().filter(move |entry| holds(entry.when, rules));
        kept.map(|entry| (entry.name.as_str(), entry.keep))
    }

    /// The keys of which something may remain, if it [does](Self::is_kept).
    pub(crate) fn entries(&self) -> &'static [ContentKey] {
        if self.keeps_everything() { &[] } else { self.keys }
    }

    pub(crate) fn is_kept(&self, entry: &ContentKey) -> bool {
        holds(entry.when, self.rules)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `Redacted` writes these keys unescaped and unsorted: they have to be in order and plain.
    #[test]
    fn tables_are_in_canonical_order_and_need_no_escapes() {
        let top_level: Vec<_> = TOP_LEVEL.iter().map(|key| key.name.as_str()).collect();
        let lists =
            CONTENT.iter().map(|(_, keys)| keys.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>());
        for list in lists.chain([top_level]) {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
            assert!(list.iter().all(|key| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')));
        }
        for (_, keys) in CONTENT {
            for entry in keys {
                if let Keep::Only(subkey) = entry.keep {
                    assert!(subkey.bytes().all(|byte| byte.is_ascii_lowercase()));
                }
            }
        }
    }
}
