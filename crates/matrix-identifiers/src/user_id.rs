use alloc::format;

use crate::grammar::{self, Class, after_sigil, split_colon};
use crate::{Error, ServerName, server_name};

identifier! {
    /// The ID of a user: `@localpart:server`.
    ///
    /// Reading accepts every user ID that rooms hold: the localpart ends at the first colon, may be empty
    /// and may hold any character but NUL. [`is_strict`](Self::is_strict) tells whether it fits today's
    /// grammar, which is also what [`OwnedUserId::new`] asks of a user ID being made. The whole is at most
    /// 255 bytes long.
    ///
    /// Source: [user identifiers](https://spec.matrix.org/v1.19/appendices/#user-identifiers).
    ///
    /// ```
    /// use matrix_identifiers::UserId;
    ///
    /// let alice = UserId::parse("@Alice:example.org:8448")?;
    /// assert_eq!(alice.localpart(), "Alice");
    /// assert_eq!(alice.server_name().port(), Some(8448));
    /// assert!(alice.is_historical() && !alice.is_strict());
    /// # Ok::<(), matrix_identifiers::Error>(())
    /// ```
    UserId, OwnedUserId, check, shown
}

impl UserId {
    /// Reads a user ID that fits today's grammar, without copying it.
    ///
    /// # Errors
    ///
    /// Fails as [`parse`](Self::parse) does, and where the localpart is empty or holds a character that
    /// only historical user IDs have.
    pub fn parse_strict(text: &str) -> Result<&Self, Error> {
        let id = Self::parse(text)?;
        check_localpart(text, id.localpart())?;
        Ok(id)
    }

    /// Returns what stands between the `@` and the first colon; empty in some historical user IDs.
    #[inline]
    #[must_use]
    pub fn localpart(&self) -> &str {
        split_colon(after_sigil(&self.0)).0
    }

    /// Returns the server that the user belongs to.
    #[inline]
    #[must_use]
    pub fn server_name(&self) -> &ServerName {
        ServerName::from_checked(split_colon(&self.0).1.unwrap_or_default())
    }

    /// Tells whether the localpart fits today's grammar: one or more of `a-z`, `0-9` and `._=-/+`.
    #[must_use]
    pub fn is_strict(&self) -> bool {
        let localpart = self.localpart().as_bytes();
        !localpart.is_empty() && Class::USER.contains_all(localpart)
    }

    /// Tells whether the user ID is accepted only because older rooms hold such: the opposite of
    /// [`is_strict`](Self::is_strict).
    ///
    /// Source: [historical user IDs](https://spec.matrix.org/v1.19/appendices/#historical-user-ids).
    #[must_use]
    pub fn is_historical(&self) -> bool {
        !self.is_strict()
    }

    /// Tells whether the localpart consists of one or more characters from `0x21` to `0x7E`.
    ///
    /// Those that do not are non-compliant: still accepted in events of today's rooms, but not to be
    /// forwarded to clients elsewhere (in device list updates, say). Every strict user ID complies, and so
    /// do most historical ones.
    ///
    /// Source: [historical user IDs](https://spec.matrix.org/v1.19/appendices/#historical-user-ids).
    #[must_use]
    pub fn is_compliant(&self) -> bool {
        let localpart = self.localpart().as_bytes();
        !localpart.is_empty() && Class::VISIBLE.contains_all(localpart)
    }
}

impl OwnedUserId {
    /// Makes the ID of a new user, by today's grammar.
    ///
    /// # Errors
    ///
    /// Fails where `localpart` is empty or holds another character than `a-z`, `0-9` and `._=-/+` (offsets
    /// count from the start of the user ID), and where the whole exceeds 255 bytes.
    pub fn new(localpart: &str, server_name: &ServerName) -> Result<Self, Error> {
        let text = format!("@{localpart}:{server_name}");
        check_localpart(&text, localpart)?;
        grammar::check_length(&text, grammar::MAX_ID_BYTES)?;
        Ok(Self::from_checked(text))
    }
}

#[inline]
fn check(text: &str) -> Result<(), Error> {
    grammar::check_sigil(text, b'@')?;
    let colon = grammar::localpart_end(text)?;
    server_name::check_at(text, colon + 1)
}

/// Checks the localpart of `text`, which follows its sigil, by today's grammar.
fn check_localpart(text: &str, localpart: &str) -> Result<(), Error> {
    if localpart.is_empty() {
        return Err(Error::EmptyLocalpart);
    }
    match localpart.bytes().position(|byte| !Class::USER.contains(byte)) {
        None => Ok(()),
        Some(at) => Err(Error::character_at(text, at + 1)),
    }
}
