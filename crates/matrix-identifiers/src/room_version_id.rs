use crate::Error;
use crate::grammar::{Class, check_simple};

identifier! {
    /// The name of a room version: 1 to 32 of `a-z`, `0-9`, `.` and `-`.
    ///
    /// Room versions are opaque: `12` is not "greater than" `9`, and unknown ones are read too.
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

fn check(text: &str) -> Result<(), Error> {
    check_simple(text, Class::ROOM_VERSION, 32)
}
