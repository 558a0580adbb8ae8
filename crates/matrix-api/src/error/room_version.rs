//! A room version that one of two servers does not know.

use http::StatusCode;
use matrix_identifiers::RoomVersionId;

use super::{Errcode, MatrixError};

impl MatrixError {
    /// Makes the error of a federation endpoint, and of a client's join or knock, where the server does not know the
    /// version of the room: 400 `M_INCOMPATIBLE_ROOM_VERSION` with `room_version` (MSC1794, MSC2403).
    #[must_use]
    pub fn incompatible_room_version(room_version: &RoomVersionId) -> Self {
        let error = format!("room version {room_version} is not supported");
        Self::new(StatusCode::BAD_REQUEST, Errcode::IncompatibleRoomVersion, &error)
            .with("room_version", room_version.as_str())
    }

    /// Makes the error that a client gets who creates a room of an unknown version, or invites somebody whose homeserver
    /// does not know the version of the room: 400 `M_UNSUPPORTED_ROOM_VERSION` (MSC1866).
    #[must_use]
    pub fn unsupported_room_version(error: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Errcode::UnsupportedRoomVersion, error)
    }
}

/// Returns the error to give to the client whose invite the other homeserver refused with `federation`, when that is
/// about the version of the room: the codes of the two APIs differ. `None` for every other error.
///
/// Source: MSC1866.
#[must_use]
pub fn invite_error_for_client(federation: &MatrixError) -> Option<MatrixError> {
    if !federation.is(&Errcode::IncompatibleRoomVersion) {
        return None;
    }
    let error = match federation.room_version() {
        Some(version) => format!("the user's homeserver does not support room version {version}"),
        None => "the user's homeserver does not support the version of the room".to_owned(),
    };
    Some(MatrixError::unsupported_room_version(&error))
}

/// Returns the error to give to the client who wanted to join or to knock, when the other homeserver refused that with
/// `federation` because of the version of the room: the code is the same, and names the version. `None` for every other
/// error.
///
/// Source: MSC2403;
/// [joining](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3joinroomidoralias).
#[must_use]
pub fn join_error_for_client(federation: &MatrixError) -> Option<MatrixError> {
    if !federation.is(&Errcode::IncompatibleRoomVersion) {
        return None;
    }
    let error = "the homeserver does not support the version of the room".to_owned();
    let fields = federation.fields.iter().filter(|(name, _)| *name == "room_version");
    Some(MatrixError {
        status: StatusCode::BAD_REQUEST,
        errcode: Some(Errcode::IncompatibleRoomVersion),
        error: Some(error),
        fields: fields.map(|(name, value)| (name.clone(), value.clone())).collect(),
        retry_after: None,
    })
}
