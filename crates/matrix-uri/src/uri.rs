use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use matrix_identifiers::OwnedServerName;

use crate::{Action, CustomItem, Error, MatrixTo, Target, matrix_scheme, matrix_to};

/// A link to a user, a room or an event: what `matrix:` URIs (MSC2312) and matrix.to links (MSC1704) say.
///
/// Both forms are read into this one type. `Display` writes the `matrix:` URI, [`matrix_to`](Self::matrix_to)
/// the other form.
///
/// Source: [URIs](https://spec.matrix.org/v1.19/appendices/#uris).
///
/// ```
/// use matrix_uri::{Action, MatrixUri};
///
/// let uri = MatrixUri::parse("matrix:r/chat:example.org?action=join&via=example.net")?;
/// assert_eq!(uri.target().alias().map(|alias| alias.as_str()), Some("#chat:example.org"));
/// assert_eq!((uri.action(), uri.via().len()), (Some(Action::Join), 1));
/// assert_eq!(uri.to_string(), "matrix:r/chat:example.org?via=example.net&action=join");
/// # Ok::<(), matrix_uri::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MatrixUri {
    pub(crate) target: Target,
    pub(crate) via: Vec<OwnedServerName>,
    pub(crate) action: Option<Action>,
    pub(crate) custom: Vec<CustomItem>,
}

/// The two ways of writing a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UriForm {
    /// `matrix:…` (MSC2312).
    Matrix,
    /// `https://matrix.to/#/…` (MSC1704).
    MatrixTo,
}

impl UriForm {
    /// Tells by its beginning which form a text has, without saying that the rest can be read.
    ///
    /// The scheme `matrix:` may be in any case; the beginning of a matrix.to link is compared to the letter.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        if text.starts_with(matrix_to::PREFIX) {
            return Some(Self::MatrixTo);
        }
        matrix_scheme::after_scheme(text).map(|_| Self::Matrix)
    }
}

impl MatrixUri {
    /// Makes a link to a user, a room, an alias, or a room or alias and an event in it.
    ///
    /// A link to a room by its ID, or to an event, should say through which servers to go:
    /// [`pick_via_servers`](crate::pick_via_servers) chooses them.
    ///
    /// ```
    /// use matrix_identifiers::{EventId, RoomId, UserId};
    /// use matrix_uri::MatrixUri;
    ///
    /// let alice = MatrixUri::new(UserId::parse("@alice:example.org")?);
    /// assert_eq!(alice.to_string(), "matrix:u/alice:example.org");
    /// let event = MatrixUri::new((RoomId::parse("!a:example.org")?, EventId::parse("$b/c")?));
    /// assert_eq!(event.to_string(), "matrix:roomid/a:example.org/e/b%2Fc");
    /// # Ok::<(), matrix_identifiers::Error>(())
    /// ```
    #[must_use]
    pub fn new(target: impl Into<Target>) -> Self {
        Self { target: target.into(), via: Vec::new(), action: None, custom: Vec::new() }
    }

    /// Adds servers to go through, in the order given.
    #[must_use]
    pub fn with_via<S: Into<OwnedServerName>>(mut self, servers: impl IntoIterator<Item = S>) -> Self {
        self.via.extend(servers.into_iter().map(Into::into));
        self
    }

    /// Sets the action.
    ///
    /// # Errors
    ///
    /// Fails where the action does not apply to the target (see [`Action::applies_to`]): such links must not
    /// be made.
    pub fn with_action(mut self, action: Action) -> Result<Self, Error> {
        if !action.applies_to(&self.target) {
            return Err(Error::InapplicableAction { action });
        }
        self.action = Some(action);
        Ok(self)
    }

    /// Adds an item of one's own to the query.
    #[must_use]
    pub fn with_custom(mut self, item: CustomItem) -> Self {
        self.custom.push(item);
        self
    }

    /// Reads a link in either form.
    ///
    /// Of a `matrix:` URI, scheme, types, names of query items and actions are compared without regard to case;
    /// `user`, `room` and `event` are read as `u`, `r` and `e`; authority and fragment are passed over; the
    /// last `action` counts, where it applies. Of a matrix.to link all arguments but `via` are passed over, and
    /// what should have been percent-encoded may not be. In both, a `via` that names no server is skipped.
    ///
    /// # Errors
    ///
    /// Fails where the text is neither form, is no URI, does not have the segments of its form, or where an
    /// identifier cannot be decoded or does not fit its grammar.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if let Some(rest) = matrix_scheme::after_scheme(text) {
            return matrix_scheme::parse(text, rest);
        }
        let rest = text.strip_prefix(matrix_to::PREFIX).ok_or(Error::NotMatrix)?;
        matrix_to::parse(text, rest)
    }

    /// Returns what the link points at.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Takes what the link points at.
    #[must_use]
    pub fn into_target(self) -> Target {
        self.target
    }

    /// Returns the servers to go through, in the order of the link. They go into `via` of a join request.
    #[must_use]
    pub fn via(&self) -> &[OwnedServerName] {
        &self.via
    }

    /// Returns the action that the link asks for, if it is known and applies.
    #[must_use]
    pub fn action(&self) -> Option<Action> {
        self.action
    }

    /// Returns the query items that the specification does not define, in the order of the URI.
    #[must_use]
    pub fn custom(&self) -> &[CustomItem] {
        &self.custom
    }

    /// Returns the link in its matrix.to form, to be displayed or made a string.
    #[must_use]
    pub fn matrix_to(&self) -> MatrixTo<'_> {
        MatrixTo(self)
    }
}

impl fmt::Display for MatrixUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        matrix_scheme::write(self, f)
    }
}

impl FromStr for MatrixUri {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for MatrixUri {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}
