//! Sessions: logging in, refreshing, logging out.

use crate::endpoint::registry;

registry!(refresh);

/// `POST /refresh`: new tokens for a refresh token (MSC2918).
pub mod refresh {
    use crate::endpoint::{endpoint, stable, unstable};
    use crate::{AccessToken, RefreshToken};

    endpoint! {
        POST [
            stable("/_matrix/client/v3/refresh", 1, 3),
            unstable("/_matrix/client/unstable/org.matrix.msc2918/refresh", "org.matrix.msc2918"),
        ],
        authentication: None, rate_limited: true, guests: true,

        /// Asks for new tokens.
        request {
            body {
                /// The refresh token of the session.
                refresh_token: RefreshToken,
            }
        }

        /// New tokens.
        response {
            /// The new access token.
            access_token: AccessToken,
            ..
            /// The new refresh token. Without one, the old one stays good.
            refresh_token: Option<RefreshToken>,
            /// How long the access token is good, in milliseconds. Without it, until it is revoked.
            expires_in_ms: Option<u64>,
        }
    }
}
