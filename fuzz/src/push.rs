//! Push rules.

use matrix_canonicaljson::{Mode, Object, Value};
use matrix_identifiers::UserId;
use matrix_push::{Condition, Context, Rule, RuleKind, Ruleset};

/// Checks that the compiled rules find what the rules one by one find, and that a set survives writing.
///
/// The first line is a set of rules, the rest an event.
pub fn run(data: &[u8]) {
    let Some(end) = data.iter().position(|byte| *byte == b'\n') else { return };
    let (rules, event) = data.split_at(end);
    let (Ok(rules), Ok(event)) = (Object::parse(rules, Mode::Lenient), Object::parse(event, Mode::Lenient))
    else {
        return;
    };
    let set = Ruleset::from_object(&rules);
    assert_eq!(Ruleset::from_object(&set.to_object()), set);
    let me = UserId::parse("@me:example.org").expect("a user ID");
    let context = Context::new(me).with_display_name("Me?").with_member_count(2);
    let compiled = set.compile();
    let found = compiled.evaluate(&event, &context);
    assert_eq!(found.map(|found| (found.kind, found.rule)), one_by_one(&set, &event, &context));
    let (mut merged, defaults) = (set.clone(), Ruleset::predefined(me));
    merged.merge_defaults(&defaults);
    let once = merged.clone();
    merged.merge_defaults(&defaults);
    assert_eq!(merged, once);
}

fn one_by_one<'s>(set: &'s Ruleset, event: &Object, context: &Context<'_>) -> Option<(RuleKind, &'s Rule)> {
    if event.get_str("sender") == Some("@me:example.org") {
        return None;
    }
    let matches = |kind: RuleKind, rule: &Rule| match kind {
        RuleKind::Override | RuleKind::Underride => {
            rule.conditions.iter().all(|it| it.applies(event, context))
        }
        RuleKind::Content => rule.pattern.as_deref().is_some_and(|pattern| {
            let condition = [("kind", "event_match"), ("key", "content.body"), ("pattern", pattern)];
            Condition::from_value(&Value::from(Object::from(condition))).applies(event, context)
        }),
        RuleKind::Room => event.get_str("room_id") == Some(&rule.rule_id),
        RuleKind::Sender => event.get_str("sender") == Some(&rule.rule_id),
    };
    set.iter().find(|(kind, rule)| rule.enabled && matches(*kind, rule))
}
