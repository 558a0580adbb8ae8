//! The page on which a stage is completed.

use matrix_discovery::{EndpointVersion, HttpUrl};

use super::Stage;
use crate::percent::component;

/// Returns the URL of the homeserver's page for a stage, to be opened in a browser. When it is done, the page calls
/// `window.onAuthDone()`, or posts the message `authDone` to the window that opened it.
///
/// `homeserver` is the base URL of the client-server API. For single sign-on, the page has to ask the user before it
/// goes on to the provider: otherwise a link to it, sent by somebody else, would do (MSC2454).
///
/// Source: [fallback](https://spec.matrix.org/v1.19/client-server-api/#fallback).
///
/// ```
/// use matrix_api::uiaa::{Stage, fallback_url};
/// use matrix_discovery::{EndpointVersion, HttpUrl};
///
/// let homeserver = HttpUrl::parse_base("https://example.org")?;
/// assert_eq!(
///     fallback_url(&homeserver, EndpointVersion::V3, &Stage::Sso, "a b&c"),
///     "https://example.org/_matrix/client/v3/auth/m.login.sso/fallback/web?session=a%20b%26c",
/// );
/// # Ok::<(), matrix_discovery::Error>(())
/// ```
#[must_use]
pub fn fallback_url(homeserver: &HttpUrl, version: EndpointVersion, stage: &Stage, session: &str) -> String {
    let (version, stage, session) = (version.as_str(), component(stage.as_str()), component(session));
    homeserver.with_path(&format!("/_matrix/client/{version}/auth/{stage}/fallback/web?session={session}"))
}
