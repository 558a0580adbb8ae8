//! Accounts: registering, the password, who one is, the end of it; data kept with an account; OpenID tokens.

use matrix_canonicaljson::Object;
use matrix_identifiers::{OwnedDeviceId, OwnedServerName, OwnedUserId};
use matrix_identity::UnbindResult;
use serde::{Deserialize, Serialize};

use super::foreign;
use crate::endpoint::{endpoint, r0, registry, stable};
use crate::uiaa::AuthData;
use crate::{AccessToken, OpenIdToken, Password, Raw, RefreshToken};

registry!(
    register,
    is_available,
    change_password,
    deactivate,
    whoami,
    openid_token,
    get_account_data,
    set_account_data,
);

/// What kind of account is registered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccountKind {
    /// One that can do everything.
    #[default]
    User,
    /// One that can do little, and needs no authentication.
    Guest,
}

/// `POST /register`: makes an account.
pub mod register {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/register", 1, 1),
            r0("/_matrix/client/r0/register", 0, 0),
        ],
        authentication: OptionalAccessToken, rate_limited: true, guests: true,

        /// Makes an account. Application services send their access token.
        request {
            query {
                ..
                /// What kind of account it is.
                kind: AccountKind,
            }
            body #[serde(from = "WireBody")] {
                ..
                /// The answer to user-interactive authentication.
                auth: Option<AuthData>,
                /// The localpart of the user ID; without it, the server makes one.
                username: Option<String>,
                /// The password.
                password: Option<Password>,
                /// The device to log in; without it, the server makes an ID.
                device_id: Option<OwnedDeviceId>,
                /// What a new device is called.
                initial_device_display_name: Option<String>,
                /// Whether only the account is made, and nobody logged in.
                inhibit_login: bool,
                /// Whether the client knows refresh tokens (MSC2918).
                refresh_token: bool,
                /// The access token of the guest whose account this becomes.
                guest_access_token: Option<AccessToken>,
                /// `m.login.application_service`, from an application service that makes one of its users.
                #[serde(rename = "type")]
                login_type: Option<String>,
            }
        }

        /// The account is made.
        response {
            /// The user.
            user_id: OwnedUserId,
            ..
            /// The access token of the session, unless that was not wanted.
            access_token: Option<AccessToken>,
            /// The refresh token of the session (MSC2918).
            refresh_token: Option<RefreshToken>,
            /// How long the access token is good, in milliseconds. Without it, until it is revoked.
            expires_in_ms: Option<u64>,
            /// The device of the session, unless that was not wanted.
            device_id: Option<OwnedDeviceId>,
            /// The server's name; deprecated, as the user ID has it.
            home_server: Option<String>,
        }
    }

    /// The body with the name that `refresh_token` had before, beside which there may be the new one.
    #[derive(Deserialize)]
    struct WireBody {
        auth: Option<AuthData>,
        username: Option<String>,
        password: Option<Password>,
        device_id: Option<OwnedDeviceId>,
        initial_device_display_name: Option<String>,
        #[serde(default)]
        inhibit_login: bool,
        #[serde(default)]
        refresh_token: bool,
        #[serde(default, rename = "org.matrix.msc2918.refresh_token")]
        unstable_refresh_token: bool,
        guest_access_token: Option<AccessToken>,
        #[serde(rename = "type")]
        login_type: Option<String>,
    }

    impl From<WireBody> for Body {
        fn from(wire: WireBody) -> Self {
            Self {
                auth: wire.auth,
                username: wire.username,
                password: wire.password,
                device_id: wire.device_id,
                initial_device_display_name: wire.initial_device_display_name,
                inhibit_login: wire.inhibit_login,
                refresh_token: wire.refresh_token || wire.unstable_refresh_token,
                guest_access_token: wire.guest_access_token,
                login_type: wire.login_type,
            }
        }
    }
}

/// `GET /register/available`: whether a name is free.
pub mod is_available {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/register/available", 1, 1),
            r0("/_matrix/client/r0/register/available", 4, 0),
        ],
        authentication: None, rate_limited: true, guests: true,

        /// Asks whether a name is free. Where it is not, the answer is an error: `M_USER_IN_USE`, say.
        request {
            query {
                /// The localpart of the user ID.
                username: String,
            }
        }

        /// The name is free.
        response {
            /// True.
            #[serde(default = "yes")]
            available: bool,
        }
    }
}

