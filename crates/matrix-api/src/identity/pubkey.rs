//! The keys with which the server signs.
//!
//! Source: [key management](https://spec.matrix.org/v1.19/identity-service-api/#key-management).

use matrix_identifiers::OwnedServerSigningKeyId;

use crate::endpoint::{always, endpoint, registry};

registry!(ephemeral_is_valid, get, is_valid);

/// `GET /pubkey/{keyId}`: a key. The path of [`is_valid`] looks like one of these, for which `isvalid` is no key.
pub mod get {
    use super::*;

    endpoint! {
        GET [always("/_matrix/identity/v2/pubkey/{keyId}")],
        authentication: None, rate_limited: false, guests: false,

        /// Asks for a key.
        request {
            path {
                /// The key: `ed25519:0`.
                key_id: OwnedServerSigningKeyId,
            }
        }

        /// The key.
        response {
            /// The key, in unpadded base64.
            public_key: String,
        }
    }
}

/// Makes an endpoint that tells whether a key is valid.
macro_rules! is_valid {
    ($(#[doc = $doc:literal])+ $module:ident $path:literal) => {
        $(#[doc = $doc])+
        pub mod $module {
            use super::*;

            endpoint! {
                GET [always($path)],
                authentication: None, rate_limited: false, guests: false,

                /// Asks whether a key is valid.
                request {
                    query {
                        /// The key, as it was read.
                        public_key: String,
                    }
                }

                /// Whether the key is valid.
                response {
                    /// Whether it is.
                    valid: bool,
                }
            }
        }
    };
}

is_valid! {
    /// `GET /pubkey/isvalid`: whether a key of the server is valid.
    is_valid "/_matrix/identity/v2/pubkey/isvalid"
}

is_valid! {
    /// `GET /pubkey/ephemeral/isvalid`: whether a key that was made for an invite is valid.
    ephemeral_is_valid "/_matrix/identity/v2/pubkey/ephemeral/isvalid"
}
