//! Proving that an address is one's own.
//!
//! Source: [email associations](https://spec.matrix.org/v1.19/identity-service-api/#email-associations),
//! [phone number associations](https://spec.matrix.org/v1.19/identity-service-api/#phone-number-associations).

use matrix_identifiers::OwnedClientSecret;

use crate::ValidationToken;
use crate::endpoint::{always, endpoint, registry};

registry!(email_request_token, email_submit_token, msisdn_request_token, msisdn_submit_token, validated);

/// Makes an endpoint that sends a code to an address.
macro_rules! request_token {
    ($(#[doc = $doc:literal])+ $module:ident $path:literal { $($(#[doc = $field_doc:literal])+ $field:ident,)+ }) => {
        $(#[doc = $doc])+
        pub mod $module {
            use super::*;

            endpoint! {
                POST [always($path)],
                authentication: AccessToken, rate_limited: false, guests: false,

                /// Asks for a code to be sent.
                request {
                    body {
                        /// The secret that shows that the session is the client's.
                        client_secret: OwnedClientSecret,
                        $($(#[doc = $field_doc])+ $field: String,)+
                        /// Which attempt this is: for one that is not higher than the last, nothing is sent.
                        send_attempt: u64,
                        ..
                        /// Where the user is sent in the end.
                        next_link: Option<String>,
                    }
                }

                /// A code is sent.
                response {
                    /// The session.
                    sid: String,
                }
            }
        }
    };
}

request_token! {
    /// `POST /validate/email/requestToken`: sends a code to an email address.
    email_request_token "/_matrix/identity/v2/validate/email/requestToken" {
        /// The address.
        email,
    }
}

request_token! {
    /// `POST /validate/msisdn/requestToken`: sends a code to a phone.
    msisdn_request_token "/_matrix/identity/v2/validate/msisdn/requestToken" {
        /// The country whose way of writing numbers is meant, as two letters.
        country,
        /// The number.
        phone_number,
    }
}

/// Makes an endpoint that takes a code.
macro_rules! submit_token {
    ($(#[doc = $doc:literal])+ $module:ident $path:literal) => {
        $(#[doc = $doc])+
        pub mod $module {
            use super::*;

            endpoint! {
                POST [always($path)],
                authentication: AccessToken, rate_limited: false, guests: false,

                /// Submits the code.
                request {
                    body {
                        /// The session.
                        sid: String,
                        /// The secret that shows that the session is the client's.
                        client_secret: OwnedClientSecret,
                        /// The code, as the user typed it.
                        token: ValidationToken,
                    }
                }

                /// The code has been looked at.
                response {
                    /// Whether it is right.
                    success: bool,
                }
            }
        }
    };
}

submit_token! {
    /// `POST /validate/email/submitToken`: takes the code that was sent to an email address.
    email_submit_token "/_matrix/identity/v2/validate/email/submitToken"
}

submit_token! {
    /// `POST /validate/msisdn/submitToken`: takes the code that was sent to a phone.
    msisdn_submit_token "/_matrix/identity/v2/validate/msisdn/submitToken"
}

/// `GET /3pid/getValidated3pid`: the address that was proven in a session.
pub mod validated {
    use super::*;

    endpoint! {
        GET [always("/_matrix/identity/v2/3pid/getValidated3pid")],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Asks for the address that was proven in a session.
        request {
            query {
                /// The session.
                sid: String,
                /// The secret that shows that the session is the client's.
                client_secret: OwnedClientSecret,
            }
        }

        /// The address that was proven.
        response {
            /// What kind of address it is.
            medium: String,
            /// The address.
            address: String,
            /// When it was proven, in milliseconds since 1970.
            validated_at: u64,
        }
    }
}
