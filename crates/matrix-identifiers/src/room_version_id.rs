use crate::Error;
use crate::grammar::{Class, check_simple};

identifier! {
    /// The name of a room version: 1 to 32 of `a-z`, `0-9`, `.` and `-`.
    ///
    /// Room versions are opaque: `12` is not "greater than" `9`, and unknown ones are read too.
    /// [`OwnedRoomVersionId::new`] makes only names that are not the specification's.
    ///
    /// Source: [room version grammar](https://spec.matrix.org/v1.19/rooms/#room-version-grammar).
    ///
    /// ```
    /// use matrix_identifiers::RoomVersionId;
    ///
    /// assert!(RoomVersionId::parse("12")?.is_reserved());
    /// assert!(!RoomVersionId::parse("com.example.version")?.is_reserved());
    /// # Ok::<(), matrix_identifiers::Error>(())
    /// ```
    RoomVersionId, OwnedRoomVersionId, check, shown
}

impl RoomVersionId {
    /// Tells whether the name is one that only the specification gives: digits and dots alone.
    #[must_use]
    pub fn is_reserved(&self) -> bool {
        self.0.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    }
}

impl OwnedRoomVersionId {
    /// Makes a name for a room version that the specification does not define.
    ///
    /// It should start with a reversed domain name, but may be any that is not reserved, such as `1.2-beta`.
    ///
    /// # Errors
    ///
    /// Fails as [`RoomVersionId::parse`] does, and where the name consists of digits and dots alone.
    pub fn new(text: &str) -> Result<Self, Error> {
        let id = RoomVersionId::parse(text)?;
        if id.is_reserved() { Err(Error::Reserved) } else { Ok(id.into()) }
    }
}

fn check(text: &str) -> Result<(), Error> {
    check_simple(text, Class::ROOM_VERSION, 32)
}
