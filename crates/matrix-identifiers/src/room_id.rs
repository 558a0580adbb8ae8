use alloc::format;
use alloc::string::String;

use crate::grammar::{self, Class, after_sigil, split_colon};
use crate::{Error, EventId, OwnedEventId, ServerName};

identifier! {
    /// The ID of a room: `!opaque`.
    ///
    /// Room IDs are opaque: reading asks for the sigil, at least one character after it, no NUL and at most
    /// 255 bytes. Which form a room ID must have is up to the room's version:
    /// [`server_name`](Self::server_name) is there in the form of rooms 1 to 11, `!localpart:server`, and
    /// [`is_domainless`](Self::is_domainless) tells the form of rooms 12 and later.
    ///
    /// Source: [room IDs](https://spec.matrix.org/v1.19/appendices/#room-ids).
    ///
    /// ```
    /// use matrix_identifiers::{EventId, RoomId};
    ///
    /// let room = RoomId::parse("!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM")?;
    /// assert!(room.is_domainless() && room.server_name().is_none());
    /// let create = room.create_event_id();
    /// assert_eq!(create.as_deref(), Some(EventId::parse("$31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM")?));
    /// # Ok::<(), matrix_identifiers::Error>(())
    /// ```
    RoomId, OwnedRoomId, check, shown
}

impl RoomId {
    /// Returns what stands between the `!` and the first colon, or the end where there is no colon.
    #[must_use]
    pub fn localpart(&self) -> &str {
        split_colon(after_sigil(&self.0)).0
    }

    /// Returns the server name in a room ID of the form `!localpart:server`, that of rooms 1 to 11.
    ///
    /// It keeps room IDs apart and says nothing about where the room is.
    #[must_use]
    pub fn server_name(&self) -> Option<&ServerName> {
        split_colon(&self.0).1.and_then(|name| ServerName::parse(name).ok())
    }

    /// Tells whether the room ID has the form of rooms 1 to 11: a localpart, a colon and a server name.
    #[must_use]
    pub fn is_domain_form(&self) -> bool {
        self.server_name().is_some()
    }

    /// Tells whether the room ID has the form of rooms 12 and later: 32 bytes in URL-safe unpadded base64.
    #[must_use]
    pub fn is_domainless(&self) -> bool {
        grammar::is_hash(after_sigil(&self.0), Class::URL_SAFE)
    }

    /// Returns the ID of the `m.room.create` event that a room ID of rooms 12 and later is made from.
    #[must_use]
    pub fn create_event_id(&self) -> Option<OwnedEventId> {
        self.is_domainless().then(|| OwnedEventId::from_checked(format!("${}", after_sigil(&self.0))))
    }

    /// Returns the ID of the room (of version 12 and later) that the event with this ID creates.
    #[must_use]
    pub fn from_create_event_id(event_id: &EventId) -> Option<OwnedRoomId> {
        event_id.is_v4().then(|| OwnedRoomId::from_checked(format!("!{}", after_sigil(event_id.as_str()))))
    }

    /// Tells whether the `m.room.create` event of this room, of version 12 or later, is `event_id`.
    ///
    /// The same question as comparing [`create_event_id`](Self::create_event_id), without making a string.
    #[must_use]
    pub fn is_created_by(&self, event_id: &EventId) -> bool {
        self.is_domainless() && after_sigil(&self.0) == after_sigil(event_id.as_str())
    }
}

impl OwnedRoomId {
    /// Makes a room ID of the form that rooms 1 to 11 have, `!localpart:server`.
    ///
    /// # Errors
    ///
    /// Fails where `localpart` is empty or holds anything but ASCII letters and digits (more is read than
    /// should be made; offsets count from the start of the room ID), and where the whole exceeds 255 bytes.
    pub fn new_v1(localpart: &str, server_name: &ServerName) -> Result<Self, Error> {
        domain_form('!', localpart, server_name).map(Self::from_checked)
    }
}

/// Makes `localpart` and `server_name` into a room ID or event ID of the first room versions.
pub(crate) fn domain_form(sigil: char, localpart: &str, server_name: &ServerName) -> Result<String, Error> {
    if localpart.is_empty() {
        return Err(Error::EmptyLocalpart);
    }
    let text = format!("{sigil}{localpart}:{server_name}");
    if let Some(at) = localpart.bytes().position(|byte| !Class::ALPHANUMERIC.contains(byte)) {
        return Err(Error::character_at(&text, at + 1));
    }
    grammar::check_length(&text, grammar::MAX_ID_BYTES)?;
    Ok(text)
}

fn check(text: &str) -> Result<(), Error> {
    grammar::check_opaque(text, b'!')
}
