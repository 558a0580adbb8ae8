//! When to fall back to an older endpoint.

use http::StatusCode;
use matrix_identifiers::RoomVersionId;

use crate::{Errcode, MatrixError};

/// Tells whether `PUT /v2/send_join` or `/v2/send_leave` failed because the other server knows only `v1`: then the same
/// request goes there, and its answer is a [`V1Tuple`](super::V1Tuple).
///
/// That is a 400, 404 or 405 which is not the answer of the endpoint itself: with no error code, with `M_UNRECOGNIZED`, or
/// 404 with `M_NOT_FOUND`.
///
/// Source: MSC1802.
#[must_use]
pub fn should_retry_with_v1(error: &MatrixError) -> bool {
    error.is_unrecognized() || (error.status == StatusCode::NOT_FOUND && error.is(&Errcode::NotFound))
}

/// Tells whether `PUT /v2/invite` failed because the other server knows only `v1`, and `v1` can do it: the room is of
/// version 1 or 2. The older endpoint does not say the version, and a server that knows only that knows no later one.
///
/// Source: MSC1794.
#[must_use]
pub fn should_retry_invite_with_v1(error: &MatrixError, room_version: &RoomVersionId) -> bool {
    let is_old = matches!(room_version.as_str(), "1" | "2");
    is_old && should_retry_with_v1(error)
}

/// Tells whether `POST /publicRooms` failed because the other server knows only `GET`: 400 `M_UNRECOGNIZED`, or any 404 or
/// 405. Then whoever asks has to look through the whole directory.
///
/// Source: MSC2197.
#[must_use]
pub fn should_retry_public_rooms_with_get(error: &MatrixError) -> bool {
    match error.status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => true,
        StatusCode::BAD_REQUEST => error.is(&Errcode::Unrecognized),
        _ => false,
    }
}
