//! Rules as servers send them, with whatever is in them.

use matrix_push::{Action, Condition, Rule, RuleKind, Ruleset, Tweak};

use crate::{object, value};

fn actions(json: &str) -> Vec<Action> {
    let rule = object(&format!(r#"{{"rule_id": "x", "actions": {json}}}"#));
    Rule::from_object(RuleKind::Override, &rule).unwrap().actions
}

#[test]
fn historical_actions_are_nothing() {
    assert_eq!(actions(r#"["dont_notify"]"#), []);
    assert_eq!(actions(r#"["coalesce", "notify", "dont_notify"]"#), [Action::Notify]);
}

#[test]
fn tweaks_are_read_with_their_defaults() {
    assert_eq!(actions(r#"[{"set_tweak": "highlight"}]"#), [Action::highlight()]);
    assert_eq!(actions(r#"[{"set_tweak": "highlight", "value": true}]"#), [Action::highlight()]);
    assert_eq!(
        actions(r#"[{"set_tweak": "highlight", "value": false}]"#),
        [Action::SetTweak(Tweak::Highlight(false))]
    );
    assert_eq!(actions(r#"[{"set_tweak": "sound", "value": "ring"}]"#), [Action::sound("ring")]);
    let other = Tweak::Other { name: "led".to_owned(), value: Some(value("[1]")) };
    assert_eq!(actions(r#"[{"set_tweak": "led", "value": [1]}]"#), [Action::SetTweak(other)]);
    let bare = Tweak::Other { name: "led".to_owned(), value: None };
    assert_eq!(bare.name(), "led");
    assert_eq!(actions(r#"[{"set_tweak": "led"}]"#), [Action::SetTweak(bare)]);
}

#[test]
fn unknown_actions_do_nothing_and_are_written_again() {
    let json = r#"["explode",{"beep":1},{"set_tweak":5},{"set_tweak":"sound"},{"set_tweak":"highlight","value":"yes"},5,null]"#;
    let read = actions(json);
    assert_eq!(read.len(), 7);
    let rule = Rule::new("x", read);
    assert!(!rule.notifies() && !rule.highlights() && rule.sound().is_none() && rule.tweaks().count() == 0);
    let written = rule.to_object(RuleKind::Room);
    assert_eq!(written.get("actions"), Some(&value(json)));
}

#[test]
fn what_is_missing_or_of_another_type_asks_for_nothing() {
    let read = |json: &str| Rule::from_object(RuleKind::Override, &object(json));
    assert_eq!(read("{}"), None);
    assert_eq!(read(r#"{"rule_id": 5}"#), None);
    assert_eq!(read(r#"{"rule_id": "x"}"#), Some(Rule::new("x", [])));
    assert_eq!(
        read(r#"{"rule_id": "x", "actions": {}, "enabled": "no", "pattern": 5, "conditions": null}"#),
        Some(Rule::new("x", []))
    );
    assert!(read(r#"{"rule_id": ".x"}"#).unwrap().default);
    assert!(!read(r#"{"rule_id": ".x", "default": false}"#).unwrap().default);
    let conditions = read(r#"{"rule_id": "x", "conditions": {}}"#).unwrap().conditions;
    assert!(matches!(conditions[..], [Condition::Unknown(_)]));
}

#[test]
fn a_content_rule_without_a_pattern_never_matches() {
    let set = Ruleset::from_object(&object(
        r#"{"content": [{"rule_id": "x", "enabled": true, "actions": ["notify"]}]}"#,
    ));
    let event = object(r#"{"content": {"body": "x"}}"#);
    let context = matrix_push::Context::new(crate::me());
    assert_eq!(set.compile().evaluate(&event, &context), None);
}

#[test]
fn a_set_is_read_past_what_is_no_rule_and_written_as_it_is() {
    let json = r#"{"override": [5, {"rule_id": "a", "actions": ["notify"]}, {}], "content": "x", "device": [{"rule_id": "d"}],
        "sender": [{"rule_id": "@a:b", "actions": []}]}"#;
    let set = Ruleset::from_object(&object(json));
    assert_eq!(
        set.iter().map(|(kind, rule)| (kind, &*rule.rule_id)).collect::<Vec<_>>(),
        [(RuleKind::Override, "a"), (RuleKind::Sender, "@a:b")]
    );
    let written = set.to_object();
    assert_eq!(written.keys().collect::<Vec<_>>(), ["content", "override", "room", "sender", "underride"]);
    assert_eq!(Ruleset::from_object(&written), set);
}

#[test]
fn conditions_and_patterns_are_read_of_the_kinds_that_have_them() {
    let rule = object(r#"{"rule_id": "x", "conditions": [{"kind": "unknown"}], "pattern": "y"}"#);
    for kind in RuleKind::ALL {
        let read = Rule::from_object(kind, &rule).unwrap();
        assert_eq!(read.conditions.len(), usize::from(kind.has_conditions()), "{kind}");
        assert_eq!(read.pattern.is_some(), kind == RuleKind::Content, "{kind}");
        assert_eq!(Rule::from_object(kind, &read.to_object(kind)), Some(read));
    }
}
