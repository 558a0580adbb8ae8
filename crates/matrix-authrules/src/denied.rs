use std::{error, fmt};

use matrix_roomversion::RuleNumbering;

use crate::{join_rules::JoinRule, level::PowerLevel, member::Membership, rule::Rule};

/// The refusal of an event: which rule says so, and why.
///
/// `Display` gives the reason in words, with the levels, membership or join rule that decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Denied {
    rule: Rule,
    numbering: RuleNumbering,
    fact: Fact,
}

/// What a refusal turned on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    /// Nothing that varies.
    None,
    /// The sender's level, and that which it is held against.
    Levels(PowerLevel, PowerLevel),
    /// What the user concerned is to the room at present.
    Membership(Option<Membership>),
    /// The join rule in force, and what the sender is to the room at present.
    JoinRule(JoinRule, Option<Membership>),
}

impl Denied {
    pub(crate) const fn new(rule: Rule, numbering: RuleNumbering, fact: Fact) -> Self {
        Self { rule, numbering, fact }
    }

    /// Returns the number of the rule in the text of the room's version, such as `"5.3.2"`.
    pub fn rule(&self) -> &'static str {
        self.rule.number(self.numbering).unwrap_or("?")
    }

    /// Returns the rule by what it asks, which is the same for all versions.
    pub fn kind(&self) -> Rule {
        self.rule
    }

    /// Returns the sender's level and the level it was held against, where the refusal turned on those.
    pub fn levels(&self) -> Option<(PowerLevel, PowerLevel)> {
        match self.fact {
            Fact::Levels(sender, other) => Some((sender, other)),
            _ => None,
        }
    }
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.rule.reason())?;
        match self.fact {
            Fact::None => Ok(()),
            Fact::Levels(sender, other) => write!(f, " (sender: {sender}, against: {other})"),
            Fact::Membership(membership) => write!(f, " (membership: {})", word(membership)),
            Fact::JoinRule(rule, membership) => {
                write!(f, " (join rule: {}, membership: {})", rule.as_str(), word(membership))
            }
        }
    }
}

impl error::Error for Denied {}

fn word(membership: Option<Membership>) -> &'static str {
    membership.map_or("none", Membership::as_str)
}
