use matrix_events::content::{PolicyRule, Recommendation, RoomContent};
use matrix_events::policy::{PolicyChange, PolicyKind, PolicyList, share_json_url, shared_room_uri};
use matrix_events::{Lossy, Wire};
use matrix_identifiers::{RoomAliasId, ServerName};
use serde_json::{Value, json};

use crate::{object, room, user};

fn ban(entity: &str) -> Option<PolicyRule> {
    Some(PolicyRule::new(entity.to_owned(), "spam".to_owned(), Recommendation::Ban))
}

fn entities(list: &PolicyList, kind: PolicyKind, entity: &str) -> Vec<String> {
    list.matching(kind, entity).iter().map(|entry| entry.rule.entity.clone()).collect()
}

#[test]
fn msc2313_rules_of_the_vectors() {
    let vectors: Value = serde_json::from_str(include_str!("../data/glob_acl_policy_cases.json")).unwrap();
    let cases = vectors["policy"].as_array().unwrap();
    assert_eq!(cases.len(), 5);
    for case in cases {
        let kind = match case["kind"].as_str().unwrap() {
            "user" => PolicyKind::User,
            "room" => PolicyKind::Room,
            _ => PolicyKind::Server,
        };
        let (content, entity) = (object(&case["content"]), case["entity"].as_str().unwrap());
        let rule = PolicyRule::of(&content);
        let matches = rule.as_ref().is_some_and(|rule| rule.matches(kind, entity));
        assert_eq!(matches, case["match"].as_bool().unwrap(), "{case}");
        let mut list = PolicyList::new();
        list.apply(kind.event_type(), "", rule);
        assert_eq!(!list.matching(kind, entity).is_empty(), matches, "{case}");
    }
}

#[test]
fn msc2313_a_rule_without_one_of_its_strings_does_not_exist() {
    for field in ["entity", "recommendation", "reason"] {
        for misfit in [None, Some(json!(null)), Some(json!(1)), Some(json!(["x"]))] {
            let mut content = json!({"entity": "*", "recommendation": "m.ban", "reason": ""});
            match misfit {
                Some(misfit) => content[field] = misfit,
                None => _ = content.as_object_mut().unwrap().remove(field),
            }
            let no_rule = || PolicyRule::of(&object(&content));
            assert_eq!(no_rule(), None, "{content}");
            let mut list = PolicyList::new();
            assert_eq!(list.apply("m.policy.rule.user", "1", no_rule()), PolicyChange::Nothing);
            assert_eq!(list.apply("m.policy.rule.user", "1", ban("*")), PolicyChange::Added);
            assert_eq!(list.apply("m.policy.rule.user", "1", no_rule()), PolicyChange::Removed);
            assert!(list.is_empty() && list.matching_user(user("@a:x")).is_empty());
        }
    }
}

#[test]
fn msc2313_a_state_key_holds_one_rule_of_a_type() {
    let mut list = PolicyList::new();
    let server = PolicyKind::Server;
    assert_eq!(list.apply("m.policy.rule.server", "1", ban("a.com")), PolicyChange::Added);
    assert_eq!(list.apply("m.policy.rule.server", "2", ban("a.com")), PolicyChange::Added);
    assert_eq!(list.apply("m.policy.rule.user", "1", ban("a.com")), PolicyChange::Added);
    assert_eq!(list.apply("m.policy.rule.server", "1", ban("*.com")), PolicyChange::Replaced);
    assert_eq!(entities(&list, server, "a.com"), ["a.com", "*.com"]);
    assert_eq!(entities(&list, server, "b.com"), ["*.com"]);
    assert_eq!(list.apply("m.room.topic", "1", ban("*")), PolicyChange::Nothing);
    assert_eq!(list.len(), 3);
    assert_eq!(list.rules().map(|entry| entry.state_key.to_owned()).collect::<Vec<_>>(), ["2", "1", "1"]);
}

