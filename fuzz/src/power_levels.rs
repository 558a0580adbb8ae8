//! Contents that the authorization rules read.

use matrix_authrules::{
    AuthContent, Candidate, Event, ParsedState, PowerLevel, PowerLevelChange, PowerLevels, RoomLevels,
    auth_types, check_state_dependent, verify_signed,
};
use matrix_canonicaljson::{Mode, canonicalize_with};
use matrix_identifiers::{EventId, RoomId, UserId};
use matrix_roomversion::{AuthorizationRules, CanonicalJson, RoomVersion, RoomVersionRules};

const TYPES: [&str; 6] = [
    "m.room.create",
    "m.room.member",
    "m.room.power_levels",
    "m.room.join_rules",
    "m.room.third_party_invite",
    "m.room.topic",
];

/// Checks, in every room version, that contents of any kind can be read and checked, that who has more power may change
/// no less, and that reading sees values and not their spelling.
///
/// The input is text: a first line is the content in force, the rest the one that is to replace it.
pub fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let (old, new) = text.split_once('\n').unwrap_or(("{}", text));
    for version in RoomVersion::ALL {
        let rules = version.rules();
        check_change(old, new, &rules.authorization);
        for event_type in TYPES {
            check_type(event_type, old, new, &rules.authorization);
        }
        check_spelling(new, rules);
    }
    _ = verify_signed(new, &["".into(), old.into(), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".into()]);
}

fn check_change(old: &str, new: &str, rules: &AuthorizationRules) {
    let (old, new) = (PowerLevels::parse(old, rules), PowerLevels::parse(new, rules));
    let sender = user("@a:a.example");
    let own = PowerLevelChange::between(&new, &new, sender, rules);
    assert!(own.is_allowed(PowerLevel::Finite(i64::MIN)), "what changes nothing is forbidden");
    let change = PowerLevelChange::between(&old, &new, sender, rules);
    assert!(change.is_allowed(PowerLevel::Infinite));
    let mut was_allowed = false;
    for level in [i64::MIN, -1, 0, 1, 50, 100, (1 << 53) - 1, i64::MAX] {
        let is_allowed = change.is_allowed(PowerLevel::Finite(level));
        assert!(is_allowed || !was_allowed, "a higher level may do less");
        was_allowed = is_allowed;
    }
    let levels = RoomLevels::new(rules, None, Some(&new));
    _ = (levels.user(sender), levels.ban(), levels.kick(), levels.redact(), levels.invite());
    _ = (levels.required("m.room.topic", true), levels.required("x", false), levels.notification("room"));
    for (id, level) in new.users() {
        assert!(UserId::parse(id).is_err() || new.user(user(id)) == level);
    }
}

fn check_type(event_type: &'static str, old: &str, new: &str, rules: &AuthorizationRules) {
    let events = [
        given("m.room.create", "", r#"{"creator":"@a:a.example"}"#),
        given("m.room.member", "@a:a.example", r#"{"membership":"join"}"#),
        given("m.room.power_levels", "", old),
        given("m.room.join_rules", "", old),
        given("m.room.member", "@b:b.example", old),
        given("m.room.third_party_invite", "token", old),
    ];
    let mut state = ParsedState::new(rules, verify_signed);
    events.iter().for_each(|event| state.insert(event));
    for (sender, state_key) in [
        ("@a:a.example", Some("")),
        ("@a:a.example", Some("@b:b.example")),
        ("@b:b.example", Some("@b:b.example")),
        ("@b:b.example", Some("token")),
        ("@a:a.example", None),
    ] {
        let event = Given { event_type, sender, state_key, content: new };
        let content = AuthContent::parse(&event, rules);
        _ = auth_types(&event, rules);
        let candidate = Candidate::new(&event, &content, None);
        let verdict = check_state_dependent(&candidate, rules, &state);
        if let Err(denied) = &verdict {
            assert!(!denied.to_string().is_empty() && !denied.rule().is_empty());
        }
        let mut empty = ParsedState::new(rules, verify_signed);
        _ = check_state_dependent(&candidate, rules, &empty);
        empty.insert(&event);
        _ = check_state_dependent(&candidate, rules, &empty);
    }
}

/// A content and its canonical form are read alike.
fn check_spelling(content: &str, rules: &RoomVersionRules) {
    let mode = match rules.canonical_json {
        CanonicalJson::Lenient => Mode::Lenient,
        CanonicalJson::Strict => Mode::Strict,
    };
    let Ok(canonical) = canonicalize_with(content.as_bytes(), mode) else { return };
    let canonical = str::from_utf8(&canonical).expect("canonical JSON that is not UTF-8");
    for event_type in TYPES {
        let read = |content| AuthContent::parse(&given(event_type, "", content), &rules.authorization);
        match (read(content), read(canonical)) {
            // They keep `signed` as it is written.
            (AuthContent::Member(one), AuthContent::Member(other)) => {
                assert_eq!(one.membership, other.membership);
            }
            (one, other) => assert_eq!(one, other, "{content} is read otherwise than {canonical}"),
        }
    }
}

fn given<'a>(event_type: &'a str, state_key: &'a str, content: &'a str) -> Given<'a> {
    Given { event_type, sender: "@a:a.example", state_key: Some(state_key), content }
}

fn user(id: &str) -> &UserId {
    UserId::parse(id).expect("a user ID")
}

/// An event of which only the content matters.
struct Given<'a> {
    event_type: &'a str,
    sender: &'a str,
    state_key: Option<&'a str>,
    content: &'a str,
}

impl Event for Given<'_> {
    fn event_id(&self) -> &EventId {
        EventId::parse("$event:a.example").expect("an event ID")
    }

    fn room_id(&self) -> Option<&RoomId> {
        RoomId::parse("!room:a.example").ok()
    }

    fn sender(&self) -> &UserId {
        user(self.sender)
    }

    fn event_type(&self) -> &str {
        self.event_type
    }

    fn state_key(&self) -> Option<&str> {
        self.state_key
    }

    fn content(&self) -> &str {
        self.content
    }

    fn origin_server_ts(&self) -> i64 {
        0
    }

    fn depth(&self) -> i64 {
        0
    }

    fn prev_events(&self) -> impl Iterator<Item = &EventId> {
        std::iter::empty()
    }

    fn auth_events(&self) -> impl Iterator<Item = &EventId> {
        std::iter::empty()
    }

    fn redacts(&self) -> Option<&EventId> {
        None
    }
}
