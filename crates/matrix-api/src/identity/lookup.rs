//! Looking up who has an address (MSC2134). The conversation is [`Lookup`](matrix_identity::Lookup).
//!
//! Source: [association lookup](https://spec.matrix.org/v1.19/identity-service-api/#association-lookup).

use std::collections::BTreeMap;

use matrix_identifiers::OwnedUserId;
use matrix_identity::HashDetails;
use serde_json::json;

use crate::endpoint::{always, endpoint, registry};
use crate::tolerant;

registry!(hash_details, lookup_users);

/// `GET /hash_details`: how the server wants to be asked.
pub mod hash_details {
    use super::*;

    endpoint! {
        GET [always("/_matrix/identity/v2/hash_details")],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Asks how the server wants to be asked.
        request {}

        /// How the server wants to be asked.
        response {
            /// The pepper.
            lookup_pepper: String,
            /// The algorithms that it knows, by name.
            algorithms: Vec<String>,
        }
    }

    impl Response {
        /// Reads the details; algorithms that are not known here are left out.
        ///
        /// # Errors
        ///
        /// As [`HashDetails::parse`].
        pub fn details(&self) -> Result<HashDetails, matrix_identity::Error> {
            let body = json!({"lookup_pepper": self.lookup_pepper, "algorithms": self.algorithms});
            HashDetails::parse(body.to_string().as_bytes())
        }
    }
}

/// `POST /lookup`: who has an address.
pub mod lookup_users {
    use super::*;

    endpoint! {
        POST [always("/_matrix/identity/v2/lookup")],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Asks who has an address.
        request {
            body {
                /// The addresses, hashed: see [`lookup_value`](matrix_identity::lookup_value).
                addresses: Vec<String>,
                /// The algorithm, by name.
                algorithm: String,
                /// The pepper, also where the algorithm uses none.
                pepper: String,
            }
        }

        /// Who has an address.
        response {
            /// The users, by address as it was asked for; without those that are none.
            #[serde(deserialize_with = "tolerant::values")]
            mappings: BTreeMap<String, OwnedUserId>,
        }
    }
}
