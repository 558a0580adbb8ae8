use alloc::string::String;

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::grammar::{self, Class, after_sigil, split_colon};
use crate::{Error, ServerName, room_id};

identifier! {
    /// The ID of an event: `$opaque`.
    ///
    /// Event IDs are opaque: reading asks for the sigil, at least one character after it, no NUL and at most
    /// 255 bytes. Which form they have is up to the room's version:
    ///
    /// | rooms | form | told by |
    /// |---|---|---|
    /// | 1, 2 | `$localpart:server` | [`is_v1`](Self::is_v1), [`server_name`](Self::server_name) |
    /// | 3 | `$` and 32 bytes in unpadded base64 | [`is_v3`](Self::is_v3) |
    /// | 4 and later | `$` and 32 bytes in URL-safe unpadded base64 (MSC1884) | [`is_v4`](Self::is_v4) |
    ///
    /// A hash whose base64 has neither `+/` nor `-_` fits both of the last two.
    ///
    /// Source: [event IDs](https://spec.matrix.org/v1.19/appendices/#event-ids) and the room versions.
    ///
    /// ```
    /// use matrix_identifiers::{EventId, OwnedEventId};
    ///
    /// let id = EventId::parse("$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg")?;
    /// assert!(id.is_v4() && !id.is_v3() && !id.is_v1());
    /// assert_eq!(OwnedEventId::from_hash_v3(&[0xFF; 32]), *"$//////////////////////////////////////////8");
    /// # Ok::<(), matrix_identifiers::Error>(())
    /// ```
    EventId, OwnedEventId, check, shown
}

impl EventId {
    /// Returns what stands between the `$` and the first colon, or the end where there is no colon.
    #[must_use]
    pub fn localpart(&self) -> &str {
        split_colon(after_sigil(&self.0)).0
    }

    /// Returns the server name in an event ID of the form `$localpart:server`, that of rooms 1 and 2.
    ///
    /// It keeps event IDs apart and says nothing about where the event is.
    #[must_use]
    pub fn server_name(&self) -> Option<&ServerName> {
        split_colon(&self.0).1.and_then(|name| ServerName::parse(name).ok())
    }

    /// Tells whether the event ID has the form of rooms 1 and 2: a localpart, a colon and a server name.
    #[must_use]
    pub fn is_v1(&self) -> bool {
        self.server_name().is_some()
    }

    /// Tells whether the event ID has the form of room 3: 32 bytes in unpadded standard base64.
    #[must_use]
    pub fn is_v3(&self) -> bool {
        grammar::is_hash(after_sigil(&self.0), Class::BASE64)
    }

    /// Tells whether the event ID has the form of rooms 4 and later: 32 bytes in URL-safe unpadded base64
    /// (MSC1884).
    #[must_use]
    pub fn is_v4(&self) -> bool {
        grammar::is_hash(after_sigil(&self.0), Class::URL_SAFE)
    }
}

impl OwnedEventId {
    /// Makes an event ID of the form that rooms 1 and 2 have, `$localpart:server`.
    ///
    /// # Errors
    ///
    /// Fails where `localpart` is empty or holds anything but ASCII letters and digits (more is read than
    /// should be made; offsets count from the start of the event ID), and where the whole exceeds 255 bytes.
    pub fn new_v1(localpart: &str, server_name: &ServerName) -> Result<Self, Error> {
        room_id::domain_form('$', localpart, server_name).map(Self::from_checked)
    }

    /// Makes the event ID of room 3 from the event's reference hash.
    #[must_use]
    pub fn from_hash_v3(hash: &[u8; 32]) -> Self {
        Self::from_checked(encode(hash, &STANDARD_NO_PAD))
    }

    /// Makes the event ID of rooms 4 and later from the event's reference hash (MSC1884).
    #[must_use]
    pub fn from_hash_v4(hash: &[u8; 32]) -> Self {
        Self::from_checked(encode(hash, &URL_SAFE_NO_PAD))
    }
}

#[inline]
fn check(text: &str) -> Result<(), Error> {
    grammar::check_opaque(text, b'$')
}

/// Writes `$` and the hash in an alphabet of base64.
fn encode(hash: &[u8; 32], base64: &GeneralPurpose) -> String {
    let mut text = [b'$'; 44];
    let written = text.get_mut(1..).map(|rest| base64.encode_slice(hash, rest));
    // Base64 of 32 bytes is 43 characters of ASCII: nothing of this can fail.
    debug_assert_eq!(written, Some(Ok(43)));
    core::str::from_utf8(&text).unwrap_or_default().into()
}
