use alloc::borrow::ToOwned as _;

use matrix_identifiers::{
    EventId, OwnedEventId, OwnedRoomAliasId, OwnedRoomId, OwnedUserId, RoomAliasId, RoomId, UserId,
};

/// What a link points at.
///
/// Source: [URIs](https://spec.matrix.org/v1.19/appendices/#uris).
///
/// ```
/// use matrix_identifiers::{EventId, RoomId};
/// use matrix_uri::Target;
///
/// let room = RoomId::parse("!a:example.org")?;
/// let target = Target::from((room, EventId::parse("$b")?));
/// assert_eq!(target.room_id(), Some(room));
/// # Ok::<(), matrix_identifiers::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A user: `u` and `@`.
    User(OwnedUserId),
    /// A room by its ID: `roomid` and `!`.
    Room(OwnedRoomId),
    /// A room by one of its aliases: `r` and `#`.
    Alias(OwnedRoomAliasId),
    /// An event in a room: `e` and `$`, after the room.
    Event {
        /// The room that the event is in.
        room: RoomOrAlias,
        /// The event.
        event: OwnedEventId,
    },
}

/// A room, by its ID or by an alias, as the place of an event.
///
/// Events under an alias are read as they always were. To make such links is deprecated, because an alias
/// can move to another room.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoomOrAlias {
    /// The room's ID.
    Id(OwnedRoomId),
    /// One of the room's aliases.
    Alias(OwnedRoomAliasId),
}

impl Target {
    /// Returns the user that is pointed at.
    #[must_use]
    pub fn user_id(&self) -> Option<&UserId> {
        match self {
            Self::User(user) => Some(user),
            _ => None,
        }
    }

    /// Returns the ID of the room that is pointed at or that holds the event, where it is given by its ID.
    #[must_use]
    pub fn room_id(&self) -> Option<&RoomId> {
        match self {
            Self::Room(room) | Self::Event { room: RoomOrAlias::Id(room), .. } => Some(room),
            _ => None,
        }
    }

    /// Returns the alias of the room that is pointed at or that holds the event, where it is given so.
    #[must_use]
    pub fn alias(&self) -> Option<&RoomAliasId> {
        match self {
            Self::Alias(alias) | Self::Event { room: RoomOrAlias::Alias(alias), .. } => Some(alias),
            _ => None,
        }
    }

    /// Returns the event that is pointed at.
    #[must_use]
    pub fn event_id(&self) -> Option<&EventId> {
        match self {
            Self::Event { event, .. } => Some(event),
            _ => None,
        }
    }

    /// Returns the identifier that comes first in a link, sigil included, and the event ID after it.
    pub(crate) fn identifiers(&self) -> (&str, Option<&str>) {
        match self {
            Self::User(user) => (user.as_str(), None),
            Self::Room(room) => (room.as_str(), None),
            Self::Alias(alias) => (alias.as_str(), None),
            Self::Event { room, event } => (room.as_str(), Some(event.as_str())),
        }
    }
}

impl RoomOrAlias {
    /// Returns the identifier as a string, sigil included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Id(room) => room.as_str(),
            Self::Alias(alias) => alias.as_str(),
        }
    }
}

impl From<OwnedRoomId> for RoomOrAlias {
    fn from(room: OwnedRoomId) -> Self {
        Self::Id(room)
    }
}

impl From<&RoomId> for RoomOrAlias {
    fn from(room: &RoomId) -> Self {
        Self::Id(room.to_owned())
    }
}

impl From<OwnedRoomAliasId> for RoomOrAlias {
    fn from(alias: OwnedRoomAliasId) -> Self {
        Self::Alias(alias)
    }
}

impl From<&RoomAliasId> for RoomOrAlias {
    fn from(alias: &RoomAliasId) -> Self {
        Self::Alias(alias.to_owned())
    }
}

impl From<OwnedUserId> for Target {
    fn from(user: OwnedUserId) -> Self {
        Self::User(user)
    }
}

impl From<&UserId> for Target {
    fn from(user: &UserId) -> Self {
        Self::User(user.to_owned())
    }
}

impl From<OwnedRoomId> for Target {
    fn from(room: OwnedRoomId) -> Self {
        Self::Room(room)
    }
}

impl From<&RoomId> for Target {
    fn from(room: &RoomId) -> Self {
        Self::Room(room.to_owned())
    }
}

impl From<OwnedRoomAliasId> for Target {
    fn from(alias: OwnedRoomAliasId) -> Self {
        Self::Alias(alias)
    }
}

impl From<&RoomAliasId> for Target {
    fn from(alias: &RoomAliasId) -> Self {
        Self::Alias(alias.to_owned())
    }
}

impl From<RoomOrAlias> for Target {
    fn from(room: RoomOrAlias) -> Self {
        match room {
            RoomOrAlias::Id(room) => Self::Room(room),
            RoomOrAlias::Alias(alias) => Self::Alias(alias),
        }
    }
}

impl<R: Into<RoomOrAlias>> From<(R, OwnedEventId)> for Target {
    fn from((room, event): (R, OwnedEventId)) -> Self {
        Self::Event { room: room.into(), event }
    }
}

impl<R: Into<RoomOrAlias>> From<(R, &EventId)> for Target {
    fn from((room, event): (R, &EventId)) -> Self {
        Self::Event { room: room.into(), event: event.to_owned() }
    }
}
