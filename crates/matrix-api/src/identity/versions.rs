//! Whether there is an identity server, and of which versions.

use matrix_discovery::IdentityVersions;
use serde_json::json;

use crate::endpoint::{always, endpoint, registry};

registry!(get, status);

/// `GET /_matrix/identity/versions`: the versions of the API that the server knows (MSC2320).
pub mod get {
    use super::*;

    endpoint! {
        GET [always("/_matrix/identity/versions")],
        authentication: None, rate_limited: false, guests: false,

        /// Asks for the versions that the server knows.
        request {}

        /// The versions that the server knows.
        response {
            /// The versions, as `r0.3.0` and `v1.1`.
            versions: Vec<String>,
        }
    }

    impl Response {
        /// Reads the versions; those of another form are left out.
        ///
        /// # Errors
        ///
        /// When there are more than are read.
        pub fn versions(&self) -> Result<IdentityVersions, matrix_discovery::Error> {
            IdentityVersions::parse(json!({"versions": self.versions}).to_string().as_bytes())
        }
    }
}

/// `GET /_matrix/identity/v2`: whether there is an identity server.
pub mod status {
    use super::*;

    endpoint! {
        GET [always("/_matrix/identity/v2")],
        authentication: None, rate_limited: false, guests: false,

        /// Asks whether there is an identity server.
        request {}

        /// There is one.
        response {}
    }
}
