//! The template of a membership event that another server makes.

use matrix_canonicaljson::Object;
use matrix_events::content::Membership;
use matrix_identifiers::{OwnedRoomVersionId, RoomId, UserId};
use matrix_roomversion::{EventFormat, RoomVersion};

use crate::Error;

/// Of which room version a template is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateVersion {
    /// The server names it.
    Named(OwnedRoomVersionId),
    /// The server names none: it knows only versions 1 and 2, and the room is of one of these (MSC1813).
    OneOrTwo,
}

impl TemplateVersion {
    /// Reads the field `room_version`.
    #[must_use]
    pub fn of(room_version: Option<&OwnedRoomVersionId>) -> Self {
        room_version.map_or(Self::OneOrTwo, |version| Self::Named(version.clone()))
    }

    /// Returns the format of the event: versions 1 and 2 have the same. `None` for a version that is not known here: the
    /// event cannot be completed then.
    #[must_use]
    pub fn event_format(&self) -> Option<EventFormat> {
        let version = match self {
            Self::Named(version) => RoomVersion::try_from(&**version).ok()?,
            Self::OneOrTwo => RoomVersion::V1,
        };
        Some(version.rules().event_format)
    }
}

/// Checks that a template is what was asked for, before it is completed and signed: an `m.room.member` of that room, by
/// and about that user, with that membership. A server that made another could have the user sign anything.
///
/// # Errors
///
/// [`Error::InvalidBody`] with the field that differs: try another server.
pub fn check_template(
    event: &Object,
    room_id: &RoomId,
    user_id: &UserId,
    membership: &Membership,
) -> Result<(), Error> {
    let content = event.get_object("content");
    let checks = [
        ("type", event.get_str("type"), "m.room.member"),
        ("room_id", event.get_str("room_id"), room_id.as_str()),
        ("sender", event.get_str("sender"), user_id.as_str()),
        ("state_key", event.get_str("state_key"), user_id.as_str()),
        (
            "content.membership",
            content.and_then(|content| content.get_str("membership")),
            membership.as_str(),
        ),
    ];
    match checks.into_iter().find(|(_, found, expected)| *found != Some(*expected)) {
        None => Ok(()),
        Some((path, _, expected)) => Err(Error::InvalidBody {
            path: path.to_owned(),
            reason: format!("not {expected:?}, as was asked for"),
        }),
    }
}
