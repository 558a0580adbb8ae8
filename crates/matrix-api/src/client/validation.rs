//! Asking the homeserver to have an address proven: `…/requestToken` (MSC2078, MSC2263).
//!
//! The server that sends the code, and to which it goes back, follows from the response:
//! [`RequestTokenResponse`](matrix_identity::RequestTokenResponse) reads the same body and says what to do next.

use matrix_identifiers::{OwnedClientSecret, OwnedServerName};

use crate::AccessToken;
use crate::endpoint::{endpoint, r0, registry, stable};

registry!(register_email, register_msisdn, password_email, password_msisdn, account_email, account_msisdn,);

/// Makes an endpoint that sends a code to an address.
macro_rules! request_token {
    (
        $(#[doc = $doc:literal])+
        $module:ident [$($path:expr),+ $(,)?]
        $($(#[doc = $field_doc:literal])+ $field:ident,)+
    ) => {
        $(#[doc = $doc])+
        pub mod $module {
            use super::*;

            endpoint! {
                POST [$($path),+],
                authentication: None, rate_limited: false, guests: true,

                /// Asks for a code to be sent.
                request {
                    body {
                        /// The secret that shows that the session is the client's.
                        client_secret: OwnedClientSecret,
                        $($(#[doc = $field_doc])+ $field: String,)+
                        /// Which attempt this is: for one that is not higher than the last, nothing is sent.
                        send_attempt: u64,
                        ..
                        /// Where the user is sent in the end; only where an identity server sends the code.
                        next_link: Option<String>,
                        /// The identity server that sends the code, where the homeserver does not do that itself (MSC2263).
                        id_server: Option<OwnedServerName>,
                        /// The user's access token there: with `id_server` always, otherwise never.
                        id_access_token: Option<AccessToken>,
                    }
                }

                /// A code is sent.
                response {
                    /// The session.
                    sid: String,
                    ..
                    /// Where to send the code as `sid`, `client_secret` and `token` in JSON (MSC2078); without it, the user
                    /// follows a link, or it goes to the identity server.
                    submit_url: Option<String>,
                }
            }
        }
    };
}

request_token! {
    /// `POST /register/email/requestToken`: an email address that is on no account, for a new account.
    register_email [
        stable("/_matrix/client/v3/register/email/requestToken", 1, 1),
        r0("/_matrix/client/r0/register/email/requestToken", 2, 0),
    ]
    /// The address.
    email,
}

request_token! {
    /// `POST /register/msisdn/requestToken`: a phone number that is on no account, for a new account.
    register_msisdn [
        stable("/_matrix/client/v3/register/msisdn/requestToken", 1, 1),
        r0("/_matrix/client/r0/register/msisdn/requestToken", 4, 0),
    ]
    /// The country in which one would dial the number, as two capital letters.
    country,
    /// The number.
    phone_number,
}

request_token! {
    /// `POST /account/password/email/requestToken`: an email address on an account, for a new password.
    password_email [
        stable("/_matrix/client/v3/account/password/email/requestToken", 1, 1),
        r0("/_matrix/client/r0/account/password/email/requestToken", 2, 0),
    ]
    /// The address.
    email,
}

request_token! {
    /// `POST /account/password/msisdn/requestToken`: a phone number on an account, for a new password.
    password_msisdn [
        stable("/_matrix/client/v3/account/password/msisdn/requestToken", 1, 1),
        r0("/_matrix/client/r0/account/password/msisdn/requestToken", 4, 0),
    ]
    /// The country in which one would dial the number, as two capital letters.
    country,
    /// The number.
    phone_number,
}

request_token! {
    /// `POST /account/3pid/email/requestToken`: an email address that is on no account, for this account.
    account_email [
        stable("/_matrix/client/v3/account/3pid/email/requestToken", 1, 1),
        r0("/_matrix/client/r0/account/3pid/email/requestToken", 2, 0),
    ]
    /// The address.
    email,
}

request_token! {
    /// `POST /account/3pid/msisdn/requestToken`: a phone number that is on no account, for this account.
    account_msisdn [
        stable("/_matrix/client/v3/account/3pid/msisdn/requestToken", 1, 1),
        r0("/_matrix/client/r0/account/3pid/msisdn/requestToken", 4, 0),
    ]
    /// The country in which one would dial the number, as two capital letters.
    country,
    /// The number.
    phone_number,
}
