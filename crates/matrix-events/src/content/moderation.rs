//! Policy rules (MSC2313).

use crate::glob::Glob;
use crate::policy::PolicyKind;

names! {
    /// What a policy rule recommends.
    pub enum Recommendation / OtherRecommendation {
        /// To keep the entity out. Of old it had another name; see [`is_ban`](Self::is_ban).
        Ban = "m.ban",
    }
}

impl Recommendation {
    /// Returns whether this is a ban: `m.ban`, or `org.matrix.mjolnir.ban` of before MSC2313 was stable.
    #[must_use]
    pub fn is_ban(&self) -> bool {
        matches!(self.as_str(), "m.ban" | "org.matrix.mjolnir.ban")
    }
}

object! {
    /// The content of [`m.policy.rule.*`](https://spec.matrix.org/v1.19/client-server-api/#moderation-policy-lists).
    ///
    /// All three fields have to be there; a rule without one of them does not exist, so that lenient reading fails too:
    /// that is how rules are deleted.
    ///
    /// ```
    /// use matrix_events::{Wire, content::PolicyRule, policy::PolicyKind};
    ///
    /// let json = br#"{"entity": "@spam*:evil.com", "recommendation": "m.ban", "reason": "spam"}"#;
    /// let rule = PolicyRule::read_lenient(json)?.value;
    /// assert!(rule.is_ban() && rule.matches(PolicyKind::User, "@spammer:evil.com"));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    pub struct PolicyRule {
        /// A glob of users, rooms or servers.
        entity: String = "entity",
        /// Why, for people.
        reason: String = "reason",
        /// What to do: `m.ban`, or what somebody else has made up.
        recommendation: Recommendation = "recommendation",
    }
}

impl PolicyRule {
    /// Returns whether the rule recommends a ban, under today's name or the older one.
    #[must_use]
    pub fn is_ban(&self) -> bool {
        self.recommendation.is_ban()
    }

    /// Returns whether a rule of this kind is about the entity, whatever it recommends.
    ///
    /// User IDs, room IDs and aliases compare as they are, server names without regard to case. A server with a port
    /// is matched with it and without it.
    ///
    /// Many rules are better put into a [`PolicyList`](crate::policy::PolicyList).
    #[must_use]
    pub fn matches(&self, kind: PolicyKind, entity: &str) -> bool {
        let glob = Glob::new(&self.entity, kind.case());
        glob.is_match(entity) || kind.without_port(entity).is_some_and(|host| glob.is_match(host))
    }
}
