use crate::{Rule, RuleKind, Ruleset, predefined::MASTER};

impl Ruleset {
    /// Puts the rules of the server up to date.
    ///
    /// `defaults` are those that the server has now, such as [`Ruleset::predefined`]. They take the place of all rules
    /// of the server that were there; whether they are enabled, and what they do, stays as the user had it. The
    /// user's rules come before them, in their order; `.m.rule.master` alone comes before the user's.
    ///
    /// Source: [Predefined rules](https://spec.matrix.org/v1.19/client-server-api/#predefined-rules).
    pub fn merge_defaults(&mut self, defaults: &Self) {
        for kind in RuleKind::ALL {
            let old = std::mem::take(self.of_mut(kind));
            let current = defaults.of(kind).iter().filter(|rule| rule.default).map(|rule| as_set(rule, &old));
            let (first, last): (Vec<Rule>, Vec<Rule>) = current.partition(|rule| rule.rule_id == MASTER);
            let users: Vec<Rule> = old.into_iter().filter(|rule| !rule.default).collect();
            self.of_mut(kind).extend(first.into_iter().chain(users).chain(last));
        }
    }
}

/// A rule of the server, as the user has set it.
fn as_set(rule: &Rule, old: &[Rule]) -> Rule {
    match old.iter().find(|old| old.default && old.rule_id == rule.rule_id) {
        Some(old) => Rule { enabled: old.enabled, actions: old.actions.clone(), ..rule.clone() },
        None => rule.clone(),
    }
}
