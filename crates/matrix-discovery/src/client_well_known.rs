//! `/.well-known/matrix/client`, and the same document in the response of a login.

use serde_json::{Map, Value};

use crate::{Error, HttpUrl, IntegrationManager, MAX_WELL_KNOWN_BYTES, integrations, json};

/// The largest login response that is read, in bytes.
pub const MAX_LOGIN_RESPONSE_BYTES: usize = 1024 * 1024;

/// What a document says about the base URL of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BaseUrl {
    /// There is no such property.
    Absent,
    /// The property is there, but has no `base_url` that is a string.
    WithoutUrl,
    /// The `base_url` is no URL.
    Invalid(Error),
    /// The URL, without a trailing slash.
    Url(HttpUrl),
}

impl BaseUrl {
    /// Returns the URL, if there is one.
    #[must_use]
    pub fn url(&self) -> Option<&HttpUrl> {
        match self {
            Self::Url(url) => Some(url),
            _ => None,
        }
    }

    /// Returns what is wrong with the property of the given name, if something is.
    pub(crate) fn fault(&self, field: &'static str) -> Option<Error> {
        match self {
            Self::Absent => Some(Error::MissingField(field)),
            Self::WithoutUrl => Some(Error::InvalidField { field, expected: "an object with a `base_url`" }),
            Self::Invalid(error) => Some(error.clone()),
            Self::Url(_) => None,
        }
    }
}

/// A document of `/.well-known/matrix/client`, each property read for itself.
///
/// Source: [server discovery](https://spec.matrix.org/v1.19/client-server-api/#server-discovery); MSC1957, MSC2284.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientWellKnown {
    /// `m.homeserver`.
    pub homeserver: BaseUrl,
    /// `m.identity_server`.
    pub identity_server: BaseUrl,
    /// `m.integrations`: the managers that are readable, in their order. What is wrong with others never matters.
    pub integration_managers: Vec<IntegrationManager>,
}

impl ClientWellKnown {
    /// Reads a body of at most 50 KiB.
    ///
    /// # Errors
    ///
    /// When the body is too large or no JSON object; what the object holds is no error.
    pub fn parse(body: &[u8]) -> Result<Self, Error> {
        let wanted = ["m.homeserver", "m.identity_server", "m.integrations"];
        json::object(body, MAX_WELL_KNOWN_BYTES, &wanted).map(|object| Self::of(&object))
    }

    /// Reads the `well_known` object in the response of a login (MSC1730), of at most 1 MiB.
    ///
    /// `None` where there is none, or none that names a homeserver: a login never fails for it. A client that gets one
    /// should go on with the servers that it names, and may check them first:
    /// [`Discover::from_document`](crate::Discover::from_document).
    #[must_use]
    pub fn from_login_response(body: &[u8]) -> Option<Self> {
        let response = json::object(body, MAX_LOGIN_RESPONSE_BYTES, &["well_known"]).ok()?;
        let document = Self::of(response.get("well_known")?.as_object()?);
        document.homeserver.url().is_some().then_some(document)
    }

    fn of(object: &Map<String, Value>) -> Self {
        Self {
            homeserver: base_url(object.get("m.homeserver")),
            identity_server: base_url(object.get("m.identity_server")),
            integration_managers: integrations::from_well_known(object),
        }
    }
}

fn base_url(property: Option<&Value>) -> BaseUrl {
    let Some(property) = property else { return BaseUrl::Absent };
    match property.get("base_url").and_then(Value::as_str).map(HttpUrl::parse_base) {
        None => BaseUrl::WithoutUrl,
        Some(Err(error)) => BaseUrl::Invalid(error),
        Some(Ok(url)) => BaseUrl::Url(url),
    }
}
