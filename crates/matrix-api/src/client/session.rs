//! Sessions: logging in, refreshing, logging out. For what a client does with tokens, see [`session`](crate::session).

use matrix_discovery::ClientWellKnown;
use matrix_identifiers::{OwnedDeviceId, OwnedOpaqueId, OwnedUserId};
use serde::{Deserialize, Serialize};

use super::{LoginInfo, Redirect};
use crate::endpoint::{always, endpoint, r0, registry, stable, unannounced};
use crate::session::{LoginFlow, RefreshedTokens};
use crate::{AccessToken, Raw, RefreshToken};

registry!(
    login_types,
    login,
    refresh,
    logout,
    logout_all,
    sso_redirect,
    sso_redirect_with_provider,
    cas_redirect
);

/// What a user is sent to single sign-on for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SsoAction {
    /// To log in.
    Login,
    /// To make an account.
    Register,
}

/// `GET /login`: the ways to log in.
pub mod login_types {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/login", 1, 1),
            r0("/_matrix/client/r0/login", 4, 0),
        ],
        authentication: None, rate_limited: true, guests: true,

        /// Asks for the ways to log in.
        request {}

        /// The ways to log in.
        response {
            /// The ways.
            #[serde(default)]
            flows: Vec<LoginFlow>,
        }
    }
}

/// `POST /login`: logs in.
pub mod login {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/login", 1, 1),
            r0("/_matrix/client/r0/login", 0, 0),
        ],
        authentication: OptionalAccessToken, rate_limited: true, guests: true,

        /// Logs in. Application services send their access token (MSC2778).
        request {
            body #[serde(from = "WireBody")] {
                /// Who logs in, and what proves it.
                #[serde(flatten)]
                info: LoginInfo,
                ..
                /// The device; without it, or with one that is not known, there is a new one.
                device_id: Option<OwnedDeviceId>,
                /// What a new device is called.
                initial_device_display_name: Option<String>,
                /// Whether the client knows refresh tokens (MSC2918).
                refresh_token: bool,
            }
        }

        /// The user is logged in.
        response {
            /// The user.
            user_id: OwnedUserId,
            /// The access token of the session.
            access_token: AccessToken,
            /// The device of the session.
            device_id: OwnedDeviceId,
            ..
            /// The refresh token of the session (MSC2918).
            refresh_token: Option<RefreshToken>,
            /// How long the access token is good, in milliseconds. Without it, until it is revoked.
            expires_in_ms: Option<u64>,
            /// The servers that the client should use from now on (MSC1730): see
            /// [`client_well_known`](Response::client_well_known).
            well_known: Option<Raw<ClientWellKnown>>,
            /// The server's name; deprecated, as the user ID has it.
            home_server: Option<String>,
        }
    }

    impl Response {
        /// Returns the tokens, for [`Tokens::new`](crate::session::Tokens::new).
        #[must_use]
        pub fn tokens(&self) -> RefreshedTokens {
            RefreshedTokens {
                access_token: self.access_token.clone(),
                refresh_token: self.refresh_token.clone(),
                expires_in_ms: self.expires_in_ms,
            }
        }

        /// Returns the servers that the client should use from now on; `None` where there are none, or none that can be
        /// read: a login never fails for it (MSC1730).
        #[must_use]
        pub fn client_well_known(&self) -> Option<ClientWellKnown> {
            let document = ClientWellKnown::parse(self.well_known.as_ref()?.json().as_bytes()).ok()?;
            document.homeserver.url().is_some().then_some(document)
        }
    }

    /// The body with the name that `refresh_token` had before, beside which there may be the new one.
    #[derive(Deserialize)]
    struct WireBody {
        #[serde(flatten)]
        info: LoginInfo,
        device_id: Option<OwnedDeviceId>,
        initial_device_display_name: Option<String>,
        #[serde(default)]
        refresh_token: bool,
        #[serde(default, rename = "org.matrix.msc2918.refresh_token")]
        unstable_refresh_token: bool,
    }

    impl From<WireBody> for Body {
        fn from(wire: WireBody) -> Self {
            Self {
                info: wire.info,
                device_id: wire.device_id,
                initial_device_display_name: wire.initial_device_display_name,
                refresh_token: wire.refresh_token || wire.unstable_refresh_token,
            }
        }
    }
}

/// `POST /refresh`: new tokens for a refresh token (MSC2918).
pub mod refresh {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/refresh", 1, 3),
            unannounced("/_matrix/client/unstable/org.matrix.msc2918/refresh"),
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

/// `POST /logout`: ends a session.
pub mod logout {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/logout", 1, 1),
            r0("/_matrix/client/r0/logout", 1, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Ends the session, and deletes its device.
        request {}

        /// The session is at its end.
        response {}
    }
}

/// `POST /logout/all`: ends all sessions of a user.
pub mod logout_all {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/logout/all", 1, 1),
            r0("/_matrix/client/r0/logout/all", 4, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Ends all sessions of the user, this one too, and deletes their devices.
        request {}

        /// The sessions are at their end.
        response {}
    }
}

/// `GET /login/sso/redirect`: single sign-on, for which a browser is sent here (MSC1721).
pub mod sso_redirect {
    use super::*;

    /// Where the browser goes on.
    pub type Response = Redirect;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/login/sso/redirect", 1, 1),
            r0("/_matrix/client/r0/login/sso/redirect", 5, 0),
        ],
        authentication: None, rate_limited: false, guests: true,

        /// Begins single sign-on.
        request {
            query {
                /// Where the browser goes in the end, `loginToken` added to its query.
                #[serde(rename = "redirectUrl")]
                redirect_url: String,
                ..
                /// What it is for, from version 1.18 on.
                action: Option<SsoAction>,
            }
        }
    }
}

/// `GET /login/sso/redirect/{idpId}`: single sign-on with a provider that the user has chosen (MSC2858).
pub mod sso_redirect_with_provider {
    use super::*;

    /// Where the browser goes on.
    pub type Response = Redirect;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/login/sso/redirect/{idpId}", 1, 1),
            unannounced("/_matrix/client/unstable/org.matrix.msc2858/login/sso/redirect/{idpId}"),
        ],
        authentication: None, rate_limited: false, guests: true,

        /// Begins single sign-on with a provider.
        request {
            path {
                /// The provider's ID.
                idp_id: OwnedOpaqueId,
            }
            query {
                /// Where the browser goes in the end, `loginToken` added to its query.
                #[serde(rename = "redirectUrl")]
                redirect_url: String,
                ..
                /// What it is for, from version 1.18 on.
                action: Option<SsoAction>,
            }
        }
    }
}

/// `GET /login/cas/redirect`: single sign-on by its old name (MSC1721).
pub mod cas_redirect {
    use super::*;

    /// Where the browser goes on.
    pub type Response = Redirect;

    endpoint! {
        GET [always("/_matrix/client/r0/login/cas/redirect")],
        authentication: None, rate_limited: false, guests: true,

        /// Begins single sign-on.
        request {
            query {
                /// Where the browser goes in the end, `loginToken` added to its query.
                #[serde(rename = "redirectUrl")]
                redirect_url: String,
            }
        }
    }
}
