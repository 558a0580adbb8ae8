//! What evaluating costs.

use matrix_authrules::{PowerLevels, RoomLevels};
use matrix_push::{Action, Context, Position, Rule, RuleKind, Ruleset};
use matrix_roomversion::RoomVersion;

use crate::{me, object};

#[test]
fn an_event_that_matches_nothing_allocates_nothing_and_neither_does_one_that_matches() {
    let mut set = Ruleset::predefined(me());
    for word in ["tea", "Cake", "on-call", "@ops"] {
        let rule = Rule::new(word, [Action::Notify]).with_pattern(word);
        set.put(RuleKind::Content, rule, Position::default()).unwrap();
    }
    for number in 0..100 {
        let room = Rule::new(format!("!room{number}:example.org"), []);
        set.put(RuleKind::Room, room, Position::default()).unwrap();
        let sender = Rule::new(format!("@spam{number}:example.org"), []);
        set.put(RuleKind::Sender, sender, Position::default()).unwrap();
    }
    let compiled = set.compile();
    let rules = &RoomVersion::V11.rules().authorization;
    let levels = PowerLevels::parse("{}", rules);
    let levels = RoomLevels::new(rules, None, Some(&levels));
    let context = Context::new(me()).with_member_count(5).with_display_name("Me").with_levels(levels);
    for (event, matches) in [
        (
            r#"{"type": "org.example.x", "sender": "@a:b", "room_id": "!x:y", "content": {"body": "UPPER Ünicode"}}"#,
            false,
        ),
        (r#"{"type": "m.room.topic", "state_key": "", "sender": "@a:b", "content": {"topic": "X"}}"#, false),
        (r#"{"type": "m.room.message", "sender": "@me:example.org", "content": {"body": "tea"}}"#, false),
        (
            r#"{"type": "m.room.message", "sender": "@a:b", "content": {"body": "Hi", "m.mentions": {"room": true}}}"#,
            true,
        ),
        (r#"{"type": "m.room.message", "sender": "@a:b", "content": {"body": "A CAKE!"}}"#, true),
        (
            r#"{"type": "m.room.member", "sender": "@a:b", "state_key": "@me:example.org", "content": {"membership": "invite"}}"#,
            true,
        ),
    ] {
        let event = object(event);
        let counted = allocation_counter::measure(|| {
            assert_eq!(compiled.evaluate(&event, &context).is_some(), matches);
        });
        assert_eq!(counted.count_total, 0, "{event}");
    }
}