#[test]
fn msc2313_older_types_and_the_older_ban_are_known() {
    let mut list = PolicyList::new();
    let content =
        object(&json!({"entity": "@*:evil.com", "recommendation": "org.matrix.mjolnir.ban", "reason": ""}));
    for event_type in ["org.matrix.mjolnir.rule.user", "m.room.rule.user"] {
        assert_eq!(list.apply(event_type, "1", PolicyRule::of(&content)), PolicyChange::Added);
    }
    let found = list.matching_user(user("@a:evil.com"));
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|entry| entry.rule.is_ban() && entry.rule.to_object() == content));
    let unknown = object(&json!({"entity": "@a:x", "recommendation": "org.example.frown", "reason": "x"}));
    let rule = PolicyRule::of(&unknown).unwrap();
    assert!(rule.matches(PolicyKind::User, "@a:x") && !rule.is_ban());
    assert_eq!((rule.recommendation.as_str(), rule.to_object()), ("org.example.frown", unknown));
}

#[test]
fn msc2313_contents_of_events_go_into_a_list_as_they_were_read() {
    let rule = r#"{"entity":"@a:x","reason":"","recommendation":"org.matrix.mjolnir.ban"}"#;
    let mut list = PolicyList::new();
    let mut apply = |event_type: &str, json: &str| {
        let Lossy { value, .. } = RoomContent::read_lenient(event_type, json.as_bytes()).unwrap();
        list.apply_content("1", &value)
    };
    for event_type in ["m.policy.rule.user", "m.policy.rule.room", "m.policy.rule.server", "m.room.rule.user"]
    {
        assert_eq!(apply(event_type, rule), PolicyChange::Added, "{event_type}");
    }
    assert_eq!(apply("org.matrix.mjolnir.rule.server", rule), PolicyChange::Added);
    assert_eq!(apply("m.policy.rule.user", rule), PolicyChange::Replaced);
    // One that cannot be read, as an event with less in it or after its redaction, deletes the rule.
    assert_eq!(apply("m.policy.rule.room", r#"{"entity":"@a:x"}"#), PolicyChange::Removed);
    assert_eq!(apply("m.room.rule.user", "{}"), PolicyChange::Removed);
    assert_eq!(apply("m.room.rule.user", "{}"), PolicyChange::Nothing);
    assert_eq!(apply("m.room.topic", rule), PolicyChange::Nothing);
    assert_eq!(
        list.rules().map(|entry| entry.event_type).collect::<Vec<_>>(),
        ["m.policy.rule.server", "org.matrix.mjolnir.rule.server", "m.policy.rule.user",]
    );
    assert!(list.rules().all(|entry| entry.rule.is_ban()));
}

#[test]
fn msc2313_each_kind_matches_its_own_entities() {
    let mut list = PolicyList::new();
    list.apply("m.policy.rule.user", "1", ban("@spam?:evil.com"));
    list.apply("m.policy.rule.room", "1", ban("!bad*"));
    list.apply("m.policy.rule.room", "2", ban("#bad:*"));
    list.apply("m.policy.rule.server", "1", ban("*.Evil.com"));
    list.apply("m.policy.rule.server", "2", ban("worse.com:8448"));
    assert_eq!(list.matching_user(user("@spam1:evil.com")).len(), 1);
    assert!(list.matching_user(user("@SPAM1:evil.com")).is_empty());
    assert!(list.matching_user(user("@spam12:evil.com")).is_empty());
    assert_eq!(list.matching_room(room("!bad12")).len(), 1);
    assert_eq!(list.matching_alias(RoomAliasId::parse("#bad:x").unwrap()).len(), 1);
    for (server, rules) in
        [("a.EVIL.com", 1), ("a.evil.com:80", 1), ("evil.com", 0), ("worse.com:8448", 1), ("worse.com", 0)]
    {
        assert_eq!(list.matching_server(ServerName::parse(server).unwrap()).len(), rules, "{server}");
    }
}

#[test]
fn msc2313_a_list_is_shared_by_a_web_address() {
    assert_eq!(share_json_url("https://lists.example/spam"), "https://lists.example/spam.json");
    let answer = object(&json!({"room_uri": "https://matrix.to/#/#spam:lists.example"}));
    assert_eq!(shared_room_uri(&answer), Some("https://matrix.to/#/#spam:lists.example"));
    assert_eq!(shared_room_uri(&object(&json!({"room_uri": 5}))), None);
}
