//! Policy rules (MSC2313).

names! {
    /// What a policy rule recommends.
    pub enum Recommendation / OtherRecommendation {
        /// To keep the entity out.
        Ban = "m.ban",
    }
}

object! {
    /// The content of [`m.policy.rule.*`](https://spec.matrix.org/v1.19/client-server-api/#moderation-policy-lists).
    ///
    /// All three fields have to be there; a rule without one of them does not exist, so that lenient reading fails too.
    pub struct PolicyRule {
        /// A glob of users, rooms or servers.
        entity: String = "entity",
        /// Why, for people.
        reason: String = "reason",
        /// What to do. Only a ban is a ban.
        recommendation: Recommendation = "recommendation",
    }
}
