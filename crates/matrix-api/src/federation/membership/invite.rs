//! Inviting a user of another server.

use matrix_canonicaljson::Object;
use matrix_identifiers::{OwnedEventId, OwnedRoomId, OwnedRoomVersionId};

use crate::endpoint::{always, endpoint, registry};
use crate::federation::{RawPdu, V1Tuple};

registry!(send, send_v1);

/// `PUT /v2/invite/{roomId}/{eventId}`: invites (MSC1794).
pub mod send {
    use super::*;

    endpoint! {
        PUT [always("/_matrix/federation/v2/invite/{roomId}/{eventId}")],
        authentication: ServerSignature, rate_limited: false, guests: false,

        /// Invites. When this fails,
        /// [`should_retry_invite_with_v1`](crate::federation::should_retry_invite_with_v1) may say to try
        /// [`send_v1`]: see [`Request::into_v1`].
        request {
            path {
                /// The room.
                room_id: OwnedRoomId,
                /// The event.
                event_id: OwnedEventId,
            }
            body {
                /// The room's version. A server that does not know it refuses with `M_INCOMPATIBLE_ROOM_VERSION`.
                room_version: OwnedRoomVersionId,
                /// The event, signed by the server that invites.
                event: RawPdu,
                ..
                /// State that helps the user to recognise the room.
                invite_room_state: Vec<RawPdu>,
            }
        }

        /// The invite is taken.
        response {
            /// The event, signed by the user's server as well.
            event: RawPdu,
        }
    }

    impl Request {
        /// Makes the same request for a server that knows only the first version: the state goes into the event's
        /// `unsigned`, and the room's version is not said.
        ///
        /// # Errors
        ///
        /// When the event or its `unsigned` is no object.
        pub fn into_v1(self) -> Result<send_v1::Request, matrix_canonicaljson::Error> {
            let mut event = self.event.to_object()?;
            let mut unsigned = event.get_object("unsigned").cloned().unwrap_or_default();
            let state = self.invite_room_state.iter().map(|event| event.to_object().map(Into::into));
            let state = state.collect::<Result<Vec<matrix_canonicaljson::Value>, _>>()?;
            unsigned.insert("invite_room_state", state);
            event.insert("unsigned", unsigned);
            Ok(send_v1::Request::new(self.room_id, self.event_id, RawPdu::from_object(&event)))
        }
    }
}

/// `PUT /v1/invite/{roomId}/{eventId}`: invites by a server that has no [`send`].
pub mod send_v1 {
    use super::*;

    /// The invite is taken, in the form of the first version.
    pub type Response = V1Tuple<send::Response>;

    endpoint! {
        PUT [always("/_matrix/federation/v1/invite/{roomId}/{eventId}")],
        authentication: ServerSignature, rate_limited: false, guests: false,

        /// Invites.
        request {
            path {
                /// The room, of version 1 or 2.
                room_id: OwnedRoomId,
                /// The event.
                event_id: OwnedEventId,
            }
            body #[serde(transparent)] {
                /// The event, signed by the server that invites.
                event: RawPdu,
            }
        }
    }

    impl Request {
        /// Returns the state that helps the user to recognise the room: `invite_room_state` of the event's `unsigned`. What
        /// is no object there is left out.
        ///
        /// # Errors
        ///
        /// When the event is no object.
        pub fn invite_room_state(&self) -> Result<Vec<Object>, matrix_canonicaljson::Error> {
            let event = self.event.to_object()?;
            let state =
                event.get_object("unsigned").and_then(|unsigned| unsigned.get_array("invite_room_state"));
            Ok(state.unwrap_or_default().iter().filter_map(|event| event.as_object().cloned()).collect())
        }
    }
}
