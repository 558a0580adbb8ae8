//! The cases that ship with this project.

use matrix_canonicaljson::Value;
use matrix_push::{Condition, Context, Rule, RuleKind, Ruleset};

use crate::{me, object};

#[test]
fn every_condition_applies_as_it_says() {
    let file = object(include_str!("../data/push_cases.json"));
    let cases = file.get_array("conditions").unwrap();
    assert_eq!(cases.len(), 37);
    for case in cases.iter().map(|case| case.as_object().unwrap()) {
        let known = case.get_object("ctx").unwrap();
        let mut context = Context::new(me());
        if let Some(name) = known.get_str("display_name") {
            context = context.with_display_name(name);
        }
        if let Some(members) = known.get_integer("members") {
            context = context.with_member_count(members.get().try_into().unwrap());
        }
        let condition = Condition::from_value(case.get("condition").unwrap());
        let wanted = case.get("applies").and_then(Value::as_bool).unwrap();
        assert_eq!(condition.applies(case.get_object("event").unwrap(), &context), wanted, "{case}");
        assert_eq!(
            condition.to_value().to_string(),
            without_equals(case.get("condition").unwrap()),
            "{case}"
        );
    }
}

/// `==` may be left out.
fn without_equals(condition: &Value) -> String {
    condition.to_string().replace("==", "")
}

#[test]
fn msc1930_the_rule_of_the_proposal_is_that_of_the_specification() {
    let file = object(include_str!("../data/push_cases.json"));
    let proposed =
        Rule::from_object(RuleKind::Override, file.get_object("tombstone_rule_msc1930").unwrap()).unwrap();
    let set = Ruleset::predefined(me());
    assert_eq!(set.get(RuleKind::Override, ".m.rule.tombstone"), Ok(&proposed));
}
