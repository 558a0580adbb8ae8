use crate::{Action, Error, Rule, RuleKind, Ruleset};

/// Where a rule goes among a user's rules of its kind.
///
/// Source: [`PUT /pushrules`](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3pushrulesglobalkindruleid).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position<'a> {
    /// The rule that it comes right before.
    pub before: Option<&'a str>,
    /// The rule that it comes right after; with both, it comes right before the other.
    pub after: Option<&'a str>,
}

impl Ruleset {
    /// Returns a rule.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when it is not there.
    pub fn get(&self, kind: RuleKind, rule_id: &str) -> Result<&Rule, Error> {
        self.of(kind).iter().find(|rule| rule.rule_id == rule_id).ok_or_else(|| not_found(kind, rule_id))
    }

    /// Enables or disables a rule, be it the user's or the server's.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when it is not there (MSC2663).
    pub fn set_enabled(&mut self, kind: RuleKind, rule_id: &str, enabled: bool) -> Result<(), Error> {
        self.get_mut(kind, rule_id)?.enabled = enabled;
        Ok(())
    }

    /// Sets what a rule does, be it the user's or the server's.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when it is not there (MSC2663).
    pub fn set_actions(&mut self, kind: RuleKind, rule_id: &str, actions: Vec<Action>) -> Result<(), Error> {
        self.get_mut(kind, rule_id)?.actions = actions;
        Ok(())
    }

    /// Removes a rule of the user's, and returns it.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when it is not there (MSC2663), [`Error::ServerDefault`] when it is the server's.
    pub fn remove(&mut self, kind: RuleKind, rule_id: &str) -> Result<Rule, Error> {
        if self.get(kind, rule_id)?.default {
            return Err(Error::ServerDefault(rule_id.to_owned()));
        }
        let rules = self.of_mut(kind);
        let at = rules.iter().position(|rule| rule.rule_id == rule_id);
        at.map(|at| rules.remove(at)).ok_or_else(|| not_found(kind, rule_id))
    }

    /// Adds a rule of the user's, or puts it in the place of the one with its ID.
    ///
    /// A new rule comes before all others of the user's, if nothing else is asked for; a rule that was there stays
    /// where it was, and stays disabled if it was.
    ///
    /// # Errors
    ///
    /// [`Error::ServerDefault`], [`Error::InvalidRuleId`] and [`Error::InvalidRule`] for what is no rule of a user;
    /// [`Error::UnknownNeighbor`] when there is no rule to stand beside, [`Error::ServerDefault`] when it is
    /// the server's, [`Error::NoPlace`] when the two come in the other order.
    pub fn put(&mut self, kind: RuleKind, mut rule: Rule, position: Position<'_>) -> Result<(), Error> {
        rule.check(kind)?;
        let rules = self.of_mut(kind);
        let old = rules.iter().position(|known| known.rule_id == rule.rule_id);
        if let Some(known) = old.and_then(|at| rules.get(at)) {
            rule.enabled = known.enabled;
        }
        // The place is that without the rule itself.
        let others: Vec<&Rule> = rules.iter().filter(|known| known.rule_id != rule.rule_id).collect();
        let place = match (position.before, position.after) {
            (None, None) => old.unwrap_or_else(|| first_of_user(&others)),
            (None, Some(after)) => neighbor(kind, &others, after)? + 1,
            (Some(before), None) => neighbor(kind, &others, before)?,
            (Some(before), Some(after)) => {
                let (end, start) = (neighbor(kind, &others, before)?, neighbor(kind, &others, after)?);
                if start >= end {
                    return Err(Error::NoPlace { before: before.to_owned(), after: after.to_owned() });
                }
                end
            }
        };
        rules.retain(|known| known.rule_id != rule.rule_id);
        rules.insert(place.min(rules.len()), rule);
        Ok(())
    }

    fn get_mut(&mut self, kind: RuleKind, rule_id: &str) -> Result<&mut Rule, Error> {
        let found = self.of_mut(kind).iter_mut().find(|rule| rule.rule_id == rule_id);
        found.ok_or_else(|| not_found(kind, rule_id))
    }
}

fn not_found(kind: RuleKind, rule_id: &str) -> Error {
    Error::NotFound { kind, rule_id: rule_id.to_owned() }
}

/// The place of the rule to stand beside, which is the user's.
fn neighbor(kind: RuleKind, rules: &[&Rule], rule_id: &str) -> Result<usize, Error> {
    let unknown = || Error::UnknownNeighbor { kind, rule_id: rule_id.to_owned() };
    let at = rules.iter().position(|rule| rule.rule_id == rule_id).ok_or_else(unknown)?;
    match rules.get(at) {
        Some(rule) if rule.default => Err(Error::ServerDefault(rule_id.to_owned())),
        _ => Ok(at),
    }
}

/// The place of the first of the user's rules: after the rules of the server that come before them all.
fn first_of_user(rules: &[&Rule]) -> usize {
    rules.iter().take_while(|rule| rule.rule_id == crate::predefined::MASTER).count()
}
