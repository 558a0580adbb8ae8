use matrix_canonicaljson::{Object, Value};

use crate::{Action, Condition, Error, RuleKind, Tweak};

/// A push rule.
///
/// Source: [Push rules](https://spec.matrix.org/v1.19/client-server-api/#push-rules).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The ID, unique within the kind. That of a room rule is the room, that of a sender rule the user.
    pub rule_id: String,
    /// Whether the server made it; then its ID begins with a dot.
    pub default: bool,
    /// Whether it can match.
    pub enabled: bool,
    /// What it does when it matches.
    pub actions: Vec<Action>,
    /// What has to hold, of override and underride rules; with nothing there they always match.
    pub conditions: Vec<Condition>,
    /// The glob that is looked for in the text of messages, of content rules.
    pub pattern: Option<String>,
}

impl Rule {
    /// Makes a rule of a user, enabled, for all events of the room or user that is its ID.
    pub fn new(rule_id: impl Into<String>, actions: impl Into<Vec<Action>>) -> Self {
        Self {
            rule_id: rule_id.into(),
            default: false,
            enabled: true,
            actions: actions.into(),
            conditions: Vec::new(),
            pattern: None,
        }
    }

    /// Gives an override or underride rule its conditions.
    #[must_use]
    pub fn with_conditions(self, conditions: impl Into<Vec<Condition>>) -> Self {
        Self { conditions: conditions.into(), ..self }
    }

    /// Gives a content rule its pattern.
    #[must_use]
    pub fn with_pattern(self, pattern: impl Into<String>) -> Self {
        Self { pattern: Some(pattern.into()), ..self }
    }

    /// Reads a rule of a kind tolerantly; `None` where it has no ID.
    ///
    /// Conditions of kinds that have none, and patterns of others than content rules, are passed over.
    /// What is missing or of another type is read so that nothing happens that nobody asked for: `actions` as
    /// none, conditions as such that never hold. A rule that does not say whether it is enabled is.
    pub fn from_object(kind: RuleKind, object: &Object) -> Option<Self> {
        let rule_id = object.get_str("rule_id")?.to_owned();
        let flag = |name: &str| object.get(name).and_then(Value::as_bool);
        let actions = object.get_array("actions").unwrap_or_default();
        Some(Self {
            default: flag("default").unwrap_or_else(|| rule_id.starts_with('.')),
            enabled: flag("enabled").unwrap_or(true),
            actions: actions.iter().filter_map(Action::from_value).collect(),
            conditions: match object.get("conditions").filter(|_| kind.has_conditions()) {
                None | Some(Value::Null) => Vec::new(),
                Some(Value::Array(conditions)) => conditions.iter().map(Condition::from_value).collect(),
                Some(other) => vec![Condition::Unknown(other.clone())],
            },
            pattern: match kind {
                RuleKind::Content => object.get_str("pattern").map(ToOwned::to_owned),
                _ => None,
            },
            rule_id,
        })
    }

    /// Writes the rule as one of a kind.
    pub fn to_object(&self, kind: RuleKind) -> Object {
        let mut object = Object::from([("rule_id", Value::from(self.rule_id.as_str()))]);
        object.insert("default", self.default);
        object.insert("enabled", self.enabled);
        object.insert("actions", self.actions.iter().map(Action::to_value).collect::<Vec<_>>());
        if kind.has_conditions() {
            object.insert("conditions", self.conditions.iter().map(Condition::to_value).collect::<Vec<_>>());
        }
        if let (RuleKind::Content, Some(pattern)) = (kind, &self.pattern) {
            object.insert("pattern", pattern.as_str());
        }
        object
    }

    /// Tells whether the rule makes a notification.
    pub fn notifies(&self) -> bool {
        self.actions.contains(&Action::Notify)
    }

    /// Tells whether the rule lets a message stand out.
    pub fn highlights(&self) -> bool {
        self.tweaks().any(|tweak| *tweak == Tweak::Highlight(true))
    }

    /// Returns the sound that the rule has played.
    pub fn sound(&self) -> Option<&str> {
        self.tweaks().find_map(|tweak| match tweak {
            Tweak::Sound(sound) => Some(sound.as_str()),
            _ => None,
        })
    }

    /// Goes through the tweaks that the rule sets.
    pub fn tweaks(&self) -> impl Iterator<Item = &Tweak> {
        self.actions.iter().filter_map(|action| match action {
            Action::SetTweak(tweak) => Some(tweak),
            _ => None,
        })
    }

    /// Checks that a user may have the rule among those of a kind.
    pub(crate) fn check(&self, kind: RuleKind) -> Result<(), Error> {
        if self.default || self.rule_id.starts_with('.') {
            return Err(Error::ServerDefault(self.rule_id.clone()));
        }
        if self.rule_id.is_empty() || self.rule_id.contains(['/', '\\']) {
            return Err(Error::InvalidRuleId(self.rule_id.clone()));
        }
        let problem = match kind {
            RuleKind::Content if self.pattern.is_none() => "needs a pattern",
            _ if kind != RuleKind::Content && self.pattern.is_some() => "has no pattern",
            _ if !kind.has_conditions() && !self.conditions.is_empty() => "has no conditions",
            _ => return Ok(()),
        };
        Err(Error::InvalidRule { kind, problem })
    }
}
