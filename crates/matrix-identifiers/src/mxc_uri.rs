use alloc::format;

use crate::grammar::Class;
use crate::{Error, ServerName, server_name};

identifier! {
    /// Where content is: `mxc://server/media_id`.
    ///
    /// The media ID consists of ASCII letters, digits, `_` and `-`, one or more; so neither a path nor a
    /// query can hide in it. The scheme is written in lower case.
    ///
    /// Source: [Matrix content URIs](https://spec.matrix.org/v1.19/client-server-api/#matrix-content-mxc-uris).
    ///
    /// ```
    /// use matrix_identifiers::MxcUri;
    ///
    /// let uri = MxcUri::parse("mxc://example.org/SEsfnsuifSDFSSEF")?;
    /// assert_eq!((uri.server_name().as_str(), uri.media_id()), ("example.org", "SEsfnsuifSDFSSEF"));
    /// assert!(MxcUri::parse("mxc://example.org/../secret").is_err());
    /// # Ok::<(), matrix_identifiers::Error>(())
    /// ```
    MxcUri, OwnedMxcUri, check, shown
}

impl MxcUri {
    /// Returns the server that the content came from.
    #[must_use]
    pub fn server_name(&self) -> &ServerName {
        ServerName::from_checked(parts(&self.0).map(|(server, _)| server).unwrap_or_default())
    }

    /// Returns the ID of the content on that server.
    #[must_use]
    pub fn media_id(&self) -> &str {
        parts(&self.0).map(|(_, media)| media).unwrap_or_default()
    }
}

impl OwnedMxcUri {
    /// Makes the URI of the content `media_id` on `server_name`.
    ///
    /// # Errors
    ///
    /// Fails where `media_id` is empty or holds anything but ASCII letters, digits, `_` and `-` (offsets
    /// count from the start of the URI).
    pub fn new(server_name: &ServerName, media_id: &str) -> Result<Self, Error> {
        let text = format!("{SCHEME}{server_name}/{media_id}");
        check(&text)?;
        Ok(Self::from_checked(text))
    }
}

const SCHEME: &str = "mxc://";

/// Splits at the scheme and the first slash after it.
fn parts(text: &str) -> Result<(&str, &str), Error> {
    let rest = text.strip_prefix(SCHEME).ok_or(Error::MissingScheme)?;
    rest.split_once('/').ok_or(Error::MissingMediaId)
}

fn check(text: &str) -> Result<(), Error> {
    let (server, media) = parts(text)?;
    let media_start = text.len() - media.len();
    // The part before the slash, so that offsets are still those of the whole.
    server_name::check_at(text.get(..SCHEME.len() + server.len()).unwrap_or_default(), SCHEME.len())?;
    if media.is_empty() {
        return Err(Error::MissingMediaId);
    }
    Class::URL_SAFE.check(text, media_start)
}
