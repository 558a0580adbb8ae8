use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use matrix_identifiers::{OwnedUserId, UserId};

use crate::content::{Membership, RoomMember};

/// The display names of a room's members, and who else has them.
///
/// Each membership event goes to [`set`](Self::set) as the state changes; asking for a name does not look at all members.
///
/// ```
/// use matrix_events::{DisplayNames, Wire, content::RoomMember};
/// use matrix_identifiers::UserId;
///
/// let member = RoomMember::read_lenient(br#"{"membership": "join", "displayname": "Alice"}"#)?.value;
/// let [one, two] = [UserId::parse("@one:x")?, UserId::parse("@two:x")?];
/// let mut names = DisplayNames::new();
/// names.set(one, &member);
/// assert_eq!(names.get(one), "Alice");
/// names.set(two, &member);
/// assert_eq!(names.get(one), "Alice (@one:x)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct DisplayNames {
    members: BTreeMap<OwnedUserId, Box<str>>,
    /// Who has a name, among those who have joined or are invited.
    present: BTreeMap<Box<str>, BTreeSet<OwnedUserId>>,
}

impl DisplayNames {
    /// Makes a room without members.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in the content of a user's `m.room.member`.
    pub fn set(&mut self, user_id: &UserId, member: &RoomMember) {
        if let Some(before) = self.members.remove(user_id)
            && let Some(users) = self.present.get_mut(&before)
        {
            users.remove(user_id);
            if users.is_empty() {
                self.present.remove(&before);
            }
        }
        let Some(name) = member.displayname.as_deref().filter(|name| !name.is_empty()) else { return };
        self.members.insert(user_id.into(), name.into());
        if matches!(member.membership, Membership::Join | Membership::Invite) {
            self.present.entry(name.into()).or_default().insert(user_id.into());
        }
    }

    /// Returns what a user is called: the display name, the user ID with it where somebody else who has joined or is
    /// invited has the same, and the user ID alone where there is no display name or an empty one.
    #[must_use]
    pub fn get<'a>(&'a self, user_id: &'a UserId) -> Cow<'a, str> {
        let Some(name) = self.members.get(user_id) else { return user_id.as_str().into() };
        let others = self.present.get(name).is_some_and(|users| users.iter().any(|other| *other != *user_id));
        if others { format!("{name} ({user_id})").into() } else { (&**name).into() }
    }
}
