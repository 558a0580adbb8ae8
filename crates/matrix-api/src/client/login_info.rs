use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::fields::take;
use crate::session::LoginType;
use crate::uiaa::UserIdentifier;
use crate::{LoginToken, Password};

/// What `m.login.application_service` was called before it was in the specification (MSC2778).
const UNSTABLE_APPLICATION_SERVICE: &str = "uk.half-shot.msc2778.login.application_service";

/// Who logs in, and what proves it.
///
/// Source: [login](https://spec.matrix.org/v1.19/client-server-api/#login).
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum LoginInfo {
    /// `m.login.password`
    Password {
        /// The user.
        identifier: UserIdentifier,
        /// The password.
        password: Password,
    },
    /// `m.login.token`: with what single sign-on ended with.
    Token {
        /// The token.
        token: LoginToken,
    },
    /// `m.login.application_service`: proven by the application service's access token (MSC2778).
    ApplicationService {
        /// The user, of the application service.
        identifier: UserIdentifier,
    },
    /// Another type.
    Other {
        /// The type.
        login_type: LoginType,
        /// Every other field.
        fields: Map<String, Value>,
    },
}

impl LoginInfo {
    /// Returns the type.
    #[must_use]
    pub fn login_type(&self) -> LoginType {
        match self {
            Self::Password { .. } => LoginType::Password,
            Self::Token { .. } => LoginType::Token,
            Self::ApplicationService { .. } => LoginType::ApplicationService,
            Self::Other { login_type, .. } => login_type.clone(),
        }
    }

    fn read(login_type: LoginType, mut fields: Map<String, Value>) -> Result<Self, serde_json::Error> {
        Ok(match login_type {
            LoginType::Password => Self::Password {
                identifier: identifier(&mut fields)?,
                password: take(&mut fields, "password")?,
            },
            LoginType::Token => Self::Token { token: take(&mut fields, "token")? },
            LoginType::ApplicationService => {
                // MSC2778: by `identifier` only, never by the `user` of before.
                Self::ApplicationService { identifier: take(&mut fields, "identifier")? }
            }
            login_type => Self::Other { login_type, fields },
        })
    }
}

/// Reads `identifier`, or what stood for it before: `user`, or `medium` and `address`.
fn identifier(fields: &mut Map<String, Value>) -> Result<UserIdentifier, serde_json::Error> {
    if fields.contains_key("identifier") {
        return take(fields, "identifier");
    }
    if fields.contains_key("user") {
        return Ok(UserIdentifier::User { user: take(fields, "user")? });
    }
    if fields.contains_key("medium") {
        let (medium, address) = (take(fields, "medium")?, take(fields, "address")?);
        return Ok(UserIdentifier::ThirdParty { medium, address });
    }
    Err(serde_json::Error::missing_field("identifier"))
}

impl core::fmt::Debug for LoginInfo {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        // What proves something is nothing for a log.
        write!(f, "LoginInfo({})", self.login_type())
    }
}

impl Serialize for LoginInfo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = vec![("type", json!(self.login_type().as_str()))];
        match self {
            Self::Password { identifier, password } => {
                members.push(("identifier", json!(identifier)));
                members.push(("password", json!(password.expose())));
            }
            Self::Token { token } => members.push(("token", json!(token.expose()))),
            Self::ApplicationService { identifier } => members.push(("identifier", json!(identifier))),
            Self::Other { fields, .. } => {
                members.extend(fields.iter().map(|(name, value)| (name.as_str(), value.clone())));
            }
        }
        serializer.collect_map(members)
    }
}

impl<'de> Deserialize<'de> for LoginInfo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::<String, Value>::deserialize(deserializer)?;
        let login_type: String = take(&mut fields, "type").map_err(D::Error::custom)?;
        let login_type = match login_type.as_str() {
            UNSTABLE_APPLICATION_SERVICE => LoginType::ApplicationService,
            name => LoginType::from(name),
        };
        Self::read(login_type, fields).map_err(D::Error::custom)
    }
}
