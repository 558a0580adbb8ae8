//! Addresses on an account, and bound to it at identity servers (MSC2290).
//!
//! Source: [adding account administrative contact information](https://spec.matrix.org/v1.19/client-server-api/#adding-account-administrative-contact-information).

use matrix_identifiers::{OwnedClientSecret, OwnedServerName};
use matrix_identity::{Medium, UnbindResult};
use serde::{Deserialize, Serialize};

use super::foreign;
use crate::AccessToken;
use crate::endpoint::{endpoint, r0, registry, stable, unstable};
use crate::uiaa::{AuthData, ThreepidCredentials};

registry!(get, add_legacy, add, bind, unbind, delete);

/// An address on an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccountThreepid {
    /// What kind of address it is.
    #[serde(with = "foreign::name")]
    pub medium: Medium,
    /// The address.
    pub address: String,
    /// When it was proven to be the user's, in milliseconds since 1970.
    pub validated_at: u64,
    /// When it was put on the account, in milliseconds since 1970.
    pub added_at: u64,
}

/// `GET /account/3pid`: the addresses on an account.
pub mod get {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/account/3pid", 1, 1),
            r0("/_matrix/client/r0/account/3pid", 0, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Asks for the addresses on the account, which need not be those bound to it at identity servers.
        request {}

        /// The addresses on the account.
        response {
            /// The addresses.
            #[serde(default)]
            threepids: Vec<AccountThreepid>,
        }
    }
}

/// `POST /account/3pid`: puts an address on the account of a server that has no [`add`] and
/// [`bind`].
pub mod add_legacy {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/account/3pid", 1, 1),
            r0("/_matrix/client/r0/account/3pid", 0, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Puts an address on the account.
        ///
        /// `bind` of before MSC2290 is passed over: nothing is bound. So is an identity server that is malformed or without
        /// an access token, as clients of before MSC2140 name it: homeservers have no use for it.
        request {
            body {
                /// The session in which the address was proven to be the user's.
                #[serde(deserialize_with = "ThreepidCredentials::read_legacy")]
                three_pid_creds: ThreepidCredentials,
            }
        }

        /// The address is on the account.
        response {
            ..
            /// Where to send the code that the user got (MSC2078).
            submit_url: Option<String>,
        }
    }
}

/// `POST /account/3pid/add`: puts an address on the account.
pub mod add {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/account/3pid/add", 1, 1),
            r0("/_matrix/client/r0/account/3pid/add", 6, 0),
            unstable("/_matrix/client/r0/account/3pid/add", "m.separate_add_and_bind"),
        ],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Puts an address on the account that the homeserver has had proven.
        request {
            body {
                /// The session in which it was proven.
                sid: String,
                /// The secret of that session.
                client_secret: OwnedClientSecret,
                ..
                /// The answer to user-interactive authentication.
                auth: Option<AuthData>,
            }
        }

        /// The address is on the account.
        response {}
    }
}

/// `POST /account/3pid/bind`: binds an address to the account at an identity server.
pub mod bind {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/account/3pid/bind", 1, 1),
            r0("/_matrix/client/r0/account/3pid/bind", 6, 0),
            unstable("/_matrix/client/r0/account/3pid/bind", "m.separate_add_and_bind"),
        ],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Binds an address that the identity server has had proven.
        request {
            body {
                /// The session in which it was proven.
                sid: String,
                /// The secret of that session.
                client_secret: OwnedClientSecret,
                /// The identity server.
                id_server: OwnedServerName,
                /// The user's access token there (MSC2140).
                id_access_token: AccessToken,
            }
        }

        /// The address is bound.
        response {}
    }
}

/// `POST /account/3pid/unbind`: takes an address back from an identity server, and leaves it on the account.
pub mod unbind {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/account/3pid/unbind", 1, 1),
            r0("/_matrix/client/r0/account/3pid/unbind", 6, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Takes an address back from an identity server.
        request {
            body {
                /// What kind of address it is.
                #[serde(with = "foreign::name")]
                medium: Medium,
                /// The address.
                address: String,
                ..
                /// The identity server (MSC1915); without it, that by which it was bound.
                id_server: Option<OwnedServerName>,
            }
        }

        /// The address is taken back, or cannot be.
        response {
            /// Whether it is taken back; where a server does not say, it is not.
            #[serde(with = "foreign::name", default = "no_support")]
            id_server_unbind_result: UnbindResult,
        }
    }
}

/// `POST /account/3pid/delete`: takes an address off the account.
pub mod delete {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/account/3pid/delete", 1, 1),
            r0("/_matrix/client/r0/account/3pid/delete", 4, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Takes an address off the account, and back from an identity server.
        request {
            body {
                /// What kind of address it is.
                #[serde(with = "foreign::name")]
                medium: Medium,
                /// The address.
                address: String,
                ..
                /// The identity server (MSC1915); without it, that by which it was bound.
                id_server: Option<OwnedServerName>,
            }
        }

        /// The address is off the account.
        response {
            /// Whether it is also taken back; where a server does not say, it is not.
            #[serde(with = "foreign::name", default = "no_support")]
            id_server_unbind_result: UnbindResult,
        }
    }
}

fn no_support() -> UnbindResult {
    UnbindResult::NoSupport
}
