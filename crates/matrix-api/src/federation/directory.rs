//! The rooms that another server publishes (MSC2197).
//!
//! Source: [published room directory](https://spec.matrix.org/v1.19/server-server-api/#published-room-directory).

use crate::client::{PublicRoom, PublicRoomsFilter};
use crate::endpoint::{always, endpoint, registry};
use crate::tolerant;

registry!(public_rooms, search_public_rooms);

/// Makes an endpoint that answers with rooms.
macro_rules! rooms {
    ($(#[doc = $doc:literal])+ $module:ident $method:ident { $($request:tt)+ }) => {
        $(#[doc = $doc])+
        pub mod $module {
            use super::*;

            endpoint! {
                $method [always("/_matrix/federation/v1/publicRooms")],
                authentication: ServerSignature, rate_limited: false, guests: false,

                /// Asks for rooms that the server publishes.
                request { $($request)+ }

                /// Rooms that the server publishes.
                response {
                    /// The rooms, without those that are not as they should be.
                    #[serde(deserialize_with = "tolerant::list")]
                    chunk: Vec<PublicRoom>,
                    ..
                    /// Where to go on; without it there are no more.
                    next_batch: Option<String>,
                    /// Where to go back; without it there are none before.
                    prev_batch: Option<String>,
                    /// How many rooms there are, about.
                    total_room_count_estimate: Option<u64>,
                }
            }
        }
    };
}

rooms! {
    /// `GET /publicRooms`: the rooms that the server publishes.
    public_rooms GET {
        query {
            ..
            /// How many rooms at most.
            limit: Option<u64>,
            /// Where to go on: a token of an answer before.
            since: Option<String>,
            /// Whether rooms of all networks are meant that application services bridge.
            include_all_networks: bool,
            /// The one network that is meant; only where not all are.
            third_party_instance_id: Option<String>,
        }
    }
}

rooms! {
    /// `POST /publicRooms`: those of the rooms that the server publishes that fit a search. What is searched for is told to
    /// that server.
    search_public_rooms POST {
        body {
            ..
            /// How many rooms at most.
            limit: Option<u64>,
            /// Where to go on: a token of an answer before.
            since: Option<String>,
            /// What to look for.
            filter: Option<PublicRoomsFilter>,
            /// Whether rooms of all networks are meant that application services bridge.
            include_all_networks: bool,
            /// The one network that is meant; only where not all are.
            third_party_instance_id: Option<String>,
        }
    }
}

impl search_public_rooms::Request {
    /// Makes the request for a server that knows only [`public_rooms`], as
    /// [`should_retry_public_rooms_with_get`](super::should_retry_public_rooms_with_get) says. Its answer has to be
    /// searched: [`is_match`].
    #[must_use]
    pub fn to_get(&self) -> public_rooms::Request {
        public_rooms::Request {
            limit: self.limit,
            since: self.since.clone(),
            include_all_networks: self.include_all_networks,
            third_party_instance_id: self.network().map(str::to_owned),
        }
    }

    /// Returns the one network that is meant: `third_party_instance_id`, which says nothing where all networks are meant.
    #[must_use]
    pub fn network(&self) -> Option<&str> {
        self.third_party_instance_id.as_deref().filter(|_| !self.include_all_networks)
    }
}

/// Tells whether a room fits a search: its name, topic or alias holds the search term, in whichever case, and it is for
/// what is looked for. An empty term fits every room.
#[must_use]
pub fn is_match(room: &PublicRoom, filter: &PublicRoomsFilter) -> bool {
    let texts = [
        room.name.as_deref(),
        room.topic.as_deref(),
        room.canonical_alias.as_ref().map(|alias| alias.as_str()),
    ];
    let holds = |term: &String| {
        let term = term.to_lowercase();
        term.is_empty() || texts.iter().flatten().any(|text| text.to_lowercase().contains(&term))
    };
    let wanted = filter.room_types.as_ref().is_none_or(|wanted| wanted.contains(&room.room_type));
    wanted && filter.generic_search_term.as_ref().is_none_or(holds)
}
