//! The types of authentication.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A stage of a flow: a type of authentication.
///
/// Source: [authentication types](https://spec.matrix.org/v1.19/client-server-api/#authentication-types).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// `m.login.password`
    Password,
    /// `m.login.recaptcha`
    Recaptcha,
    /// `m.login.sso`: single sign-on, in a browser only (MSC2454).
    Sso,
    /// `m.login.email.identity`
    EmailIdentity,
    /// `m.login.msisdn`
    Msisdn,
    /// `m.login.dummy`: nothing to prove.
    Dummy,
    /// `m.login.registration_token`
    RegistrationToken,
    /// `m.login.terms`
    Terms,
    /// `m.oauth`: on a page of the homeserver, in a browser only, from version 1.17 on. Its URL is in the parameters:
    /// [`UiaaInfo::oauth_url`](super::UiaaInfo::oauth_url).
    OAuth,
    /// Another type, by name.
    Other(String),
}

impl Stage {
    /// The types that are known here.
    pub const KNOWN: [Self; 9] = [
        Self::Password,
        Self::Recaptcha,
        Self::Sso,
        Self::EmailIdentity,
        Self::Msisdn,
        Self::Dummy,
        Self::RegistrationToken,
        Self::Terms,
        Self::OAuth,
    ];

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Password => "m.login.password",
            Self::Recaptcha => "m.login.recaptcha",
            Self::Sso => "m.login.sso",
            Self::EmailIdentity => "m.login.email.identity",
            Self::Msisdn => "m.login.msisdn",
            Self::Dummy => "m.login.dummy",
            Self::RegistrationToken => "m.login.registration_token",
            Self::Terms => "m.login.terms",
            Self::OAuth => "m.oauth",
            Self::Other(name) => name,
        }
    }

    /// Tells whether this is single sign-on, also by the name that it had as a proposal, `org.matrix.login.sso`.
    #[must_use]
    pub fn is_sso(&self) -> bool {
        matches!(self.as_str(), "m.login.sso" | "org.matrix.login.sso")
    }

    /// Tells whether the stage can be completed in a browser only, whatever a client knows.
    #[must_use]
    pub fn needs_browser(&self) -> bool {
        self.is_sso() || *self == Self::OAuth
    }
}

impl From<&str> for Stage {
    fn from(name: &str) -> Self {
        let known = Self::KNOWN.into_iter().find(|known| known.as_str() == name);
        known.unwrap_or_else(|| Self::Other(name.to_owned()))
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Stage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Stage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Ok(Self::from(name.as_str()))
    }
}
