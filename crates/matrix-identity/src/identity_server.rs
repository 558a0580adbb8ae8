//! Which identity server to use.

use core::fmt;

use fluent_uri::Uri;
use matrix_identifiers::ServerName;
use serde_json::{Value, json};

use crate::{Error, json};

/// The longest base URL that is read, in bytes.
const MAX_URL_BYTES: usize = 2048;
/// The largest content of account data that is read, in bytes.
const MAX_CONTENT_BYTES: usize = 64 * 1024;

/// The base URL of an identity server: `http` or `https`, what stands before `/_matrix`, without trailing slashes.
///
/// Identity servers are to be reached over HTTPS; whether plain HTTP is good enough (in a test, say) is for the caller to
/// decide.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdentityServerUrl(String);

impl IdentityServerUrl {
    /// Reads a base URL, and drops trailing slashes.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidUrl`] for another scheme, a host that is no server name, a user or password, a query or a fragment, or
    /// over 2048 bytes.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim_end_matches('/');
        check(text).map(|()| Self(text.to_owned())).map_err(Error::InvalidUrl)
    }

    /// Returns the URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Appends the path of an endpoint, which begins with a slash.
    #[must_use]
    pub fn with_path(&self, path: &str) -> String {
        format!("{self}{path}")
    }

    /// Returns what homeservers are told of the identity server in `id_server`: the host, and the port if there is one.
    #[must_use]
    pub fn id_server(&self) -> Option<&ServerName> {
        let (_, rest) = self.0.split_once("://")?;
        ServerName::parse(rest.split('/').next()?).ok()
    }
}

fn check(text: &str) -> Result<(), &'static str> {
    if text.len() > MAX_URL_BYTES {
        return Err("longer than 2048 bytes");
    }
    let uri = Uri::parse(text).map_err(|_| "not an absolute URL")?;
    if !["http", "https"].iter().any(|scheme| uri.scheme().as_str().eq_ignore_ascii_case(scheme)) {
        return Err("the scheme is neither http nor https");
    }
    if uri.query().is_some() || uri.fragment().is_some() {
        return Err("a query or fragment");
    }
    let authority = uri.authority().ok_or("no host")?;
    ServerName::parse(authority.as_str()).map_err(|_| "the host is no server name")?;
    Ok(())
}

impl fmt::Display for IdentityServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for IdentityServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// What the account data `m.identity_server` says (MSC2230).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdentityServerSetting {
    /// The account data has not come yet.
    NotSynced,
    /// There is no such account data, or none with a `base_url`.
    Absent,
    /// The `base_url` is `null`: the user wants no identity server.
    Disabled,
    /// The user's choice.
    Chosen(IdentityServerUrl),
    /// The `base_url` is no URL. The user wanted something, so no other server is to hear of the user's contacts.
    Unusable,
}

impl IdentityServerSetting {
    /// The type of the account data.
    pub const TYPE: &'static str = "m.identity_server";

    /// Reads the content of the account data, or `None` when a sync has come and there is none.
    #[must_use]
    pub fn parse(content: Option<&[u8]>) -> Self {
        let Some(content) = content else { return Self::Absent };
        let Ok(fields) = json::read(content, MAX_CONTENT_BYTES) else { return Self::Absent };
        match fields.get("base_url") {
            None => Self::Absent,
            Some(Value::Null) => Self::Disabled,
            Some(url) => match url.as_str().map(IdentityServerUrl::parse) {
                Some(Ok(url)) => Self::Chosen(url),
                _ => Self::Unusable,
            },
        }
    }

    /// Writes the content of the account data for the user's choice, JSON; `None` disables identity servers, which is
    /// a `null` and not a missing field.
    #[must_use]
    pub fn content(choice: Option<&IdentityServerUrl>) -> String {
        json!({"base_url": choice.map(IdentityServerUrl::as_str)}).to_string()
    }
}

/// The identity server to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityServerChoice<'a> {
    /// Wait: make no request to any identity server until the account data is there.
    Wait,
    /// None: whatever needs one is switched off.
    None,
    /// This one, as the user set it in account data.
    OfUser(&'a IdentityServerUrl),
    /// This one, as the homeserver's `.well-known` file suggests. It is not to be written into account data.
    OfHomeserver(&'a IdentityServerUrl),
    /// This one, the client's default. It is not to be written into account data.
    Default(&'a IdentityServerUrl),
}

/// Chooses the identity server: what the account data says, or else what the `.well-known` file suggests, or else the
/// client's default. To be asked again whenever the account data changes.
///
/// `well_known` is the server that discovery found and could use: one that failed its check is none (MSC2284).
///
/// Source: MSC2230;
/// [notes on identity servers](https://spec.matrix.org/v1.19/client-server-api/#notes-on-identity-servers).
#[must_use]
pub fn identity_server_to_use<'a>(
    setting: &'a IdentityServerSetting,
    well_known: Option<&'a IdentityServerUrl>,
    default: Option<&'a IdentityServerUrl>,
) -> IdentityServerChoice<'a> {
    match (setting, well_known, default) {
        (IdentityServerSetting::NotSynced, ..) => IdentityServerChoice::Wait,
        (IdentityServerSetting::Disabled | IdentityServerSetting::Unusable, ..) => IdentityServerChoice::None,
        (IdentityServerSetting::Chosen(url), ..) => IdentityServerChoice::OfUser(url),
        (IdentityServerSetting::Absent, Some(url), _) => IdentityServerChoice::OfHomeserver(url),
        (IdentityServerSetting::Absent, None, Some(url)) => IdentityServerChoice::Default(url),
        (IdentityServerSetting::Absent, None, None) => IdentityServerChoice::None,
    }
}
