use std::fmt;

use matrix_identifiers::RoomAliasId;

use crate::content::{RoomCanonicalAlias, RoomName};

/// The members of a room, as a sync sums them up.
#[derive(Clone, Copy, Debug, Default)]
pub struct RoomMembers<'a> {
    /// What the heroes are called, the viewer not among them: see [`DisplayNames`](super::DisplayNames).
    pub heroes: &'a [String],
    /// How many have joined (`m.joined_member_count`), the viewer included.
    pub joined: u64,
    /// How many are invited (`m.invited_member_count`).
    pub invited: u64,
}

/// What a room is called. [`Display`](fmt::Display) says it in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomDisplayName<'a> {
    /// By its name.
    Name(&'a str),
    /// By its main alias.
    Alias(&'a RoomAliasId),
    /// By its members: the heroes, and how many others there are beside them and the viewer.
    Members {
        /// The heroes.
        heroes: &'a [String],
        /// The number of others.
        others: u64,
    },
    /// The viewer is alone: who was there.
    Empty {
        /// The heroes.
        heroes: &'a [String],
    },
}

/// Returns what a room is called, from the contents of its `m.room.name` and `m.room.canonical_alias` and its members.
///
/// Neither `m.room.aliases` nor `alt_aliases` have a part in it (MSC2432). An empty name or alias is none.
///
/// ```
/// use matrix_events::display_name::{RoomMembers, room_display_name};
///
/// let heroes = ["Alice".to_owned(), "Bob".to_owned()];
/// let members = RoomMembers { heroes: &heroes, joined: 1_236, invited: 1 };
/// assert_eq!(room_display_name(None, None, members).to_string(), "Alice, Bob, and 1234 others");
/// ```
#[must_use]
pub fn room_display_name<'a>(
    name: Option<&'a RoomName>,
    canonical_alias: Option<&'a RoomCanonicalAlias>,
    members: RoomMembers<'a>,
) -> RoomDisplayName<'a> {
    if let Some(name) = name.map(|content| &*content.name).filter(|name| !name.is_empty()) {
        return RoomDisplayName::Name(name);
    }
    if let Some(alias) = canonical_alias.and_then(|content| content.alias.0.as_deref()) {
        return RoomDisplayName::Alias(alias);
    }
    let heroes = members.heroes;
    let present = members.joined.saturating_add(members.invited);
    if present <= 1 {
        return RoomDisplayName::Empty { heroes };
    }
    let named = u64::try_from(heroes.len()).unwrap_or(u64::MAX);
    RoomDisplayName::Members { heroes, others: (present - 1).saturating_sub(named) }
}

impl fmt::Display for RoomDisplayName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Alias(alias) => fmt::Display::fmt(alias, f),
            Self::Members { heroes, others } => write_names(f, heroes, *others),
            Self::Empty { heroes: [] } => f.write_str("Empty Room"),
            Self::Empty { heroes } => {
                f.write_str("Empty Room (was ")?;
                write_names(f, heroes, 0)?;
                f.write_str(")")
            }
        }
    }
}

/// Writes a list as English does: `Alice`, `Alice and Bob`, `Alice, Bob, and Carol`, `Alice, Bob, and 3 others`.
fn write_names(f: &mut fmt::Formatter<'_>, names: &[String], others: u64) -> fmt::Result {
    let last = match others {
        0 => None,
        1 => Some("1 other".to_owned()),
        _ => Some(format!("{others} others")),
    };
    let count = names.len() + usize::from(last.is_some());
    for (at, name) in names.iter().map(String::as_str).chain(last.as_deref()).enumerate() {
        match at {
            0 => {}
            _ if at + 1 < count => f.write_str(", ")?,
            1 => f.write_str(" and ")?,
            _ => f.write_str(", and ")?,
        }
        f.write_str(name)?;
    }
    Ok(())
}
