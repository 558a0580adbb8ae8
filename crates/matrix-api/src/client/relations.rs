//! Events that relate to an event (MSC2675).
//!
//! Source: [relationships](https://spec.matrix.org/v1.19/client-server-api/#relationships-api).

use matrix_events::ClientEvent;
use matrix_identifiers::{OwnedEventId, OwnedRoomId};
use serde::{Deserialize, Serialize};

use crate::endpoint::{endpoint, registry, stable, unannounced};
use crate::{PageEnd, Raw};

registry!(all, of_type, of_types);

/// The order of events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// The latest first.
    #[default]
    #[serde(rename = "b")]
    Backwards,
    /// The earliest first.
    #[serde(rename = "f")]
    Forwards,
}

/// Makes an endpoint that answers with events that relate to a parent.
macro_rules! relations {
    (
        $(#[doc = $doc:literal])+
        $module:ident $stable:literal, $unstable:literal
        $($(#[doc = $field_doc:literal])+ $field:ident,)*
    ) => {
        $(#[doc = $doc])+
        pub mod $module {
            use super::*;

            endpoint! {
                GET [stable($stable, 1, 3), unannounced($unstable)],
                authentication: AccessToken, rate_limited: false, guests: false,

                /// Asks for events that relate to a parent.
                request {
                    path {
                        /// The room.
                        room_id: OwnedRoomId,
                        /// The parent.
                        event_id: OwnedEventId,
                        $($(#[doc = $field_doc])+ $field: String,)*
                    }
                    query {
                        ..
                        /// Where to start: a token of an answer before, of `/messages` or of `/sync`.
                        from: Option<String>,
                        /// Where to end: such a token.
                        to: Option<String>,
                        /// How many events at most.
                        limit: Option<u64>,
                        /// In which order.
                        dir: Direction,
                        /// Whether events that relate to these are meant as well, from version 1.10 on.
                        recurse: bool,
                    }
                }

                /// Events that relate to the parent.
                response {
                    /// The events.
                    chunk: Vec<Raw<ClientEvent>>,
                    ..
                    /// Where to go on; without it there are no more.
                    next_batch: Option<String>,
                    /// Where to go back; without it there are none before.
                    prev_batch: Option<String>,
                    /// How deep the server looked, where `recurse` was asked for.
                    recursion_depth: Option<u64>,
                }
            }

            impl Response {
                /// Returns where the page ends, for [`RelationPage::answer`](crate::RelationPage::answer).
                #[must_use]
                pub fn page_end(&self) -> PageEnd {
                    PageEnd { next_batch: self.next_batch.clone(), prev_batch: self.prev_batch.clone() }
                }
            }
        }
    };
}

relations! {
    /// `GET /rooms/{roomId}/relations/{eventId}`: all events that relate to a parent.
    all
    "/_matrix/client/v1/rooms/{roomId}/relations/{eventId}",
    "/_matrix/client/unstable/rooms/{roomId}/relations/{eventId}"
}

relations! {
    /// `GET /rooms/{roomId}/relations/{eventId}/{relType}`: events that relate to a parent in one way.
    of_type
    "/_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}",
    "/_matrix/client/unstable/rooms/{roomId}/relations/{eventId}/{relType}"
    /// The way in which they relate: `m.thread`, say.
    rel_type,
}

relations! {
    /// `GET /rooms/{roomId}/relations/{eventId}/{relType}/{eventType}`: events of one type that relate to a parent in one
    /// way.
    of_types
    "/_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}/{eventType}",
    "/_matrix/client/unstable/rooms/{roomId}/relations/{eventId}/{relType}/{eventType}"
    /// The way in which they relate: `m.thread`, say.
    rel_type,
    /// Their type; in encrypted rooms `m.room.encrypted`, whatever is in them.
    event_type,
}
