//! The ways to log in that a homeserver offers.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::IdentityProvider;

/// A type of login.
///
/// Source: [login](https://spec.matrix.org/v1.19/client-server-api/#login).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LoginType {
    /// `m.login.password`
    Password,
    /// `m.login.token`: with what single sign-on ends with.
    Token,
    /// `m.login.sso`: single sign-on (MSC1721).
    Sso,
    /// `m.login.cas`: the same by its old name.
    Cas,
    /// `m.login.application_service` (MSC2778).
    ApplicationService,
    /// Another type, by name.
    Other(String),
}

impl LoginType {
    /// The types that are known here.
    pub const KNOWN: [Self; 5] =
        [Self::Password, Self::Token, Self::Sso, Self::Cas, Self::ApplicationService];

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Password => "m.login.password",
            Self::Token => "m.login.token",
            Self::Sso => "m.login.sso",
            Self::Cas => "m.login.cas",
            Self::ApplicationService => "m.login.application_service",
            Self::Other(name) => name,
        }
    }

    /// Tells whether this is single sign-on, by either name.
    #[must_use]
    pub fn is_sso(&self) -> bool {
        matches!(self, Self::Sso | Self::Cas)
    }
}

impl From<&str> for LoginType {
    fn from(name: &str) -> Self {
        let known = Self::KNOWN.into_iter().find(|known| known.as_str() == name);
        known.unwrap_or_else(|| Self::Other(name.to_owned()))
    }
}

impl fmt::Display for LoginType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for LoginType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for LoginType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Ok(Self::from(name.as_str()))
    }
}

/// A way to log in: an entry of `flows` in the response of `GET /login`.
///
/// Source: MSC1721, MSC2858;
/// [`GET /login`](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3login).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "WireFlow")]
pub struct LoginFlow {
    /// The type.
    #[serde(rename = "type")]
    pub login_type: LoginType,
    /// The providers of single sign-on to choose from; those that are not as they should be are left out. Where the field
    /// has only the name that it had before, that is read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identity_providers: Vec<IdentityProvider>,
    /// Every other field.
    #[serde(flatten)]
    pub fields: Map<String, Value>,
}

impl LoginFlow {
    /// Makes a flow of a type.
    #[must_use]
    pub fn new(login_type: LoginType) -> Self {
        Self { login_type, identity_providers: Vec::new(), fields: Map::new() }
    }
}

/// A flow as it is sent, with the name that `identity_providers` had before, beside which there may be the new one.
#[derive(Deserialize)]
struct WireFlow {
    #[serde(rename = "type")]
    login_type: LoginType,
    #[serde(default, deserialize_with = "IdentityProvider::read_list")]
    identity_providers: Vec<IdentityProvider>,
    #[serde(
        default,
        rename = "org.matrix.msc2858.identity_providers",
        deserialize_with = "IdentityProvider::read_list"
    )]
    unstable_identity_providers: Vec<IdentityProvider>,
    #[serde(flatten)]
    fields: Map<String, Value>,
}

impl From<WireFlow> for LoginFlow {
    fn from(wire: WireFlow) -> Self {
        let identity_providers = match wire.identity_providers {
            stable if stable.is_empty() => wire.unstable_identity_providers,
            stable => stable,
        };
        Self { login_type: wire.login_type, identity_providers, fields: wire.fields }
    }
}
