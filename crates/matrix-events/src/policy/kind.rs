use crate::glob::Case;

/// What a policy rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyKind {
    /// Users, by user ID.
    User,
    /// Rooms, by room ID or alias; resolving an alias is up to the subscriber.
    Room,
    /// Servers, by name.
    Server,
}

/// Every type that a rule may have: today's, then those of before MSC2313 was stable.
const TYPES: [(&str, PolicyKind); 9] = [
    ("m.policy.rule.user", PolicyKind::User),
    ("m.policy.rule.room", PolicyKind::Room),
    ("m.policy.rule.server", PolicyKind::Server),
    ("m.room.rule.user", PolicyKind::User),
    ("m.room.rule.room", PolicyKind::Room),
    ("m.room.rule.server", PolicyKind::Server),
    ("org.matrix.mjolnir.rule.user", PolicyKind::User),
    ("org.matrix.mjolnir.rule.room", PolicyKind::Room),
    ("org.matrix.mjolnir.rule.server", PolicyKind::Server),
];

impl PolicyKind {
    /// Returns the kind of rules of an event type, today's and the older ones (`m.room.rule.*`,
    /// `org.matrix.mjolnir.rule.*`).
    #[must_use]
    pub fn from_event_type(event_type: &str) -> Option<Self> {
        TYPES.iter().find(|(known, _)| *known == event_type).map(|(_, kind)| *kind)
    }

    /// Returns the event type of rules to be sent.
    #[must_use]
    pub const fn event_type(self) -> &'static str {
        match self {
            Self::User => "m.policy.rule.user",
            Self::Room => "m.policy.rule.room",
            Self::Server => "m.policy.rule.server",
        }
    }

    /// How entities of the kind compare: identifiers are what they are, server names know no case, as in ACLs.
    pub(crate) const fn case(self) -> Case {
        match self {
            Self::User | Self::Room => Case::Sensitive,
            Self::Server => Case::Ascii,
        }
    }

    /// The entity without the port, for a server that names one.
    pub(crate) fn without_port(self, entity: &str) -> Option<&str> {
        let server = matrix_identifiers::ServerName::parse(entity).ok().filter(|_| self == Self::Server)?;
        server.port().map(|_| server.host())
    }
}
