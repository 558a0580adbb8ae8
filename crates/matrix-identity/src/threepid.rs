use core::fmt;

use crate::{Error, email, msisdn};

/// The longest address that is read, in bytes.
pub const MAX_ADDRESS_BYTES: usize = 512;

/// The namespace of a third-party identifier.
///
/// Source: [3PID types](https://spec.matrix.org/v1.19/appendices/#3pid-types).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Medium {
    /// `email`
    Email,
    /// `msisdn`: phone numbers.
    Msisdn,
    /// Another, whose addresses are taken as they are.
    Other(String),
}

impl Medium {
    /// Reads a medium.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidMedium`] unless it has 1 to 255 characters of `a-z`, `0-9`, `.`, `_` and `-`. A space would make
    /// what is hashed ambiguous.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let name = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-');
        match text {
            "email" => Ok(Self::Email),
            "msisdn" => Ok(Self::Msisdn),
            _ if !text.is_empty() && text.len() <= 255 && text.bytes().all(name) => {
                Ok(Self::Other(text.to_owned()))
            }
            _ => Err(Error::InvalidMedium(text.chars().take(255).collect())),
        }
    }

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Email => "email",
            Self::Msisdn => "msisdn",
            Self::Other(name) => name,
        }
    }
}

impl fmt::Display for Medium {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A third-party identifier (3PID), its address in the one form in which it is hashed, stored and compared: email
/// addresses with their case folded, phone numbers as digits.
///
/// Source: [3PID types](https://spec.matrix.org/v1.19/appendices/#3pid-types); MSC2265.
///
/// ```
/// use matrix_identity::ThirdPartyId;
///
/// assert_eq!(ThirdPartyId::email("Bob@Example.com")?, ThirdPartyId::email("bob@example.com")?);
/// assert_eq!(ThirdPartyId::phone("+1 800 555-2067")?.address(), "18005552067");
/// # Ok::<(), matrix_identity::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThirdPartyId {
    medium: Medium,
    address: String,
}

impl ThirdPartyId {
    /// Reads an address of a medium.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidEmail`], [`Error::InvalidPhoneNumber`] or, for another medium, [`Error::InvalidAddress`] when it
    /// is empty or longer than 512 bytes.
    pub fn new(medium: Medium, address: &str) -> Result<Self, Error> {
        let address = match &medium {
            Medium::Email => email::canonical(address)?,
            Medium::Msisdn => msisdn(address)?,
            Medium::Other(_) if address.is_empty() => return Err(Error::InvalidAddress("empty")),
            Medium::Other(_) if address.len() > MAX_ADDRESS_BYTES => {
                return Err(Error::InvalidAddress("longer than 512 bytes"));
            }
            Medium::Other(_) => address.to_owned(),
        };
        Ok(Self { medium, address })
    }

    /// Reads an email address: `user@domain` without a name, angle brackets or `mailto:`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidEmail`], with the reason.
    pub fn email(address: &str) -> Result<Self, Error> {
        Self::new(Medium::Email, address)
    }

    /// Reads an international phone number, see [`msisdn`].
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPhoneNumber`], with the reason.
    pub fn phone(number: &str) -> Result<Self, Error> {
        Self::new(Medium::Msisdn, number)
    }

    /// Returns the medium.
    #[must_use]
    pub fn medium(&self) -> &Medium {
        &self.medium
    }

    /// Returns the address.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}
