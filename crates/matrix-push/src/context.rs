use matrix_authrules::RoomLevels;
use matrix_identifiers::{RoomId, UserId};

/// What an event does not say itself: whose rules are held against it, and in what room.
///
/// What is not known is left out: conditions that ask for it do not hold then.
///
/// ```
/// use matrix_identifiers::UserId;
/// use matrix_push::Context;
///
/// let me = UserId::parse("@me:example.org")?;
/// let context = Context::new(me).with_display_name("Me").with_member_count(2);
/// # let _ = context;
/// # Ok::<(), matrix_identifiers::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub(crate) user_id: &'a UserId,
    pub(crate) room_id: Option<&'a RoomId>,
    pub(crate) room_type: Option<&'a str>,
    pub(crate) display_name: Option<&'a str>,
    pub(crate) member_count: Option<u64>,
    pub(crate) levels: Option<RoomLevels<'a>>,
}

impl<'a> Context<'a> {
    /// Takes the user whose rules they are.
    pub const fn new(user_id: &'a UserId) -> Self {
        Self { user_id, room_id: None, room_type: None, display_name: None, member_count: None, levels: None }
    }

    /// Says in which room the event is, for events that a client got without their `room_id`.
    #[must_use]
    pub const fn with_room_id(self, room_id: &'a RoomId) -> Self {
        Self { room_id: Some(room_id), ..self }
    }

    /// Says what type of room it is: the `type` of its `m.room.create`, such as `m.space`.
    ///
    /// No condition of the specification asks for it yet, so it changes no match; it is carried for those who take
    /// a [`Match`](crate::Match) further, as a client does that never rings for what happens in a space.
    #[must_use]
    pub const fn with_room_type(self, room_type: &'a str) -> Self {
        Self { room_type: Some(room_type), ..self }
    }

    /// Says what the user is called in the room.
    #[must_use]
    pub const fn with_display_name(self, display_name: &'a str) -> Self {
        Self { display_name: Some(display_name), ..self }
    }

    /// Says how many have joined the room.
    #[must_use]
    pub const fn with_member_count(self, member_count: u64) -> Self {
        Self { member_count: Some(member_count), ..self }
    }

    /// Says what the power levels in the room are, its creators included.
    #[must_use]
    pub const fn with_levels(self, levels: RoomLevels<'a>) -> Self {
        Self { levels: Some(levels), ..self }
    }

    /// Returns whose rules they are.
    pub const fn user_id(&self) -> &'a UserId {
        self.user_id
    }

    /// Returns the room that the event is in, if it was said.
    pub const fn room_id(&self) -> Option<&'a RoomId> {
        self.room_id
    }

    /// Returns the type of the room, if it has one and it was said.
    pub const fn room_type(&self) -> Option<&'a str> {
        self.room_type
    }

    /// Returns what the user is called in the room, if it was said.
    pub const fn display_name(&self) -> Option<&'a str> {
        self.display_name
    }

    /// Returns how many have joined the room, if it was said.
    pub const fn member_count(&self) -> Option<u64> {
        self.member_count
    }
}
