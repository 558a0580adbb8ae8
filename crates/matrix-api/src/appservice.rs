//! Application services: their login as one of their users (MSC2778).
//!
//! Endpoints that homeservers call on application services are none of the proposals' that this crate follows.

use http::StatusCode;

use crate::{Errcode, MatrixError};

/// Who a login of the type `m.login.application_service` comes from, by its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LoginCaller {
    /// None, or none that the homeserver knows.
    None,
    /// A user's.
    User,
    /// An application service's.
    ApplicationService,
}

/// What a homeserver knows of the user that the login names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LoginUser {
    /// The user is in none of the application service's namespaces, and not its own one.
    Foreign,
    /// The user is the application service's, but not registered.
    Unregistered,
    /// The user is the application service's, and registered.
    Registered,
}

/// Decides about a login of the type `m.login.application_service`, on a homeserver that has logins.
///
/// # Errors
///
/// 403 `M_FORBIDDEN` without the token of an application service, or for a user who is not registered; 403 `M_EXCLUSIVE`
/// for a user who is none of its own.
///
/// ```
/// use matrix_api::Errcode;
/// use matrix_api::appservice::{LoginCaller, LoginUser, check_login};
///
/// assert!(check_login(LoginCaller::ApplicationService, LoginUser::Registered).is_ok());
/// let error = check_login(LoginCaller::ApplicationService, LoginUser::Foreign).unwrap_err();
/// assert!(error.is(&Errcode::Exclusive));
/// ```
pub fn check_login(token: LoginCaller, user: LoginUser) -> Result<(), Box<MatrixError>> {
    let (errcode, text) = match (token, user) {
        (LoginCaller::ApplicationService, LoginUser::Registered) => return Ok(()),
        (LoginCaller::ApplicationService, LoginUser::Foreign) => {
            (Errcode::Exclusive, "the user is not in a namespace of the application service")
        }
        (LoginCaller::ApplicationService, LoginUser::Unregistered) => {
            (Errcode::Forbidden, "the user is not registered")
        }
        (LoginCaller::None | LoginCaller::User, _) => {
            (Errcode::Forbidden, "the token is not that of an application service")
        }
    };
    Err(Box::new(MatrixError::new(StatusCode::FORBIDDEN, errcode, text)))
}

/// Makes the error of a homeserver on which users log in by other means than `POST /login`: 400
/// `M_APPSERVICE_LOGIN_UNSUPPORTED`. An application service goes on without a login: its own token and `user_id` will do.
///
/// Source: [server admin style permissions](https://spec.matrix.org/v1.19/application-service-api/#server-admin-style-permissions).
#[must_use]
pub fn login_unsupported() -> MatrixError {
    let text = "application services do not log in here";
    MatrixError::new(StatusCode::BAD_REQUEST, Errcode::AppserviceLoginUnsupported, text)
}
