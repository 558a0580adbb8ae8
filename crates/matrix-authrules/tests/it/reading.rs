//! What is read of the contents, in particular of those that nobody should have sent.

use matrix_authrules::{
    AuthContent, Candidate, Event, JoinRule, Membership, ParsedState, auth_types, check_state_dependent,
};
use matrix_identifiers::{EventId, RoomId, UserId};
use matrix_roomversion::RoomVersion;

/// An event that is nothing but a type and a content.
pub(crate) struct Bare<'a> {
    pub(crate) kind: &'a str,
    pub(crate) state_key: Option<&'a str>,
    pub(crate) content: &'a str,
}

impl Event for Bare<'_> {
    fn event_id(&self) -> &EventId {
        EventId::parse("$bare").unwrap()
    }
    fn room_id(&self) -> Option<&RoomId> {
        None
    }
    fn sender(&self) -> &UserId {
        UserId::parse("@alice:a.example").unwrap()
    }
    fn event_type(&self) -> &str {
        self.kind
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
        core::iter::empty()
    }
    fn auth_events(&self) -> impl Iterator<Item = &EventId> {
        core::iter::empty()
    }
    fn redacts(&self) -> Option<&EventId> {
        None
    }
}

pub(crate) const TYPES: [&str; 7] = [
    "m.room.create",
    "m.room.member",
    "m.room.power_levels",
    "m.room.join_rules",
    "m.room.third_party_invite",
    "m.room.aliases",
    "m.room.redaction",
];

fn read(kind: &str, content: &str, version: RoomVersion) -> AuthContent {
    AuthContent::parse(&Bare { kind, state_key: Some(""), content }, &version.rules().authorization)
}

fn membership(content: &str) -> Option<Membership> {
    match read("m.room.member", content, RoomVersion::V11) {
        AuthContent::Member(member) => member.membership,
        other => panic!("{other:?}"),
    }
}

fn join_rule(content: &str) -> JoinRule {
    match read("m.room.join_rules", content, RoomVersion::V11) {
        AuthContent::JoinRules(join_rules) => join_rules.join_rule,
        other => panic!("{other:?}"),
    }
}

/// Reads, selects and checks an event in every version; returns nothing, it only must not panic.
pub(crate) fn exercise(kind: &str, state_key: Option<&str>, content: &str) {
    let event = Bare { kind, state_key, content };
    for version in RoomVersion::ALL {
        let rules = &version.rules().authorization;
        let mut state = ParsedState::new(rules, |_, _| true);
        state.insert(&Bare { kind: "m.room.create", state_key: Some(""), content: "{}" });
        state.insert(&Bare {
            kind: "m.room.member",
            state_key: Some("@alice:a.example"),
            content: r#"{"membership": "join"}"#,
        });
        state.insert(&event);
        let content = AuthContent::parse(&event, rules);
        assert!(auth_types(&event, rules).len() <= 7);
        let _ = check_state_dependent(&Candidate::new(&event, &content, None), rules, &state);
        let _ = matrix_authrules::check_state_independent(&event, &content, rules, |_| None);
        let _ = matrix_authrules::check(&event, version.rules(), &[], |_| true, |_, _| true);
    }
}

