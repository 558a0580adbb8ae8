use crate::RuleKind;

/// The ways in which push rules cannot be changed or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no rule of this kind with this ID (MSC2663).
    #[error("there is no {kind} rule {rule_id:?}")]
    NotFound {
        /// The kind of the rule.
        kind: RuleKind,
        /// The ID that was asked for.
        rule_id: String,
    },
    /// The rule that a new one is to stand beside is not there.
    #[error("there is no {kind} rule {rule_id:?} to stand beside")]
    UnknownNeighbor {
        /// The kind of the rule.
        kind: RuleKind,
        /// The ID that was asked for.
        rule_id: String,
    },
    /// The rule is to come before one that comes before the one it is to come after.
    #[error("no place is before {before:?} and after {after:?}")]
    NoPlace {
        /// The rule to come before.
        before: String,
        /// The rule to come after.
        after: String,
    },
    /// Rules of the server are neither made nor removed, and no rule stands beside them.
    #[error("{0:?} is a rule of the server")]
    ServerDefault(String),
    /// A rule's ID is empty or has a slash or a backslash in it.
    #[error("{0:?} cannot be the ID of a rule")]
    InvalidRuleId(String),
    /// A rule has what its kind does not have, or lacks what it needs.
    #[error("a {kind} rule {problem}")]
    InvalidRule {
        /// The kind of the rule.
        kind: RuleKind,
        /// What is wrong.
        problem: &'static str,
    },
    /// There is no such kind of rules.
    #[error("{0:?} is no kind of rules")]
    UnknownKind(String),
    /// A number of members is none.
    #[error("{0:?} is no number of members")]
    InvalidMemberCount(String),
}

impl Error {
    /// Returns the variant's name in snake case.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not_found",
            Self::UnknownNeighbor { .. } => "unknown_neighbor",
            Self::NoPlace { .. } => "no_place",
            Self::ServerDefault(_) => "server_default",
            Self::InvalidRuleId(_) => "invalid_rule_id",
            Self::InvalidRule { .. } => "invalid_rule",
            Self::UnknownKind(_) => "unknown_kind",
            Self::InvalidMemberCount(_) => "invalid_member_count",
        }
    }

    /// Returns the `errcode` with which a server answers: `M_NOT_FOUND`, with status 404, for a rule that is not
    /// there (MSC2663), `M_INVALID_PARAM`, with status 400, for the rest.
    pub fn errcode(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "M_NOT_FOUND",
            _ => "M_INVALID_PARAM",
        }
    }
}
