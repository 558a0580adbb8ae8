//! Events held against whole sets of rules.

use matrix_authrules::{PowerLevels, RoomLevels};
use matrix_identifiers::RoomId;
use matrix_push::{Action, Condition, Context, Position, Rule, RuleKind, Ruleset};
use matrix_roomversion::RoomVersion;

use crate::{me, object, value};

fn found(set: &Ruleset, event: &str, context: &Context<'_>) -> Option<String> {
    set.compile().evaluate(&object(event), context).map(|found| found.rule.rule_id.clone())
}

#[track_caller]
fn predefined(event: &str, rule: Option<&str>) {
    let rules = &RoomVersion::V11.rules().authorization;
    let levels = PowerLevels::parse(r#"{"users": {"@admin:b": 100}}"#, rules);
    let levels = RoomLevels::new(rules, None, Some(&levels));
    let context = Context::new(me()).with_member_count(9).with_levels(levels);
    let rule = rule.map(|rule| format!(".m.rule.{rule}"));
    assert_eq!(found(&Ruleset::predefined(me()), event, &context), rule, "{event}");
}

#[test]
fn every_predefined_rule_is_reached() {
    let message = |content: &str| {
        format!(r#"{{"type": "m.room.message", "sender": "@admin:b", "content": {content}}}"#)
    };
    predefined(
        &message(r#"{"msgtype": "m.notice", "m.mentions": {"room": true}}"#),
        Some("suppress_notices"),
    );
    predefined(
        r#"{"type": "m.room.member", "state_key": "@me:example.org", "content": {"membership": "invite"}}"#,
        Some("invite_for_me"),
    );
    predefined(
        r#"{"type": "m.room.member", "state_key": "@you:example.org", "content": {"membership": "invite"}}"#,
        Some("member_event"),
    );
    predefined(
        r#"{"type": "m.room.member", "state_key": "@me:example.org", "content": {"membership": "join"}}"#,
        Some("member_event"),
    );
    predefined(
        &message(r#"{"m.mentions": {"user_ids": ["@a:b", "@me:example.org"]}}"#),
        Some("is_user_mention"),
    );
    predefined(&message(r#"{"m.mentions": {"room": true}}"#), Some("is_room_mention"));
    predefined(&message(r#"{"m.mentions": {"room": "true"}}"#), Some("message"));
    predefined(&message(r#"{"m.mentions": {"room": true}}"#).replace("@admin", "@other"), Some("message"));
    predefined(r#"{"type": "m.room.tombstone", "state_key": "", "content": {}}"#, Some("tombstone"));
    predefined(r#"{"type": "m.room.tombstone", "state_key": "x", "content": {}}"#, None);
    predefined(r#"{"type": "m.room.tombstone", "content": {}}"#, None);
    predefined(r#"{"type": "m.reaction", "content": {}}"#, Some("reaction"));
    predefined(r#"{"type": "m.room.server_acl", "state_key": "", "content": {}}"#, Some("room.server_acl"));
    predefined(&message(r#"{"m.relates_to": {"rel_type": "m.replace"}}"#), Some("suppress_edits"));
    predefined(r#"{"type": "m.call.invite", "content": {}}"#, Some("call"));
    predefined(&message("{}"), Some("message"));
    predefined(r#"{"type": "m.room.encrypted", "content": {}}"#, Some("encrypted"));
    predefined(r#"{"type": "m.room.topic", "state_key": "", "content": {"topic": "x"}}"#, None);
    predefined("{}", None);
    let two = Context::new(me()).with_member_count(2);
    let set = Ruleset::predefined(me());
    for (kind, rule) in [("message", "room_one_to_one"), ("encrypted", "encrypted_room_one_to_one")] {
        let event = format!(r#"{{"type": "m.room.{kind}"}}"#);
        assert_eq!(found(&set, &event, &two), Some(format!(".m.rule.{rule}")));
    }
}

#[test]
fn msc1930_a_tombstone_notifies_and_stands_out() {
    let set = Ruleset::predefined(me()).compile();
    let event = object(r#"{"type": "m.room.tombstone", "state_key": "", "sender": "@a:b", "content": {}}"#);
    let context = Context::new(me());
    let found = set.evaluate(&event, &context).unwrap();
    assert_eq!(found.kind, RuleKind::Override);
    assert!(found.notifies() && found.rule.highlights());
    assert_eq!(found.rule.sound(), None);
}

#[test]
fn the_master_rule_turns_everything_off() {
    let mut set = Ruleset::predefined(me());
    let loud = Rule::new("loud", [Action::Notify]);
    set.put(RuleKind::Override, loud, Position::default()).unwrap();
    let message = r#"{"type": "m.room.message", "sender": "@a:b"}"#;
    assert_eq!(found(&set, message, &Context::new(me())).as_deref(), Some("loud"));
    set.set_enabled(RuleKind::Override, ".m.rule.master", true).unwrap();
    assert_eq!(found(&set, message, &Context::new(me())).as_deref(), Some(".m.rule.master"));
    assert!(!set.compile().evaluate(&object(message), &Context::new(me())).unwrap().notifies());
}

#[test]
fn own_events_match_nothing() {
    let mut set = Ruleset::predefined(me());
    set.put(RuleKind::Override, Rule::new("all", [Action::Notify]), Position::default()).unwrap();
    assert_eq!(
        found(&set, r#"{"type": "m.room.message", "sender": "@me:example.org"}"#, &Context::new(me())),
        None
    );
}

#[test]
fn kinds_come_in_their_order_and_disabled_rules_never_match() {
    let message =
        r#"{"type": "m.room.message", "sender": "@a:b", "room_id": "!r:b", "content": {"body": "tea time"}}"#;
    let mut set = Ruleset::new();
    let always = |id: &str| Rule::new(id, [Action::Notify]);
    set.put(RuleKind::Underride, always("under"), Position::default()).unwrap();
    set.put(RuleKind::Sender, always("@a:b"), Position::default()).unwrap();
    set.put(RuleKind::Room, always("!r:b"), Position::default()).unwrap();
    set.put(RuleKind::Content, always("time").with_pattern("t*me"), Position::default()).unwrap();
    set.put(RuleKind::Content, always("tea").with_pattern("tea"), Position::default()).unwrap();
    set.put(RuleKind::Override, always("over"), Position::default()).unwrap();
    for (kind, rule_id) in [
        (RuleKind::Override, "over"),
        (RuleKind::Content, "tea"),
        (RuleKind::Content, "time"),
        (RuleKind::Room, "!r:b"),
        (RuleKind::Sender, "@a:b"),
        (RuleKind::Underride, "under"),
    ] {
        assert_eq!(found(&set, message, &Context::new(me())).as_deref(), Some(rule_id));
        set.set_enabled(kind, rule_id, false).unwrap();
    }
    assert_eq!(found(&set, message, &Context::new(me())), None);
}

#[test]
fn room_and_sender_rules_are_of_one_room_and_one_sender() {
    let mut set = Ruleset::new();
    for room in ["!a:b", "!c:d", "!e:f"] {
        set.put(RuleKind::Room, Rule::new(room, []), Position::default()).unwrap();
    }
    set.put(RuleKind::Sender, Rule::new("@spam:b", []), Position::default()).unwrap();
    let context = Context::new(me());
    assert_eq!(found(&set, r#"{"room_id": "!c:d"}"#, &context).as_deref(), Some("!c:d"));
    assert_eq!(found(&set, r#"{"room_id": "!C:d"}"#, &context), None);
    assert_eq!(
        found(&set, r#"{"room_id": "!x:d", "sender": "@spam:b"}"#, &context).as_deref(),
        Some("@spam:b")
    );
    assert_eq!(found(&set, r#"{"sender": "@spam:bb"}"#, &context), None);
    let room = context.with_room_id(RoomId::parse("!e:f").unwrap());
    assert_eq!(found(&set, r#"{"sender": "@x:y"}"#, &room).as_deref(), Some("!e:f"));
}

#[test]
fn all_conditions_have_to_hold_and_an_unknown_one_disables_the_rule() {
    let condition = |json: &str| Condition::from_value(&value(json));
    let message = condition(r#"{"kind": "event_match", "key": "type", "pattern": "m.room.message"}"#);
    let few = condition(r#"{"kind": "room_member_count", "is": "<=10"}"#);
    let beer = condition(r#"{"kind": "event_match", "key": "content.body", "pattern": "be?r"}"#);
    let unknown = condition(r#"{"kind": "org.example"}"#);
    let event = r#"{"type": "m.room.message", "sender": "@a:b", "content": {"body": "Beer o'clock"}}"#;
    let context = Context::new(me()).with_member_count(3);
    let matches = |conditions: &[Condition], event: &str, context: &Context<'_>| {
        let mut set = Ruleset::new();
        let rule = Rule::new("x", [Action::Notify]).with_conditions(conditions);
        set.put(RuleKind::Override, rule, Position::default()).unwrap();
        found(&set, event, context).is_some()
    };
    let all = [beer.clone(), message.clone(), few.clone()];
    assert!(matches(&all, event, &context) && matches(&[], event, &context));
    assert!(!matches(&all, &event.replace("message", "topic"), &context));
    assert!(!matches(&all, &event.replace("Beer", "Tea"), &context));
    assert!(!matches(&all, event, &context.with_member_count(11)));
    assert!(!matches(&[message, unknown], event, &context));
}
