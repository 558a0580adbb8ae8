//! What is sent in place of an address.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use core::fmt;
use sha2::{Digest as _, Sha256};

use crate::{Error, ThirdPartyId, json, response::MAX_RESPONSE_BYTES};

/// The longest pepper that is read, in bytes. Each address is hashed with it, and its server decides about its length.
pub const MAX_PEPPER_BYTES: usize = 4096;

/// The pepper of an identity server: one or more ASCII letters and digits. It is public.
///
/// Source: MSC2134.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pepper(String);

impl Pepper {
    /// Reads a pepper.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPepper`] when it is empty, holds anything but `a-z`, `A-Z` and `0-9`, or is longer than
    /// [`MAX_PEPPER_BYTES`].
    pub fn parse(text: &str) -> Result<Self, Error> {
        match text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            _ if text.is_empty() => Err(Error::InvalidPepper("empty")),
            _ if text.len() > MAX_PEPPER_BYTES => Err(Error::InvalidPepper("longer than 4096 bytes")),
            false => Err(Error::InvalidPepper("a character that is neither letter nor digit")),
            true => Ok(Self(text.to_owned())),
        }
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A way to look up addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// `sha256`, which every client and every server knows.
    Sha256,
    /// `none`: plain text. The user should be asked first.
    None,
}

impl Algorithm {
    /// Reads the name of an algorithm.
    ///
    /// # Errors
    ///
    /// [`Error::UnsupportedAlgorithm`] for any other.
    pub fn parse(text: &str) -> Result<Self, Error> {
        match text {
            "sha256" => Ok(Self::Sha256),
            "none" => Ok(Self::None),
            _ => Err(Error::UnsupportedAlgorithm(text.chars().take(255).collect())),
        }
    }

    /// Returns the name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::None => "none",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Returns what stands for a third-party identifier in a look-up: SHA-256 of `address medium pepper` in URL-safe
/// unpadded base64 (43 characters), or `address medium` in plain text.
///
/// Source: MSC2134; [algorithms](https://spec.matrix.org/v1.19/identity-service-api/#algorithms).
///
/// ```
/// use matrix_identity::{Algorithm, Pepper, ThirdPartyId, lookup_value};
///
/// let alice = ThirdPartyId::email("alice@example.com")?;
/// let pepper = Pepper::parse("matrixrocks")?;
/// let value = lookup_value(&alice, Algorithm::Sha256, &pepper);
/// assert_eq!(value, "4kenr7N9drpCJ4AfalmlGQVsOn3o2RHjkADUpXJWZUc");
/// # Ok::<(), matrix_identity::Error>(())
/// ```
#[must_use]
pub fn lookup_value(id: &ThirdPartyId, algorithm: Algorithm, pepper: &Pepper) -> String {
    let (address, medium) = (id.address(), id.medium());
    match algorithm {
        Algorithm::Sha256 => {
            let hash = Sha256::digest(format!("{address} {medium} {}", pepper.as_str()));
            URL_SAFE_NO_PAD.encode(hash)
        }
        Algorithm::None => format!("{address} {medium}"),
    }
}

/// How an identity server wants to be asked: the response of `GET /_matrix/identity/v2/hash_details`.
///
/// Source: MSC2134;
/// [`/hash_details`](https://spec.matrix.org/v1.19/identity-service-api/#get_matrixidentityv2hash_details).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HashDetails {
    /// The pepper, also where no algorithm uses it.
    pub pepper: Pepper,
    /// The algorithms of those offered that are known here.
    pub algorithms: Vec<Algorithm>,
}

impl HashDetails {
    /// Reads a response body. Algorithms that are not known are left out.
    ///
    /// # Errors
    ///
    /// When the body is no JSON object, `lookup_pepper` is no pepper, or `algorithms` is no array.
    pub fn parse(body: &[u8]) -> Result<Self, Error> {
        let fields = json::read(body, MAX_RESPONSE_BYTES)?;
        let pepper = Pepper::parse(json::text(&fields, "lookup_pepper")?)?;
        let offered = json::array(&fields, "algorithms")?.iter().filter_map(|name| name.as_str());
        let mut algorithms: Vec<Algorithm> = offered.filter_map(|name| Algorithm::parse(name).ok()).collect();
        algorithms.sort();
        algorithms.dedup();
        Ok(Self { pepper, algorithms })
    }

    /// Chooses the algorithm for a look-up: `sha256` wherever it is offered, whatever its place, otherwise `none`.
    ///
    /// # Errors
    ///
    /// [`Error::NoCommonAlgorithm`] when neither is offered.
    pub fn negotiate(&self) -> Result<Algorithm, Error> {
        // The order of the variants is that of preference.
        self.algorithms.iter().min().copied().ok_or(Error::NoCommonAlgorithm)
    }
}