#[test]
fn memberships_and_join_rules_are_their_words() {
    for known in [Membership::Join, Membership::Invite, Membership::Leave, Membership::Ban, Membership::Knock]
    {
        assert_eq!(membership(&format!(r#"{{"membership": "{}"}}"#, known.as_str())), Some(known));
    }
    for other in [r#""""#, r#""JOIN""#, r#""join ""#, "5", "null", r#"["join"]"#] {
        assert_eq!(membership(&format!(r#"{{"membership": {other}}}"#)), Some(Membership::Other), "{other}");
    }
    for known in [
        JoinRule::Public,
        JoinRule::Invite,
        JoinRule::Knock,
        JoinRule::Restricted,
        JoinRule::KnockRestricted,
        JoinRule::Private,
    ] {
        assert_eq!(join_rule(&format!(r#"{{"join_rule": "{}"}}"#, known.as_str())), known);
    }
    for other in [r#""""#, r#""Public""#, "5", "null", "{}"] {
        assert_eq!(join_rule(&format!(r#"{{"join_rule": {other}}}"#)), JoinRule::Other, "{other}");
    }
}

#[test]
fn what_is_no_object_is_read_as_empty() {
    for content in
        ["", "{", "[]", "5", r#"{"membership": "join", "join_rule": "public"} x"#, r#"{"membership":}"#]
    {
        assert_eq!(membership(content), None, "{content}");
        assert_eq!(join_rule(content), JoinRule::Invite, "{content}");
    }
}

#[test]
fn the_last_of_equal_keys_counts() {
    assert_eq!(membership(r#"{"membership": "join", "membership": "ban"}"#), Some(Membership::Ban));
    assert_eq!(membership(r#"{"membership": "join", "\u006dembership": 5}"#), Some(Membership::Other));
    assert_eq!(join_rule(r#"{"join_rule": "public", "join_rule": "invite"}"#), JoinRule::Invite);
}

#[test]
fn create_is_read_by_version() {
    let content = r#"{"room_version": "9", "m.federate": false, "creator": "@bob:b.example"}"#;
    for version in RoomVersion::ALL {
        let AuthContent::Create(create) = read("m.room.create", content, version) else { panic!() };
        assert_eq!((create.room_version(), create.federate()), (Some("9"), false));
        assert_eq!(create.event_id().as_str(), "$bare");
    }
    let AuthContent::Create(create) = read("m.room.create", r#"{"room_version": 9}"#, RoomVersion::V11)
    else {
        panic!()
    };
    assert_eq!((create.room_version(), create.federate()), (None, true));
    assert!(create.defect().is_some());
    let AuthContent::Create(broken) = read("m.room.create", "{", RoomVersion::V11) else { panic!() };
    assert!(broken.defect().is_some());
}

#[test]
fn keys_of_a_third_party_invite_are_collected() {
    let keys = |content: &str| match read("m.room.third_party_invite", content, RoomVersion::V11) {
        AuthContent::ThirdPartyInvite(invite) => {
            assert_eq!(invite.sender().as_str(), "@alice:a.example");
            invite.public_keys().iter().map(|key| key.to_string()).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(
        keys(r#"{"public_key": "a", "public_keys": [{"public_key": "b"}, {"public_key": "c"}]}"#),
        ["a", "b", "c"]
    );
    assert_eq!(
        keys(r#"{"public_keys": [{"public_key": "b", "public_key": "c"}, 5, {}, {"public_key": 5}]}"#),
        ["c"]
    );
    assert_eq!(keys(r#"{"public_key": 5, "public_keys": {"public_key": "a"}}"#), [""; 0]);
    assert_eq!(keys("{}"), [""; 0]);
}

#[test]
fn depth_needs_no_stack() {
    let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    let open = "{\"a\":".repeat(50_000);
    std::thread::Builder::new()
        .stack_size(128 * 1024)
        .spawn(move || {
            for value in [&deep, &open] {
                for (kind, key) in [
                    ("m.room.create", "additional_creators"),
                    ("m.room.member", "membership"),
                    ("m.room.member", "third_party_invite"),
                    ("m.room.power_levels", "users"),
                    ("m.room.join_rules", "join_rule"),
                    ("m.room.third_party_invite", "public_keys"),
                ] {
                    exercise(kind, Some(""), &format!(r#"{{"{key}": {value}, "membership": "invite"}}"#));
                }
            }
            let signed = format!(r#"{{"membership": "invite", "third_party_invite": {{"signed": {deep}}}}}"#);
            exercise("m.room.member", Some(""), &signed);
        })
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn what_is_kept_of_an_event_is_small() {
    assert!(size_of::<AuthContent>() <= 32, "{}", size_of::<AuthContent>());
    assert!(size_of::<matrix_authrules::PowerLevels>() <= 168);
    assert!(size_of::<matrix_authrules::Denied>() <= 48);
}
