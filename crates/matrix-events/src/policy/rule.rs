use matrix_canonicaljson::Object;

use super::PolicyKind;
use crate::glob::Glob;

/// The content of a policy rule.
///
/// All three fields must be there as strings, or the rule does not exist: that is how rules are deleted.
///
/// ```
/// use matrix_canonicaljson::Object;
/// use matrix_events::policy::{PolicyKind, PolicyRule};
///
/// let content: Object = r#"{"entity": "@spam*:evil.com", "recommendation": "m.ban", "reason": "spam"}"#.parse()?;
/// let rule = PolicyRule::of(&content).ok_or("no rule")?;
/// assert!(rule.is_ban() && rule.matches(PolicyKind::User, "@spammer:evil.com"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyRule<'a> {
    /// The glob-style pattern of what the rule is about.
    pub entity: &'a str,
    /// What should be done: `m.ban`, or what somebody else has made up.
    pub recommendation: &'a str,
    /// Why, for people.
    pub reason: &'a str,
}

impl<'a> PolicyRule<'a> {
    /// Reads the content; `None` where there is no rule.
    #[must_use]
    pub fn of(content: &'a Object) -> Option<Self> {
        Some(Self {
            entity: content.get_str("entity")?,
            recommendation: content.get_str("recommendation")?,
            reason: content.get_str("reason")?,
        })
    }

    /// Returns the content.
    #[must_use]
    pub fn to_content(&self) -> Object {
        [("entity", self.entity), ("recommendation", self.recommendation), ("reason", self.reason)].into()
    }

    /// Returns whether the rule recommends a ban: `m.ban`, or `org.matrix.mjolnir.ban` of before MSC2313 was stable.
    #[must_use]
    pub fn is_ban(&self) -> bool {
        matches!(self.recommendation, "m.ban" | "org.matrix.mjolnir.ban")
    }

    /// Returns whether a rule of this kind is about the entity, whatever it recommends.
    ///
    /// User IDs, room IDs and aliases compare as they are, server names without regard to case. A server with a port
    /// is matched with it and without it.
    ///
    /// Many rules are better put into a [`PolicyList`](super::PolicyList).
    #[must_use]
    pub fn matches(&self, kind: PolicyKind, entity: &str) -> bool {
        let glob = Glob::new(self.entity, kind.case());
        glob.is_match(entity) || kind.without_port(entity).is_some_and(|host| glob.is_match(host))
    }
}
