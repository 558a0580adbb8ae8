//! How a user is named who logs in.

use matrix_identity::ThirdPartyId;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Map, Value};

use crate::fields::take;

/// A user, as named in logins and password stages.
///
/// Source: [identifier types](https://spec.matrix.org/v1.19/client-server-api/#identifier-types).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type")]
pub enum UserIdentifier {
    /// `m.id.user`: by user ID or its localpart.
    #[serde(rename = "m.id.user")]
    User {
        /// The user ID or its localpart.
        user: String,
    },
    /// `m.id.thirdparty`: by an address on the account. What a user types need not be in its one form:
    /// [`ThirdPartyId`] gives that.
    #[serde(rename = "m.id.thirdparty")]
    ThirdParty {
        /// `email`, `msisdn` or another.
        medium: String,
        /// The address.
        address: String,
    },
    /// `m.id.phone`: by a phone number on the account.
    #[serde(rename = "m.id.phone")]
    Phone {
        /// The country whose way of writing numbers is meant, as two letters.
        country: String,
        /// The number.
        phone: String,
    },
    /// Another type.
    #[serde(untagged)]
    Other(OtherIdentifier),
}

/// A user, named in a way that is not known here.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OtherIdentifier {
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Every other field.
    #[serde(flatten)]
    pub fields: Map<String, Value>,
}

impl UserIdentifier {
    /// Names a user by user ID or its localpart.
    #[must_use]
    pub fn user(user: &str) -> Self {
        Self::User { user: user.to_owned() }
    }

    /// Names a user by an address on the account.
    #[must_use]
    pub fn third_party(id: &ThirdPartyId) -> Self {
        Self::ThirdParty { medium: id.medium().to_string(), address: id.address().to_owned() }
    }
}

impl UserIdentifier {
    fn read(mut fields: Map<String, Value>) -> Result<Self, serde_json::Error> {
        let kind: String = take(&mut fields, "type")?;
        Ok(match kind.as_str() {
            "m.id.user" => Self::User { user: take(&mut fields, "user")? },
            "m.id.thirdparty" => {
                let (medium, address) = (take(&mut fields, "medium")?, take(&mut fields, "address")?);
                Self::ThirdParty { medium, address }
            }
            "m.id.phone" => {
                let (country, phone) = (take(&mut fields, "country")?, take(&mut fields, "phone")?);
                Self::Phone { country, phone }
            }
            _ => Self::Other(OtherIdentifier { kind, fields }),
        })
    }
}

impl<'de> Deserialize<'de> for UserIdentifier {
    /// Reads an identifier. One of a known type has the fields of that type: it is not another.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(Map::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
