//! What identity servers and integration managers have in common: accounts and terms (MSC1961, MSC2140).

/// Makes the endpoints of the accounts of a service.
macro_rules! accounts {
    ($register:literal, $account:literal, $logout:literal) => {
        use std::collections::BTreeMap;

        use matrix_identifiers::{OwnedServerName, OwnedUserId};
        use serde_json::Value;

        use crate::endpoint::{always, endpoint, registry};
        use crate::{AccessToken, OpenIdToken};

        registry!(get, logout, register);

        /// `POST /account/register`: makes an account, or logs in, with an OpenID token of the homeserver.
        pub mod register {
            use super::*;

            endpoint! {
                POST [always($register)],
                authentication: None, rate_limited: false, guests: false,

                /// Registers with an OpenID token of the homeserver.
                request {
                    body {
                        /// The token.
                        access_token: AccessToken,
                        /// Its type: `Bearer`.
                        token_type: String,
                        /// The homeserver, of which the user that the token stands for has to be.
                        matrix_server_name: OwnedServerName,
                        /// How long the token holds, in seconds.
                        expires_in: u64,
                    }
                }

                /// The user is registered.
                response {
                    /// The token for further requests.
                    token: AccessToken,
                }
            }

            impl From<OpenIdToken> for Request {
                fn from(token: OpenIdToken) -> Self {
                    let OpenIdToken { access_token, token_type, matrix_server_name, expires_in } = token;
                    Self { access_token, token_type, matrix_server_name, expires_in }
                }
            }

            impl From<Request> for OpenIdToken {
                fn from(request: Request) -> Self {
                    let Request { access_token, token_type, matrix_server_name, expires_in } = request;
                    Self { access_token, token_type, matrix_server_name, expires_in }
                }
            }
        }

        /// `GET /account`: whose token it is.
        pub mod get {
            use super::*;

            endpoint! {
                GET [always($account)],
                authentication: AccessToken, rate_limited: false, guests: false,

                /// Asks whose token it is.
                request {}

                /// Whose token it is.
                response {
                    /// The user.
                    user_id: OwnedUserId,
                    /// What else the service tells, by namespaced names.
                    #[serde(flatten)]
                    fields: BTreeMap<String, Value>,
                }
            }
        }

        /// `POST /account/logout`: makes a token useless.
        pub mod logout {
            use super::*;

            endpoint! {
                POST [always($logout)],
                authentication: AccessToken, rate_limited: false, guests: false,

                /// Logs the token out.
                request {
                    body {}
                }

                /// The token is useless.
                response {}
            }
        }
    };
}
pub(crate) use accounts;

/// Makes the endpoints of the terms of a service.
macro_rules! terms {
    ($path:literal) => {
        use std::collections::BTreeMap;

        use matrix_identity::Terms;
        use serde_json::{Value, json};

        use crate::endpoint::{always, endpoint, registry};

        registry!(accept, get);

        /// `GET /terms`: the documents that the service asks to be agreed to.
        pub mod get {
            use super::*;

            endpoint! {
                GET [always($path)],
                authentication: None, rate_limited: false, guests: false,

                /// Asks for the documents to agree to.
                request {}

                /// The documents to agree to.
                response {
                    /// The documents, by what the service calls them: see [`Response::terms`].
                    policies: BTreeMap<String, Value>,
                }
            }

            impl Response {
                /// Reads the documents.
                ///
                /// # Errors
                ///
                /// As [`Terms::parse`].
                pub fn terms(&self) -> Result<Terms, matrix_identity::Error> {
                    Terms::parse(json!({"policies": self.policies}).to_string().as_bytes())
                }
            }
        }

        /// `POST /terms`: agrees to documents.
        pub mod accept {
            use super::*;

            endpoint! {
                POST [always($path)],
                authentication: AccessToken, rate_limited: false, guests: false,

                /// Agrees to documents. They stand in the user's `m.accepted_terms` before.
                request {
                    body {
                        /// The URLs of the documents that the user agrees to, in the language that they read.
                        user_accepts: Vec<String>,
                    }
                }

                /// The service knows.
                response {}
            }
        }
    };
}
pub(crate) use terms;
