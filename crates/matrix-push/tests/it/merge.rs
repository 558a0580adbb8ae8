//! The server's rules kept up to date in a user's set.

use matrix_push::{Action, Position, Rule, RuleKind, Ruleset};

use crate::{me, object};

fn ids(set: &Ruleset, kind: RuleKind) -> Vec<&str> {
    set.of(kind).iter().map(|rule| rule.rule_id.as_str()).collect()
}

#[test]
fn what_the_user_set_stays_and_what_the_server_changed_comes() {
    let stored = object(
        r#"{
        "override": [
            {"rule_id": "mine", "enabled": false, "actions": ["notify"], "conditions": []},
            {"rule_id": ".m.rule.master", "default": true, "enabled": true, "actions": ["dont_notify"], "conditions": []},
            {"rule_id": ".m.rule.contains_display_name", "default": true, "enabled": true, "actions": ["notify"],
             "conditions": [{"kind": "contains_display_name"}]},
            {"rule_id": ".m.rule.tombstone", "default": true, "enabled": false, "actions": ["notify"],
             "conditions": [{"kind": "old"}]}
        ],
        "content": [
            {"rule_id": ".m.rule.contains_user_name", "default": true, "enabled": true, "pattern": "me", "actions": []},
            {"rule_id": "tea", "default": false, "enabled": true, "pattern": "tea", "actions": ["notify"]}
        ],
        "room": [{"rule_id": "!a:b", "default": false, "enabled": true, "actions": []}]
    }"#,
    );
    let mut set = Ruleset::from_object(&stored);
    let defaults = Ruleset::predefined(me());
    set.merge_defaults(&defaults);

    assert_eq!(ids(&set, RuleKind::Override)[..3], [".m.rule.master", "mine", ".m.rule.suppress_notices"]);
    assert_eq!(set.of(RuleKind::Override).len(), 11);
    assert_eq!(ids(&set, RuleKind::Content), ["tea"]);
    assert_eq!(ids(&set, RuleKind::Room), ["!a:b"]);
    assert_eq!(set.of(RuleKind::Underride), defaults.of(RuleKind::Underride));
    assert!(set.get(RuleKind::Override, ".m.rule.master").unwrap().enabled);
    assert!(!set.get(RuleKind::Override, "mine").unwrap().enabled);
    let tombstone = set.get(RuleKind::Override, ".m.rule.tombstone").unwrap();
    assert_eq!((tombstone.enabled, &tombstone.actions[..]), (false, &[Action::Notify][..]));
    let predefined = defaults.get(RuleKind::Override, ".m.rule.tombstone").unwrap();
    assert_eq!(tombstone.conditions, predefined.conditions);

    let merged = set.clone();
    set.merge_defaults(&defaults);
    assert_eq!(set, merged);
}

#[test]
fn rules_of_a_user_among_the_defaults_are_passed_over() {
    let mut defaults = Ruleset::new();
    defaults.put(RuleKind::Override, Rule::new("x", []), Position::default()).unwrap();
    let mut set = Ruleset::new();
    set.merge_defaults(&defaults);
    assert_eq!(set, Ruleset::new());
}
