use matrix_canonicaljson::{Object, Value};

use crate::{CompiledRuleset, Rule, RuleKind};

/// The push rules of a user, by kind, each kind in the order in which its rules are looked at.
///
/// Source: [Push rules](https://spec.matrix.org/v1.19/client-server-api/#push-rules).
///
/// ```
/// use matrix_canonicaljson::{Mode, Object};
/// use matrix_identifiers::UserId;
/// use matrix_push::{Context, Ruleset};
///
/// let me = UserId::parse("@me:example.org")?;
/// let rules = Ruleset::predefined(me).compile();
/// let event = br#"{"type": "m.room.message", "sender": "@you:example.org",
///     "content": {"body": "Hi", "m.mentions": {"user_ids": ["@me:example.org"]}}}"#;
/// let event = Object::parse(event, Mode::Strict)?;
/// let matched = rules.evaluate(&event, &Context::new(me)).expect("a rule");
/// assert_eq!(matched.rule.rule_id, ".m.rule.is_user_mention");
/// assert!(matched.notifies() && matched.rule.highlights());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruleset {
    rules: [Vec<Rule>; 5],
}

impl Ruleset {
    /// Makes an empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a set tolerantly: the object under `global` in `m.push_rules`, or in the answer of the server.
    ///
    /// Kinds that are not known are passed over, as is what is no rule.
    pub fn from_object(object: &Object) -> Self {
        let mut set = Self::new();
        for kind in RuleKind::ALL {
            let rules = object.get_array(kind.as_str()).unwrap_or_default();
            let read = rules.iter().filter_map(|rule| Rule::from_object(kind, rule.as_object()?));
            set.of_mut(kind).extend(read);
        }
        set
    }

    /// Writes the set.
    pub fn to_object(&self) -> Object {
        let rules =
            |kind| self.of(kind).iter().map(|rule| Value::from(rule.to_object(kind))).collect::<Vec<_>>();
        RuleKind::ALL.into_iter().map(|kind| (kind.as_str(), rules(kind))).collect()
    }

    /// Returns the rules of a kind in their order.
    pub fn of(&self, kind: RuleKind) -> &[Rule] {
        self.rules.get(kind as usize).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn of_mut(&mut self, kind: RuleKind) -> &mut Vec<Rule> {
        let [override_, content, room, sender, underride] = &mut self.rules;
        match kind {
            RuleKind::Override => override_,
            RuleKind::Content => content,
            RuleKind::Room => room,
            RuleKind::Sender => sender,
            RuleKind::Underride => underride,
        }
    }

    /// Goes through all rules in the order in which they are looked at.
    pub fn iter(&self) -> impl Iterator<Item = (RuleKind, &Rule)> {
        RuleKind::ALL.into_iter().flat_map(|kind| self.of(kind).iter().map(move |rule| (kind, rule)))
    }

    /// Compiles the rules.
    pub fn compile(&self) -> CompiledRuleset {
        CompiledRuleset::new(self.clone())
    }
}
