//! Who an OpenID token stands for.
//!
//! Source: [OpenID](https://spec.matrix.org/v1.19/server-server-api/#openid).

use crate::AccessToken;
use crate::endpoint::{always, endpoint, registry};

registry!(userinfo);

/// `GET /openid/userinfo`: the user of a token.
pub mod userinfo {
    use super::*;

    endpoint! {
        GET [always("/_matrix/federation/v1/openid/userinfo")],
        authentication: None, rate_limited: false, guests: false,

        /// Asks for the user of a token. Whoever has the token may ask.
        request {
            query {
                /// The token: that of an [`OpenIdToken`](crate::OpenIdToken).
                access_token: AccessToken,
            }
        }

        /// The user of the token.
        response {
            /// The user, as the server says: see [`OpenIdToken::check_subject`](crate::OpenIdToken::check_subject).
            sub: String,
        }
    }
}
