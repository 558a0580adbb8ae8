use alloc::format;

use crate::grammar::{self, after_sigil, split_colon};
use crate::{Error, ServerName, server_name};

identifier! {
    /// A name for a room: `#alias:server`.
    ///
    /// The localpart ends at the first colon and holds any character but NUL; the whole is at most 255 bytes.
    ///
    /// Source: [room aliases](https://spec.matrix.org/v1.19/appendices/#room-aliases).
    ///
    /// ```
    /// use matrix_identifiers::RoomAliasId;
    ///
    /// let alias = RoomAliasId::parse("#matrix:example.org")?;
    /// assert_eq!((alias.localpart(), alias.server_name().as_str()), ("matrix", "example.org"));
    /// # Ok::<(), matrix_identifiers::Error>(())
    /// ```
    RoomAliasId, OwnedRoomAliasId, check, shown
}

impl RoomAliasId {
    /// Returns what stands between the `#` and the first colon.
    #[must_use]
    pub fn localpart(&self) -> &str {
        split_colon(after_sigil(&self.0)).0
    }

    /// Returns the server that can say which room the alias stands for.
    #[must_use]
    pub fn server_name(&self) -> &ServerName {
        ServerName::from_checked(split_colon(&self.0).1.unwrap_or_default())
    }
}

impl OwnedRoomAliasId {
    /// Makes a new alias on `server_name`.
    ///
    /// # Errors
    ///
    /// Fails where `localpart` is empty, or holds a colon or NUL (offsets count from the start of the
    /// alias), and where the whole exceeds 255 bytes.
    pub fn new(localpart: &str, server_name: &ServerName) -> Result<Self, Error> {
        if localpart.is_empty() {
            return Err(Error::EmptyLocalpart);
        }
        let text = format!("#{localpart}:{server_name}");
        if let Some(at) = localpart.bytes().position(|byte| matches!(byte, b':' | 0)) {
            return Err(Error::character_at(&text, at + 1));
        }
        grammar::check_length(&text, grammar::MAX_ID_BYTES)?;
        Ok(Self::from_checked(text))
    }
}

fn check(text: &str) -> Result<(), Error> {
    grammar::check_sigil(text, b'#')?;
    let colon = grammar::localpart_end(text)?;
    server_name::check_at(text, colon + 1)
}
