//! Reporting what should not be there.

use matrix_identifiers::{OwnedEventId, OwnedRoomId};

use crate::endpoint::{endpoint, r0, registry, stable};

registry!(report_event);

/// `POST /rooms/{roomId}/report/{eventId}`: reports an event (MSC2414).
pub mod report_event {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/rooms/{roomId}/report/{eventId}", 1, 1),
            r0("/_matrix/client/r0/rooms/{roomId}/report/{eventId}", 4, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Reports an event. The `score` of before version 1.18 is passed over.
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
                /// The event.
                event_id: OwnedEventId,
            }
            body {
                ..
                /// Why it is reported.
                reason: Option<String>,
            }
        }

        /// The event is reported.
        response {}
    }
}
