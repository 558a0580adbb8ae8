//! What holds for all rules and events.

use matrix_canonicaljson::Value;
use matrix_push::{Context, Rule, RuleKind, Ruleset};
use proptest::prelude::*;

use crate::{me, object, value};

fn scalars() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(
        &[
            "true",
            "false",
            "null",
            "1",
            "\"a\"",
            "\"A b\"",
            "\"m.x\"",
            "\"\"",
            "[\"a\",1]",
            "{\"a\":1}",
            "1.5",
        ][..],
    )
}

fn keys() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(
        &["type", "content.body", "content.a", "content.m\\\\.x", "sender", "room_id", "state_key", "x.y"][..],
    )
}

fn conditions() -> impl Strategy<Value = String> {
    let patterns = proptest::sample::select(&["a", "A*", "*", "", "m.x", "?", "b", "é", "*b"][..]);
    prop_oneof![
        (keys(), patterns).prop_map(|(key, pattern)| format!(
            r#"{{"kind":"event_match","key":"{key}","pattern":"{pattern}"}}"#
        )),
        (keys(), scalars()).prop_map(|(key, value)| format!(
            r#"{{"kind":"event_property_is","key":"{key}","value":{value}}}"#
        )),
        (keys(), scalars()).prop_map(|(key, value)| format!(
            r#"{{"kind":"event_property_contains","key":"{key}","value":{value}}}"#
        )),
        proptest::sample::select(&["2", "<2", ">=1", "x"][..])
            .prop_map(|is| format!(r#"{{"kind":"room_member_count","is":"{is}"}}"#)),
        Just(r#"{"kind":"contains_display_name"}"#.to_owned()),
        Just(r#"{"kind":"sender_notification_permission","key":"room"}"#.to_owned()),
        Just(r#"{"kind":"unknown"}"#.to_owned()),
    ]
}

fn rules(kind: RuleKind) -> impl Strategy<Value = String> {
    let ids = proptest::sample::select(&["a", "@a:b", "!a:b", ".m.rule.x", "b"][..]);
    let conditions = proptest::collection::vec(conditions(), 0..3);
    (ids, any::<bool>(), conditions).prop_map(move |(id, enabled, conditions)| {
        let extra = match kind {
            RuleKind::Content => r#","pattern":"a*""#.to_owned(),
            kind if kind.has_conditions() => format!(r#","conditions":[{}]"#, conditions.join(",")),
            _ => String::new(),
        };
        format!(r#"{{"rule_id":"{id}","default":false,"enabled":{enabled},"actions":["notify"]{extra}}}"#)
    })
}

fn sets() -> impl Strategy<Value = String> {
    let of = |kind: RuleKind| {
        proptest::collection::vec(rules(kind), 0..4)
            .prop_map(move |rules| format!(r#""{kind}":[{}]"#, rules.join(",")))
    };
    let [a, b, c, d, e] = RuleKind::ALL.map(of);
    (a, b, c, d, e).prop_map(|(a, b, c, d, e)| format!("{{{a},{b},{c},{d},{e}}}"))
}

fn events() -> impl Strategy<Value = String> {
    let texts = || {
        proptest::sample::select(
            &["\"a\"", "\"A b\"", "\"m.x\"", "\"\"", "\"@a:b\"", "\"!a:b\"", "null", "\"é B\""][..],
        )
    };
    (texts(), texts(), texts(), scalars(), scalars()).prop_map(|(kind, sender, room, a, body)| {
        format!(r#"{{"type":{kind},"sender":{sender},"room_id":{room},"content":{{"a":{a},"body":{body},"m.x":{a}}}}}"#)
    })
}

/// The rules taken one by one as the text says.
fn by_the_text(
    set: &Ruleset,
    event: &matrix_canonicaljson::Object,
    context: &Context<'_>,
) -> Option<(RuleKind, String)> {
    let text = |key: &str| event.get_str(key);
    if text("sender") == Some(crate::ME) {
        return None;
    }
    let matches = |kind: RuleKind, rule: &Rule| match kind {
        RuleKind::Override | RuleKind::Underride => {
            rule.conditions.iter().all(|it| it.applies(event, context))
        }
        RuleKind::Content => {
            let pattern = rule.pattern.as_deref().unwrap_or_default();
            let condition = format!(r#"{{"kind":"event_match","key":"content.body","pattern":"{pattern}"}}"#);
            matrix_push::Condition::from_value(&value(&condition)).applies(event, context)
        }
        RuleKind::Room => text("room_id") == Some(&rule.rule_id),
        RuleKind::Sender => text("sender") == Some(&rule.rule_id),
    };
    let found = set.iter().find(|(kind, rule)| rule.enabled && matches(*kind, rule));
    found.map(|(kind, rule)| (kind, rule.rule_id.clone()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn compiled_rules_find_what_the_rules_one_by_one_find(set in sets(), event in events()) {
        let (set, event) = (Ruleset::from_object(&object(&set)), object(&event));
        let context = Context::new(me()).with_member_count(2).with_display_name("b");
        let compiled = set.compile();
        let found = compiled.evaluate(&event, &context);
        let wanted = by_the_text(&set, &event, &context);
        prop_assert_eq!(found.map(|found| (found.kind, found.rule.rule_id.clone())), wanted);
    }

    #[test]
    fn what_is_written_is_read_again(set in sets()) {
        let set = Ruleset::from_object(&object(&set));
        prop_assert_eq!(Ruleset::from_object(&set.to_object()), set);
    }

    #[test]
    fn merging_twice_is_merging_once(set in sets()) {
        let mut set = Ruleset::from_object(&object(&set));
        let defaults = Ruleset::predefined(me());
        set.merge_defaults(&defaults);
        let once = set.clone();
        set.merge_defaults(&defaults);
        prop_assert_eq!(set, once);
    }

    #[test]
    fn anything_is_read_as_a_rule(rule in conditions()) {
        let wrapped = Value::from(object(&rule));
        let read = Rule::from_object(RuleKind::Override, &object(&format!(r#"{{"rule_id":"x","conditions":[{wrapped}],"actions":[{wrapped}]}}"#))).unwrap();
        prop_assert_eq!(read.conditions.len(), 1);
    }
}
