use std::{fmt, str::FromStr};

use crate::Error;

/// The kinds of push rules, in the order in which they are looked at.
///
/// Source: [Push rules](https://spec.matrix.org/v1.19/client-server-api/#push-rules).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleKind {
    /// `override`: conditions, before everything else.
    Override,
    /// `content`: a pattern that is looked for in the text of messages.
    Content,
    /// `room`: all events of the room that is the rule's ID.
    Room,
    /// `sender`: all events of the user who is the rule's ID.
    Sender,
    /// `underride`: conditions, after everything else.
    Underride,
}

impl RuleKind {
    /// Lists the kinds in their order.
    pub const ALL: [Self; 5] = [Self::Override, Self::Content, Self::Room, Self::Sender, Self::Underride];

    /// Returns the name, as it stands in paths and in `m.push_rules`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Override => "override",
            Self::Content => "content",
            Self::Room => "room",
            Self::Sender => "sender",
            Self::Underride => "underride",
        }
    }

    /// Tells whether rules of this kind have conditions of their own.
    pub const fn has_conditions(self) -> bool {
        matches!(self, Self::Override | Self::Underride)
    }
}

impl fmt::Display for RuleKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for RuleKind {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let kind = Self::ALL.into_iter().find(|kind| kind.as_str() == name);
        kind.ok_or_else(|| Error::UnknownKind(name.to_owned()))
    }
}
