//! Rules added, changed and removed.

use matrix_push::{Action, Condition, Error, Position, Rule, RuleKind, Ruleset};

use crate::{me, value};

fn ids(set: &Ruleset, kind: RuleKind) -> Vec<&str> {
    set.of(kind).iter().map(|rule| rule.rule_id.as_str()).collect()
}

fn put(set: &mut Ruleset, rule_id: &str, before: Option<&str>, after: Option<&str>) -> Result<(), Error> {
    set.put(RuleKind::Override, Rule::new(rule_id, [Action::Notify]), Position { before, after })
}

fn three() -> Ruleset {
    let mut set = Ruleset::predefined(me());
    for rule_id in ["c", "b", "a"] {
        put(&mut set, rule_id, None, None).unwrap();
    }
    set
}

#[test]
fn msc2663_a_rule_that_is_not_there_is_not_found() {
    let mut set = three();
    for (kind, rule_id) in
        [(RuleKind::Override, "x"), (RuleKind::Room, "a"), (RuleKind::Underride, ".m.rule.master")]
    {
        let error = Error::NotFound { kind, rule_id: rule_id.to_owned() };
        assert_eq!((error.errcode(), error.kind()), ("M_NOT_FOUND", "not_found"));
        assert_eq!(set.get(kind, rule_id), Err(error.clone()));
        assert_eq!(set.set_enabled(kind, rule_id, true), Err(error.clone()));
        assert_eq!(set.set_actions(kind, rule_id, vec![]), Err(error.clone()));
        assert_eq!(set.remove(kind, rule_id), Err(error));
    }
}

#[test]
fn msc2663_a_rule_that_is_there_can_be_read_and_written() {
    let mut set = three();
    for rule_id in ["a", ".m.rule.tombstone"] {
        set.set_enabled(RuleKind::Override, rule_id, false).unwrap();
        set.set_actions(RuleKind::Override, rule_id, vec![Action::sound("x")]).unwrap();
        let rule = set.get(RuleKind::Override, rule_id).unwrap();
        assert!(!rule.enabled && rule.actions == [Action::sound("x")]);
    }
    assert_eq!(set.remove(RuleKind::Override, "a").unwrap().rule_id, "a");
    assert_eq!(set.remove(RuleKind::Override, "a").map_err(|error| error.errcode()), Err("M_NOT_FOUND"));
}

#[test]
fn a_new_rule_comes_before_the_others_of_the_user_and_after_the_master_rule() {
    let set = three();
    assert_eq!(
        ids(&set, RuleKind::Override)[..5],
        [".m.rule.master", "a", "b", "c", ".m.rule.suppress_notices"]
    );
    assert!(set.of(RuleKind::Override)[1].enabled && !set.of(RuleKind::Override)[1].default);
}

#[test]
fn a_rule_goes_where_it_is_asked_to() {
    for (before, after, wanted) in [
        (Some("b"), None, ["a", "x", "b", "c"]),
        (None, Some("b"), ["a", "b", "x", "c"]),
        (Some("a"), None, ["x", "a", "b", "c"]),
        (None, Some("c"), ["a", "b", "c", "x"]),
        (Some("c"), Some("a"), ["a", "b", "x", "c"]),
    ] {
        let mut set = three();
        put(&mut set, "x", before, after).unwrap();
        assert_eq!(ids(&set, RuleKind::Override)[1..5], wanted);
    }
    let mut set = three();
    put(&mut set, "a", None, Some("c")).unwrap();
    put(&mut set, "c", Some("b"), None).unwrap();
    assert_eq!(ids(&set, RuleKind::Override)[1..4], ["c", "b", "a"]);
}

#[test]
fn a_rule_that_is_put_again_keeps_its_place_and_stays_disabled() {
    let mut set = three();
    set.set_enabled(RuleKind::Override, "b", false).unwrap();
    let condition = Condition::from_value(&value(r#"{"kind": "contains_display_name"}"#));
    let rule = Rule::new("b", []).with_conditions([condition.clone()]);
    set.put(RuleKind::Override, rule, Position::default()).unwrap();
    assert_eq!(ids(&set, RuleKind::Override)[1..4], ["a", "b", "c"]);
    let rule = set.get(RuleKind::Override, "b").unwrap();
    assert_eq!((rule.enabled, &rule.conditions[..], &rule.actions[..]), (false, &[condition][..], &[][..]));
}

#[test]
fn there_are_places_that_no_rule_can_have() {
    let mut set = three();
    let before = set.clone();
    assert_eq!(
        put(&mut set, "x", Some("y"), None),
        Err(Error::UnknownNeighbor { kind: RuleKind::Override, rule_id: "y".to_owned() })
    );
    assert_eq!(
        put(&mut set, "x", None, Some(".m.rule.master")),
        Err(Error::ServerDefault(".m.rule.master".to_owned()))
    );
    assert_eq!(
        put(&mut set, "x", Some("a"), Some("b")),
        Err(Error::NoPlace { before: "a".to_owned(), after: "b".to_owned() })
    );
    assert!(put(&mut set, "x", Some("a"), Some("a")).is_err());
    assert!(put(&mut set, "x", Some("x"), None).is_err());
    assert_eq!(set, before);
}

#[test]
fn the_rules_of_the_server_are_neither_made_nor_replaced_nor_removed() {
    let mut set = three();
    for rule_id in [".m.rule.master", ".mine"] {
        assert_eq!(put(&mut set, rule_id, None, None), Err(Error::ServerDefault(rule_id.to_owned())));
    }
    let error = set.remove(RuleKind::Override, ".m.rule.master").unwrap_err();
    assert_eq!(
        (error.errcode(), error.to_string()),
        ("M_INVALID_PARAM", "\".m.rule.master\" is a rule of the server".to_owned())
    );
    assert_eq!(set, three());
}

#[test]
fn a_rule_has_what_its_kind_has() {
    let mut set = Ruleset::new();
    let plain = || Rule::new("x", []);
    let with_pattern = || plain().with_pattern("y");
    let with_condition = || plain().with_conditions([Condition::ContainsDisplayName]);
    for (kind, rule, good) in [
        (RuleKind::Content, plain(), false),
        (RuleKind::Content, with_pattern(), true),
        (RuleKind::Content, with_condition().with_pattern("y"), false),
        (RuleKind::Override, with_pattern(), false),
        (RuleKind::Override, with_condition(), true),
        (RuleKind::Room, plain(), true),
        (RuleKind::Room, with_condition(), false),
        (RuleKind::Sender, with_pattern(), false),
    ] {
        assert_eq!(set.put(kind, rule.clone(), Position::default()).is_ok(), good, "{kind} {rule:?}");
    }
    for rule_id in ["", "a/b", "a\\b"] {
        let error = set.put(RuleKind::Override, Rule::new(rule_id, []), Position::default()).unwrap_err();
        assert_eq!(error, Error::InvalidRuleId(rule_id.to_owned()));
    }
}

#[test]
fn kinds_have_names() {
    for kind in RuleKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
    }
    assert_eq!("device".parse::<RuleKind>(), Err(Error::UnknownKind("device".to_owned())));
}
