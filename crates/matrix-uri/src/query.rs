//! The query of a link: `via`, `action` and custom items.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use matrix_identifiers::{NamespacedId, OwnedServerName, ServerName};

use crate::{Error, Target, encoding, slices};

/// What a client is asked to do with what the link points at, after asking its user.
///
/// Source: [Matrix URI scheme](https://spec.matrix.org/v1.19/appendices/#matrix-uri-scheme).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Action {
    /// Join the room.
    Join,
    /// Open a direct chat with the user.
    Chat,
}

impl Action {
    /// Returns the name that a URI has for the action.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Chat => "chat",
        }
    }

    /// Reads the name of an action, in any case; `None` for an unknown one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Join, Self::Chat].into_iter().find(|action| action.as_str().eq_ignore_ascii_case(name))
    }

    /// Tells whether the action has a meaning for `target`: one joins a room or alias, not an event or user,
    /// and chats with a user.
    #[must_use]
    pub fn applies_to(self, target: &Target) -> bool {
        match self {
            Self::Join => matches!(target, Target::Room(_) | Target::Alias(_)),
            Self::Chat => matches!(target, Target::User(_)),
        }
    }
}

/// A query item that the specification does not define, such as `io.element.action=foo`.
///
/// Any name is read and kept. Those that are made have a name of the common namespaced grammar (MSC2758) that
/// is not the specification's own.
///
/// ```
/// use matrix_identifiers::NamespacedId;
/// use matrix_uri::CustomItem;
///
/// let item = CustomItem::new(NamespacedId::parse("org.example.colour")?, "red & green")?;
/// assert_eq!((item.name(), item.value()), ("org.example.colour", "red & green"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomItem {
    name: String,
    value: String,
}

impl CustomItem {
    /// Makes an item. The value is given as it is meant, not encoded.
    ///
    /// # Errors
    ///
    /// Fails where the name is `action` or `via`, or starts with `m.`.
    pub fn new(name: &NamespacedId, value: impl Into<String>) -> Result<Self, Error> {
        if name.is_reserved() || matches!(name.as_str(), "action" | "via") {
            return Err(Error::ReservedName);
        }
        Ok(Self { name: name.as_str().into(), value: value.into() })
    }

    /// Returns the item's name, decoded.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the item's value, decoded; empty where the item had no `=`.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }
}

/// What the query of a link says.
#[derive(Default)]
pub(crate) struct Query {
    pub(crate) via: Vec<OwnedServerName>,
    /// That of the last `action` item, if it is a known one.
    pub(crate) action: Option<Action>,
    pub(crate) custom: Vec<CustomItem>,
}

impl Query {
    /// Step 7 of MSC2312's algorithm. Nothing in a query makes a link unreadable: an item that cannot be decoded,
    /// or a `via` that names no server, is skipped.
    pub(crate) fn parse(query: &str) -> Self {
        let mut parsed = Self::default();
        for item in slices::pieces(query, b'&').filter(|item| !item.is_empty()) {
            let (name, value) = slices::split(item, b'=').unwrap_or((item, ""));
            let Ok(name) = encoding::decode(name, name) else { continue };
            let value = encoding::decode(value, value);
            if name.eq_ignore_ascii_case("via") {
                let server = value.ok().and_then(|value| ServerName::parse(&value).ok().map(Into::into));
                parsed.via.extend(server);
            } else if name.eq_ignore_ascii_case("action") {
                parsed.action = value.ok().and_then(|value| Action::from_name(&value));
            } else if let (false, Ok(value)) = (name.is_empty(), value) {
                parsed.custom.push(CustomItem { name: name.into_owned(), value: value.into_owned() });
            }
        }
        parsed
    }
}

/// Writes the query with its `?`, or nothing: servers, action, custom items.
pub(crate) fn write(
    via: &[OwnedServerName],
    action: Option<Action>,
    custom: &[CustomItem],
    out: &mut impl fmt::Write,
) -> fmt::Result {
    let mut delimiter = "?";
    for server in via {
        out.write_str(delimiter)?;
        out.write_str("via=")?;
        encoding::write_item(out, server.as_str())?;
        delimiter = "&";
    }
    if let Some(action) = action {
        out.write_str(delimiter)?;
        out.write_str("action=")?;
        out.write_str(action.as_str())?;
        delimiter = "&";
    }
    for item in custom {
        out.write_str(delimiter)?;
        encoding::write_item(out, &item.name)?;
        out.write_str("=")?;
        encoding::write_item(out, &item.value)?;
        delimiter = "&";
    }
    Ok(())
}
