//! The fields that some codes bring.

use matrix_identifiers::{OwnedRoomVersionId, RoomVersionId};
use matrix_identity::{Algorithm, Pepper};
use serde_json::Value;

use super::{Errcode, MatrixError};

/// What an identity server names with `M_INVALID_PEPPER`: how to look up instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPepper {
    /// `lookup_pepper`: the pepper to use.
    pub lookup_pepper: Pepper,
    /// `algorithm`: the algorithm of the look-up that failed.
    pub algorithm: Algorithm,
}

impl MatrixError {
    /// Tells, of `M_UNKNOWN_TOKEN`, whether what is stored on the device is to be kept: `soft_logout`, `false` when it is
    /// missing or no boolean (MSC1466).
    #[must_use]
    pub fn soft_logout(&self) -> bool {
        self.field_of(&Errcode::UnknownToken, "soft_logout").and_then(Value::as_bool).unwrap_or(false)
    }

    /// Returns, of `M_WRONG_ROOM_KEYS_VERSION`, the current backup's version (MSC1219).
    #[must_use]
    pub fn current_version(&self) -> Option<&str> {
        self.field_of(&Errcode::WrongRoomKeysVersion, "current_version")?.as_str()
    }

    /// Returns, of `M_INVALID_PEPPER`, the pepper to use (MSC2134); `None` unless both fields are there and known.
    #[must_use]
    pub fn new_pepper(&self) -> Option<NewPepper> {
        let text = |field| self.field_of(&Errcode::InvalidPepper, field).and_then(Value::as_str);
        let lookup_pepper = Pepper::parse(text("lookup_pepper")?).ok()?;
        Some(NewPepper { lookup_pepper, algorithm: Algorithm::parse(text("algorithm")?).ok()? })
    }

    /// Returns, of `M_INCOMPATIBLE_ROOM_VERSION`, the version of the room (MSC1794).
    #[must_use]
    pub fn room_version(&self) -> Option<OwnedRoomVersionId> {
        let version = self.field_of(&Errcode::IncompatibleRoomVersion, "room_version")?.as_str()?;
        RoomVersionId::parse(version).ok().map(ToOwned::to_owned)
    }

    /// Returns how long to wait before trying again, in milliseconds: as the `Retry-After` header says, or otherwise
    /// the `retry_after_ms` of `M_LIMIT_EXCEEDED`. `now_ms` is the time, in milliseconds since the Unix epoch.
    ///
    /// Source: [rate limiting](https://spec.matrix.org/v1.19/client-server-api/#rate-limiting).
    #[must_use]
    pub fn retry_after_ms(&self, now_ms: u64) -> Option<u64> {
        let field = || self.field_of(&Errcode::LimitExceeded, "retry_after_ms").and_then(Value::as_u64);
        self.retry_after.map(|header| header.wait_ms(now_ms)).or_else(field)
    }

    /// Tells whether the server has no such endpoint, or not with this method: 400, 404 or 405 with `M_UNRECOGNIZED`, or
    /// without any code, as a proxy or a bare web server answers.
    ///
    /// Source: [other error codes](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes).
    #[must_use]
    pub fn is_unrecognized(&self) -> bool {
        matches!(self.status.as_u16(), 400 | 404 | 405)
            && self.errcode.as_ref().is_none_or(|errcode| *errcode == Errcode::Unrecognized)
    }

    fn field_of(&self, errcode: &Errcode, field: &str) -> Option<&Value> {
        self.fields.get(field).filter(|_| self.is(errcode))
    }
}
