//! Policy lists and server ACLs.

use std::collections::BTreeMap;

use matrix_canonicaljson::{Mode, Object, Value};
use matrix_events::ServerAcl;
use matrix_events::policy::{PolicyChange, PolicyKind, PolicyList, PolicyRule};
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
    let (mut list, mut state) = (PolicyList::new(), BTreeMap::new());
    for line in lines.take(40) {
        let mut start = line.chars();
        let event_type = start.next().and_then(|digit| TYPES.get(digit.to_digit(10)? as usize));
        let (Some(event_type), Some(state_key)) = (event_type, start.next()) else { continue };
        let content = content(start.as_str());
        let state_key = state_key.to_string();
        let is_rule = PolicyKind::from_event_type(event_type).is_some() && PolicyRule::of(&content).is_some();
        let was_rule = if is_rule {
            state.insert((*event_type, state_key.clone()), content.clone()).is_some()
        } else {
            state.remove(&(*event_type, state_key.clone())).is_some()
        };
        let change = match (was_rule, is_rule) {
            (false, true) => PolicyChange::Added,
            (true, true) => PolicyChange::Replaced,
            (true, false) => PolicyChange::Removed,
            (false, false) => PolicyChange::Nothing,
        };
        assert_eq!(list.apply(event_type, &state_key, &content), change, "{line:?}");
    }
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

type State = BTreeMap<(&'static str, String), Object>;

fn check(list: &PolicyList, state: &State, kind: PolicyKind, entity: &str) {
    let found = list.matching(kind, entity);
    let mut keys: Vec<_> = found.iter().map(|entry| (entry.event_type, entry.state_key)).collect();
    keys.sort_unstable();
    let wanted = state.iter().filter(|((event_type, _), content)| {
        let is_kind = PolicyKind::from_event_type(event_type) == Some(kind);
        is_kind && PolicyRule::of(content).is_some_and(|rule| rule.matches(kind, entity))
    });
    let wanted: Vec<_> =
        wanted.map(|((event_type, state_key), _)| (*event_type, state_key.as_str())).collect();
    assert_eq!(keys, wanted, "{kind:?} {entity:?}");
    for entry in found {
        let content = &state[&(entry.event_type, entry.state_key.to_owned())];
        assert_eq!(PolicyRule::of(content), Some(entry.rule));
        assert_eq!(PolicyRule::of(&entry.rule.to_content()), Some(entry.rule));
    }
}

/// The entities of all rules as an ACL: whoever one of them matches is denied.
fn check_acl(state: &State, entity: &str) {
    let Ok(server) = ServerName::parse(entity) else { return };
    let rules: Vec<PolicyRule<'_>> = state.values().filter_map(PolicyRule::of).collect();
    let deny: Vec<Value> = rules.iter().map(|rule| rule.entity.into()).collect();
    let mut content = Object::from([("allow", vec![Value::Null, "*".into()]), ("deny", deny)]);
    let denied = rules.iter().any(|rule| rule.matches(PolicyKind::Server, server.host()));
    assert_eq!(ServerAcl::of(&content).allows(server), !denied, "{content} {entity}");
    content.insert("allow_ip_literals", false);
    assert_eq!(ServerAcl::of(&content).allows(server), !denied && !server.is_ip_literal());
    content.remove("allow");
    assert!(!ServerAcl::of(&content).allows(server));
}
