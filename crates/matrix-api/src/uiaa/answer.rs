//! What a client sends for a stage: the `auth` of a request.

use core::fmt;

use matrix_identifiers::{OwnedClientSecret, OwnedServerName};
use matrix_identity::{IdAccessToken, IdentityServerAccess, ValidationSession};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::Error as _};
use serde_json::{Map, Value, json};

use super::{Stage, UserIdentifier};
use crate::Password;
use crate::fields::take;

/// The `auth` of a request: a session, and the answer for a stage.
///
/// Without an answer it asks whether a stage that is completed elsewhere, in a browser or by a link in an email, is
/// done by now: so it is after single sign-on (MSC2454).
#[derive(Clone, Debug, PartialEq)]
pub struct AuthData {
    /// The session that the server named, if it named one.
    pub session: Option<String>,
    /// The answer for a stage.
    pub answer: Option<Answer>,
}

/// What proves a stage.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Answer {
    /// `m.login.password`
    Password {
        /// Whose password it is.
        identifier: UserIdentifier,
        /// The password.
        password: Password,
    },
    /// `m.login.recaptcha`
    Recaptcha {
        /// What the CAPTCHA gave.
        response: String,
    },
    /// `m.login.email.identity`
    EmailIdentity(ThreepidCredentials),
    /// `m.login.msisdn`
    Msisdn(ThreepidCredentials),
    /// `m.login.dummy`
    Dummy,
    /// `m.login.registration_token`
    RegistrationToken {
        /// The token.
        token: String,
    },
    /// `m.login.terms`: the user agrees to all of them.
    Terms,
    /// Another stage.
    Other {
        /// The stage.
        stage: Stage,
        /// The fields that its type wants.
        fields: Map<String, Value>,
    },
}

/// A validated address: `threepid_creds`.
#[derive(Clone, Debug)]
pub struct ThreepidCredentials {
    /// The session in which the address was validated.
    pub session: ValidationSession,
    /// The identity server, where that was not the homeserver itself.
    pub identity_server: Option<IdentityServerAccess>,
}

impl PartialEq for ThreepidCredentials {
    fn eq(&self, other: &Self) -> bool {
        let server = |of: &Self| {
            let access = of.identity_server.as_ref();
            access.map(|access| {
                (access.id_server.clone(), Password::new(access.id_access_token.expose().to_owned()))
            })
        };
        self.session == other.session && server(self) == server(other)
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What proves something is nothing for a log.
        write!(f, "Answer({})", self.stage())
    }
}

impl AuthData {
    /// Asks whether the stage that was completed elsewhere is done: only the session.
    #[must_use]
    pub fn resubmit(session: Option<&str>) -> Self {
        Self { session: session.map(str::to_owned), answer: None }
    }

    /// Returns the stage that is answered.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.answer.as_ref().map(Answer::stage)
    }
}

impl Answer {
    /// Returns the stage that this answers.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match self {
            Self::Password { .. } => Stage::Password,
            Self::Recaptcha { .. } => Stage::Recaptcha,
            Self::EmailIdentity(_) => Stage::EmailIdentity,
            Self::Msisdn(_) => Stage::Msisdn,
            Self::Dummy => Stage::Dummy,
            Self::RegistrationToken { .. } => Stage::RegistrationToken,
            Self::Terms => Stage::Terms,
            Self::Other { stage, .. } => stage.clone(),
        }
    }

    fn fields(&self) -> Result<Map<String, Value>, serde_json::Error> {
        let fields = match self {
            Self::Password { identifier, password } => {
                json!({"identifier": serde_json::to_value(identifier)?, "password": password.expose()})
            }
            Self::Recaptcha { response } => json!({"response": response}),
            Self::EmailIdentity(credentials) | Self::Msisdn(credentials) => {
                json!({"threepid_creds": serde_json::to_value(credentials)?})
            }
            Self::Dummy | Self::Terms => json!({}),
            Self::RegistrationToken { token } => json!({"token": token}),
            Self::Other { fields, .. } => return Ok(fields.clone()),
        };
        Ok(match fields {
            Value::Object(fields) => fields,
            _ => Map::new(),
        })
    }

    fn read(stage: Stage, mut fields: Map<String, Value>) -> Result<Self, serde_json::Error> {
        Ok(match stage {
            Stage::Password => Self::Password {
                identifier: take(&mut fields, "identifier")?,
                password: take(&mut fields, "password")?,
            },
            Stage::Recaptcha => Self::Recaptcha { response: take(&mut fields, "response")? },
            Stage::EmailIdentity => Self::EmailIdentity(take(&mut fields, "threepid_creds")?),
            Stage::Msisdn => Self::Msisdn(take(&mut fields, "threepid_creds")?),
            Stage::Dummy => Self::Dummy,
            Stage::RegistrationToken => Self::RegistrationToken { token: take(&mut fields, "token")? },
            Stage::Terms => Self::Terms,
            stage => Self::Other { stage, fields },
        })
    }
}

impl Serialize for AuthData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = match &self.answer {
            Some(answer) => answer.fields().map_err(S::Error::custom)?,
            None => Map::new(),
        };
        if let Some(stage) = self.stage() {
            fields.insert("type".to_owned(), json!(stage));
        }
        if let Some(session) = &self.session {
            fields.insert("session".to_owned(), json!(session));
        }
        fields.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for AuthData {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::<String, Value>::deserialize(deserializer)?;
        let mut text = |field: &'static str| match fields.remove(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(D::Error::custom(format_args!("`{field}` is not a string"))),
        };
        let (stage, session) = (text("type")?, text("session")?);
        let answer = stage.map(|stage| Answer::read(Stage::from(stage.as_str()), fields));
        Ok(Self { session, answer: answer.transpose().map_err(D::Error::custom)? })
    }
}

/// How [`ThreepidCredentials`] stand in JSON.
#[derive(Serialize, Deserialize)]
struct WireCredentials {
    sid: String,
    client_secret: OwnedClientSecret,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id_server: Option<OwnedServerName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id_access_token: Option<Password>,
}

impl Serialize for ThreepidCredentials {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let access = self.identity_server.as_ref();
        let token = access.map(|access| Password::new(access.id_access_token.expose().to_owned()));
        let wire = WireCredentials {
            sid: self.session.sid.clone(),
            client_secret: self.session.client_secret.clone(),
            id_server: access.map(|access| access.id_server.clone()),
            id_access_token: token,
        };
        wire.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ThreepidCredentials {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = WireCredentials::deserialize(deserializer)?;
        let session = ValidationSession::new(&wire.sid, &wire.client_secret).map_err(D::Error::custom)?;
        let identity_server = match (wire.id_server, wire.id_access_token) {
            (None, _) => None,
            (Some(_), None) => return Err(D::Error::missing_field("id_access_token")),
            (Some(id_server), Some(token)) => {
                let id_access_token = IdAccessToken::new(token.expose().to_owned());
                Some(IdentityServerAccess { id_server, id_access_token })
            }
        };
        Ok(Self { session, identity_server })
    }
}

#[cfg(feature = "client")]
impl ThreepidCredentials {
    /// Reads the credentials, without the identity server where that is not as it should be (MSC2290).
    pub(crate) fn read_legacy<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::<String, Value>::deserialize(deserializer)?;
        serde_json::from_value(Value::Object(fields.clone())).or_else(|_| {
            fields.retain(|field, _| !["id_server", "id_access_token"].contains(&field.as_str()));
            serde_json::from_value(Value::Object(fields)).map_err(D::Error::custom)
        })
    }
}
