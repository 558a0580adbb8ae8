//! Publishing that an address is a user's, and taking that back (MSC1915).
//!
//! Source: [establishing associations](https://spec.matrix.org/v1.19/identity-service-api/#establishing-associations).

use std::collections::BTreeMap;

use matrix_identifiers::{OwnedClientSecret, OwnedServerName, OwnedServerSigningKeyId, OwnedUserId};
use matrix_identity::UnbindOutcome;
use serde::{Deserialize, Serialize};

use crate::endpoint::{always, endpoint, registry};

registry!(bind, unbind);

/// `POST /3pid/bind`: publishes that the address of a session is a user's.
pub mod bind {
    use super::*;

    endpoint! {
        POST [always("/_matrix/identity/v2/3pid/bind")],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Publishes that the address of a session is the user's.
        request {
            body {
                /// The session.
                sid: String,
                /// The secret that shows that the session is the client's.
                client_secret: OwnedClientSecret,
                /// The user.
                mxid: OwnedUserId,
            }
        }

        /// What is published now.
        response {
            /// What kind of address it is.
            medium: String,
            /// The address.
            address: String,
            /// The user.
            mxid: OwnedUserId,
            /// Before this time it does not hold, in milliseconds since 1970.
            not_before: u64,
            /// After this time it does not hold, in milliseconds since 1970.
            not_after: u64,
            /// When it was published, in milliseconds since 1970.
            ts: u64,
            /// The signatures of the server, by server and key.
            signatures: BTreeMap<OwnedServerName, BTreeMap<OwnedServerSigningKeyId, String>>,
        }
    }
}

/// An address, as it stands in JSON; [`ThirdPartyId`](matrix_identity::ThirdPartyId) is its one form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threepid {
    /// What kind of address it is.
    pub medium: String,
    /// The address.
    pub address: String,
}

/// `POST /3pid/unbind`: takes back that an address is a user's (MSC1915).
pub mod unbind {
    use super::*;

    endpoint! {
        POST [always("/_matrix/identity/v2/3pid/unbind")],
        authentication: OptionalAccessToken, rate_limited: false, guests: false,

        /// Takes back that an address is the user's.
        ///
        /// With a session, whoever has the address asks; without, the request is signed by the user's homeserver.
        request {
            body {
                /// The user.
                mxid: OwnedUserId,
                /// The address.
                threepid: Threepid,
                ..
                /// The session.
                sid: Option<String>,
                /// The secret that shows that the session is the client's.
                client_secret: Option<OwnedClientSecret>,
            }
        }

        /// It is taken back.
        response {}
    }

    /// Decides what the server's answer means for the client that asked its homeserver: `None` stands for no answer.
    ///
    /// Success is `success`. 400, 404 and 501 whose body is no error as Matrix has them come from a server that cannot do
    /// this: `no-support`. Every other error goes to the client.
    #[must_use]
    pub fn outcome<B: AsRef<[u8]>>(response: Option<&http::Response<B>>) -> UnbindOutcome {
        let response = response.map(|response| {
            matrix_identity::Response::new(response.status().as_u16(), response.body().as_ref())
        });
        matrix_identity::unbind_outcome(response)
    }
}
