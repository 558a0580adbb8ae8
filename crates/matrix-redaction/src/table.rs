//! Which keys a redaction keeps, as data: what to keep, and the column of the room version's rules that says so.

use matrix_roomversion::RedactionRules;

/// The column of the rules that decides about a key.
type When = fn(&RedactionRules) -> bool;

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
    everything: bool,
    rules: &'a RedactionRules,
}

#[derive(Debug)]
struct ContentKey {
    key: &'static str,
    keep: Keep,
    when: When,
}

const fn whole(key: &'static str, when: When) -> ContentKey {
    ContentKey { key, keep: Keep::Whole, when }
}

const ALWAYS: When = |_| true;

/// The top-level keys in the order of canonical JSON.
const TOP_LEVEL: [(&str, When); 15] = [
    ("auth_events", ALWAYS),
    ("content", ALWAYS),
    ("depth", ALWAYS),
    ("event_id", ALWAYS),
    ("hashes", ALWAYS),
    ("membership", |rules| rules.keeps_origin_membership_prev_state),
    ("origin", |rules| rules.keeps_origin_membership_prev_state),
    ("origin_server_ts", ALWAYS),
    ("prev_events", ALWAYS),
    ("prev_state", |rules| rules.keeps_origin_membership_prev_state),
    ("room_id", ALWAYS),
    ("sender", ALWAYS),
    ("signatures", ALWAYS),
    ("state_key", ALWAYS),
    ("type", ALWAYS),
];

/// The keys of `content` by event type, each list in the order of canonical JSON.
const CONTENT: [(&str, &[ContentKey]); 7] = [
    ("m.room.aliases", &[whole("aliases", |rules| rules.keeps_aliases)]),
    (CREATE, &[whole("creator", ALWAYS)]),
    ("m.room.history_visibility", &[whole("history_visibility", ALWAYS)]),
    (
        "m.room.join_rules",
        &[whole("allow", |rules| rules.keeps_join_rules_allow), whole("join_rule", ALWAYS)],
    ),
    (
        "m.room.member",
        &[
            whole("join_authorised_via_users_server", |rules| rules.keeps_join_authorised_via_users_server),
            whole("membership", ALWAYS),
            ContentKey {
                key: "third_party_invite",
                keep: Keep::Only("signed"),
                when: |rules| rules.keeps_third_party_invite_signed,
            },
        ],
    ),
    (
        "m.room.power_levels",
        &[
            whole("ban", ALWAYS),
            whole("events", ALWAYS),
            whole("events_default", ALWAYS),
            whole("invite", |rules| rules.keeps_power_levels_invite),
            whole("kick", ALWAYS),
            whole("redact", ALWAYS),
            whole("state_default", ALWAYS),
            whole("users", ALWAYS),
            whole("users_default", ALWAYS),
        ],
    ),
    ("m.room.redaction", &[whole("redacts", |rules| rules.keeps_redacts)]),
];

const CREATE: &str = "m.room.create";

/// Returns whether a redaction of an event of this type keeps a top-level key.
///
/// `content` is among them; what remains inside it is what [`content_rule`] says.
/// From the [redaction algorithm](https://spec.matrix.org/v1.19/rooms/v12/#redactions).
pub fn keeps_top_level(event_type: &str, key: &str, rules: &RedactionRules) -> bool {
    top_level_keys(event_type, rules).any(|kept| kept == key)
}

/// Returns what a redaction leaves of the content of an event of this type.
///
/// From the [redaction algorithm](https://spec.matrix.org/v1.19/rooms/v12/#redactions).
pub fn content_rule<'a>(event_type: &str, rules: &'a RedactionRules) -> ContentRule<'a> {
    let keys = CONTENT.iter().find(|(kept, _)| *kept == event_type).map_or(&[][..], |(_, keys)| *keys);
    ContentRule { keys, everything: event_type == CREATE && rules.keeps_create_content, rules }
}

impl<'a> ContentRule<'a> {
    /// Returns whether the content stays as it is.
    pub fn keeps_everything(&self) -> bool {
        self.everything
    }

    /// Returns what remains of one key.
    pub fn keep(&self, key: &str) -> Keep {
        if self.everything {
            return Keep::Whole;
        }
        self.keys().find(|(kept, _)| *kept == key).map_or(Keep::Drop, |(_, keep)| keep)
    }

    /// Returns the keys of which something remains, in the order of canonical JSON.
    ///
    /// Empty where [`ContentRule::keeps_everything`] holds.
    pub fn keys(&self) -> impl Iterator<Item = (&'static str, Keep)> + use<'a> {
        let rules = self.rules;
        let keys = if self.everything { &[] } else { self.keys };
        keys.iter().filter(move |entry| (entry.when)(rules)).map(|entry| (entry.key, entry.keep))
    }
}

/// Returns the top-level keys that stay, in the order of canonical JSON.
pub(crate) fn top_level_keys<'a>(
    event_type: &str,
    rules: &'a RedactionRules,
) -> impl Iterator<Item = &'static str> + use<'a> {
    let drops_room_id = event_type == CREATE && rules.drops_create_room_id;
    TOP_LEVEL
        .iter()
        .filter(move |(key, when)| when(rules) && !(drops_room_id && *key == "room_id"))
        .map(|(key, _)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `Redacted` writes these keys unescaped and unsorted: they have to be in order and plain.
    #[test]
    fn tables_are_in_canonical_order_and_need_no_escapes() {
        let top_level: Vec<_> = TOP_LEVEL.iter().map(|(key, _)| *key).collect();
        let lists = CONTENT.iter().map(|(_, keys)| keys.iter().map(|entry| entry.key).collect::<Vec<_>>());
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
