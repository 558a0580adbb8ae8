//! Policy lists and server ACLs.

use std::collections::BTreeMap;

use matrix_canonicaljson::{Mode, Object, Value};
use matrix_events::content::{PolicyRule, RoomContent, RoomServerAcl};
use matrix_events::policy::{PolicyChange, PolicyKind, PolicyList};
use matrix_events::{ServerAcl, Wire};
use matrix_identifiers::ServerName;

const TYPES: [&str; 6] = [
    "m.policy.rule.user",
    "m.policy.rule.room",
    "m.policy.rule.server",
    "m.room.rule.user",
    "org.matrix.mjolnir.rule.server",
    "m.room.topic",
];

/// Checks that a list of rules, however it came about, finds what its rules find one by one, and that an ACL does too.
///
/// The input is text: the first line is an entity. Each other line is a digit for the type, a character for the state
/// key, and the content: JSON, or the entity of a rule that has the other fields.
pub fn run(data: &[u8]) {
    let Ok(input) = str::from_utf8(data) else { return };
    let mut lines = input.split('\n');
    let entity = lines.next().unwrap_or_default();
    let (mut list, mut typed, mut state) = (PolicyList::new(), PolicyList::new(), BTreeMap::new());
    for line in lines.take(40) {
        let mut start = line.chars();
        let event_type = start.next().and_then(|digit| TYPES.get(digit.to_digit(10)? as usize));
        let (Some(event_type), Some(state_key)) = (event_type, start.next()) else { continue };
        let content = content(start.as_str());
        let state_key = state_key.to_string();
        let rule = rule(&content);
        let stored = rule.clone().filter(|_| PolicyKind::from_event_type(event_type).is_some());
        let (is_rule, key) = (stored.is_some(), (*event_type, state_key.clone()));
        let was_rule = match stored {
            Some(rule) => state.insert(key, rule).is_some(),
            None => state.remove(&key).is_some(),
        };
        let change = match (was_rule, is_rule) {
            (false, true) => PolicyChange::Added,
            (true, true) => PolicyChange::Replaced,
            (true, false) => PolicyChange::Removed,
            (false, false) => PolicyChange::Nothing,
        };
        assert_eq!(list.apply(event_type, &state_key, rule), change, "{line:?}");
        let content = RoomContent::read_lenient(event_type, &content.to_canonical()).expect("an object");
        assert_eq!(typed.apply_content(&state_key, &content.value), change, "{line:?}");
    }
    assert!(list.rules().eq(typed.rules()));
    assert_eq!(list.len(), state.len());
    for kind in [PolicyKind::User, PolicyKind::Room, PolicyKind::Server] {
        check(&list, &state, kind, entity);
    }
    check_acl(&state, entity);
}

/// The content that a line stands for.
fn content(text: &str) -> Object {
    let rule = || [("entity", text), ("recommendation", "m.ban"), ("reason", "")].into();
    Object::parse(text.as_bytes(), Mode::Lenient).unwrap_or_else(|_| rule())
}

/// Reads a rule and checks that it is what the proposal makes of the content.
fn rule(content: &Object) -> Option<PolicyRule> {
    let rule = PolicyRule::of(content);
    let strings = ["entity", "recommendation", "reason"].map(|key| content.get_str(key));
    assert_eq!(rule.is_some(), strings.iter().all(Option::is_some));
    let rule = rule?;
    assert_eq!(strings, [&*rule.entity, rule.recommendation.as_str(), &*rule.reason].map(Some));
    assert_eq!(rule.to_object(), *content);
    Some(rule)
}

type State = BTreeMap<(&'static str, String), PolicyRule>;

fn check(list: &PolicyList, state: &State, kind: PolicyKind, entity: &str) {
    let found = list.matching(kind, entity);
    let mut keys: Vec<_> = found.iter().map(|entry| (entry.event_type, entry.state_key)).collect();
    keys.sort_unstable();
    let wanted = state.iter().filter(|((event_type, _), rule)| {
        PolicyKind::from_event_type(event_type) == Some(kind) && rule.matches(kind, entity)
    });
    let wanted: Vec<_> =
        wanted.map(|((event_type, state_key), _)| (*event_type, state_key.as_str())).collect();
    assert_eq!(keys, wanted, "{kind:?} {entity:?}");
    for entry in found {
        assert_eq!(state[&(entry.event_type, entry.state_key.to_owned())], *entry.rule);
    }
}

/// The entities of all rules as an ACL: whoever one of them matches is denied.
fn check_acl(state: &State, entity: &str) {
    let Ok(server) = ServerName::parse(entity) else { return };
    let deny: Vec<Value> = state.values().map(|rule| rule.entity.as_str().into()).collect();
    let mut content = Object::from([("allow", vec![Value::Null, "*".into()]), ("deny", deny)]);
    let denied = state.values().any(|rule| rule.matches(PolicyKind::Server, server.host()));
    let allows = |content: &Object| {
        let content = RoomServerAcl::of(content).expect("every object is an ACL");
        ServerAcl::new(&content).allows(server)
    };
    assert_eq!(allows(&content), !denied, "{content} {entity}");
    content.insert("allow_ip_literals", false);
    assert_eq!(allows(&content), !denied && !server.is_ip_literal());
    content.remove("allow");
    assert!(!allows(&content));
}