/// `POST /account/password`: changes the password (MSC2457).
pub mod change_password {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/account/password", 1, 1),
            r0("/_matrix/client/r0/account/password", 0, 0),
        ],
        authentication: OptionalAccessToken, rate_limited: true, guests: true,

        /// Changes the password.
        request {
            body {
                /// The new password.
                new_password: Password,
                /// Whether all other sessions of the user end; when it is not said, they do (MSC2457).
                #[serde(default = "yes")]
                logout_devices: bool,
                ..
                /// The answer to user-interactive authentication.
                auth: Option<AuthData>,
            }
        }

        /// The password is changed.
        response {}
    }
}

/// `POST /account/deactivate`: ends an account.
pub mod deactivate {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/account/deactivate", 1, 1),
            r0("/_matrix/client/r0/account/deactivate", 2, 0),
        ],
        authentication: OptionalAccessToken, rate_limited: true, guests: true,

        /// Ends an account.
        request {
            body {
                ..
                /// The answer to user-interactive authentication.
                auth: Option<AuthData>,
                /// The identity server from which addresses are taken back (MSC1915); without it, those by which they were
                /// bound.
                id_server: Option<OwnedServerName>,
                /// Whether what the user wrote should be hidden where that is possible, from version 1.10 on.
                erase: bool,
            }
        }

        /// The account is at its end.
        response {
            /// Whether the addresses were taken back; where a server does not say, they were not.
            #[serde(with = "foreign::name", default = "no_support")]
            id_server_unbind_result: UnbindResult,
        }
    }
}

/// `GET /account/whoami`: whose access token it is (MSC2033).
pub mod whoami {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/account/whoami", 1, 1),
            r0("/_matrix/client/r0/account/whoami", 3, 0),
        ],
        authentication: AccessToken, rate_limited: true, guests: true,

        /// Asks whose access token it is.
        request {
            query {
                ..
                /// The user of an application service as whom it asks.
                user_id: Option<OwnedUserId>,
            }
        }

        /// Whose access token it is.
        response {
            /// The user.
            user_id: OwnedUserId,
            ..
            /// The device; application services' users have none (MSC2033).
            device_id: Option<OwnedDeviceId>,
            /// Whether it is a guest.
            is_guest: bool,
        }
    }
}

/// `POST /user/{userId}/openid/request_token`: a token by which others know the user.
pub mod openid_token {
    use super::*;

    endpoint! {
        POST [
            stable("/_matrix/client/v3/user/{userId}/openid/request_token", 1, 1),
            r0("/_matrix/client/r0/user/{userId}/openid/request_token", 4, 0),
        ],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Asks for a token by which others know the user.
        request {
            path {
                /// The user.
                user_id: OwnedUserId,
            }
            body {}
        }

        /// A token by which others know the user.
        response #[serde(transparent)] {
            /// The token, good for nothing but asking the server whose it is.
            token: OpenIdToken,
        }
    }
}

/// `GET /user/{userId}/account_data/{type}`: data that a user has stored.
pub mod get_account_data {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/user/{userId}/account_data/{type}", 1, 1),
            r0("/_matrix/client/r0/user/{userId}/account_data/{type}", 5, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Asks for data that the user has stored.
        request {
            path {
                /// The user.
                user_id: OwnedUserId,
                /// The type: `m.identity_server` (MSC2230) or `m.accepted_terms` (MSC2140), say.
                event_type: String,
            }
        }

        /// Data that the user has stored.
        response #[serde(transparent)] {
            /// The data.
            content: Raw<Object>,
        }
    }
}

/// `PUT /user/{userId}/account_data/{type}`: stores data for a user.
pub mod set_account_data {
    use super::*;

    endpoint! {
        PUT [
            stable("/_matrix/client/v3/user/{userId}/account_data/{type}", 1, 1),
            r0("/_matrix/client/r0/user/{userId}/account_data/{type}", 0, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Stores data for the user.
        request {
            path {
                /// The user.
                user_id: OwnedUserId,
                /// The type: `m.identity_server` (MSC2230) or `m.accepted_terms` (MSC2140), say.
                event_type: String,
            }
            body #[serde(transparent)] {
                /// The data.
                content: Raw<Object>,
            }
        }

        /// The data is stored.
        response {}
    }
}

fn yes() -> bool {
    true
}

fn no_support() -> UnbindResult {
    UnbindResult::NoSupport
}
