use core::fmt;

use fluent_uri::{
    Uri, UriRef,
    component::{Authority, Host},
};

use crate::Error;

/// The longest URL that is read, in bytes.
pub const MAX_URL_BYTES: usize = 8192;

/// An absolute URL of the scheme `http` or `https`, kept as it was written.
///
/// Its host is an IP address or a name of letters, digits, `-`, `.` and `_`; a name in another script stands in its
/// ASCII form. A URL with a user or a password is refused: nobody has reason to hand these out in a public document.
///
/// Source: RFC 3986; MSC1957 for the restriction to two schemes.
///
/// ```
/// use matrix_discovery::HttpUrl;
///
/// let url = HttpUrl::parse("https://example.org/_hs/")?;
/// assert_eq!(url.host(), "example.org");
/// assert!(HttpUrl::parse("ftp://example.org").is_err());
/// # Ok::<(), matrix_discovery::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HttpUrl(Uri<String>);

impl HttpUrl {
    /// Reads a URL.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidUrl`], with the reason.
    pub fn parse(text: &str) -> Result<Self, Error> {
        check(text).map(Self).map_err(|reason| invalid(text, reason))
    }

    /// Reads the base URL of a server: one without query and fragment, of which trailing slashes are dropped so that
    /// paths can be appended.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidUrl`], with the reason.
    pub fn parse_base(text: &str) -> Result<Self, Error> {
        let url = Self::parse(text.trim_end_matches('/'))?;
        if url.0.query().is_some() || url.0.fragment().is_some() {
            return Err(invalid(text, "a base URL has neither query nor fragment"));
        }
        Ok(url)
    }

    /// Returns the URL as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Returns the host, an IPv6 address in its brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.authority().map_or("", |authority| authority.host())
    }

    /// Returns the port that the URL names, or else that of its scheme.
    #[must_use]
    pub fn port(&self) -> u16 {
        let port = self.0.authority().and_then(|authority| authority.port_to_u16().ok().flatten());
        port.unwrap_or(if self.is_https() { 443 } else { 80 })
    }

    /// Tells whether the scheme is `https`.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.scheme().as_str().eq_ignore_ascii_case("https")
    }

    /// Appends a path that begins with a slash to a base URL.
    #[must_use]
    pub fn with_path(&self, path: &str) -> String {
        format!("{}{path}", self.as_str())
    }

    /// Reads a reference, absolute or relative to this URL, as a `Location` header has it. A fragment is dropped.
    pub(crate) fn join(&self, reference: &str) -> Result<Self, Error> {
        let refused = || Error::InvalidRedirect(cut(reference));
        let reference = UriRef::parse(reference).map_err(|_| refused())?;
        let base = self.0.strip_fragment();
        let mut joined = reference.resolve_against(&base).map_err(|_| refused())?;
        joined.set_fragment(None);
        check(joined.as_str()).map(Self).map_err(|_| refused())
    }
}

fn check(text: &str) -> Result<Uri<String>, &'static str> {
    if text.len() > MAX_URL_BYTES {
        return Err("longer than 8192 bytes");
    }
    let uri = Uri::parse(text.to_owned()).map_err(|_| "not an absolute URL")?;
    let scheme = uri.scheme().as_str();
    if !(scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")) {
        return Err("the scheme is neither http nor https");
    }
    check_authority(uri.authority().ok_or("no host")?)?;
    Ok(uri)
}

fn check_authority(authority: Authority<'_>) -> Result<(), &'static str> {
    if authority.has_userinfo() {
        return Err("a user or password");
    }
    authority.port_to_u16().map_err(|_| "the port is larger than 65535")?;
    match authority.host_parsed() {
        Host::RegName(name) if name.as_str().is_empty() => Err("no host"),
        Host::RegName(name) if !name.as_str().bytes().all(is_host_byte) => {
            Err("the host is neither an address nor a name")
        }
        Host::IpvFuture { .. } => Err("the host is neither an address nor a name"),
        _ => Ok(()),
    }
}

fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')
}

fn invalid(url: &str, reason: &'static str) -> Error {
    Error::InvalidUrl { url: cut(url), reason }
}

fn cut(text: &str) -> String {
    text.chars().take(200).collect()
}

impl fmt::Display for HttpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for HttpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl core::str::FromStr for HttpUrl {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}
