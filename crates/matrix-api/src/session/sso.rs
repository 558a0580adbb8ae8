//! Where single sign-on begins.

use matrix_discovery::{EndpointVersion, HttpUrl};
use matrix_identifiers::OpaqueId;

use super::LoginType;
use crate::percent::component;

/// Which of the two names of the endpoint is used; they do the same (MSC1721).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SsoEndpoint {
    /// `/login/sso/redirect`
    Sso,
    /// `/login/cas/redirect`, for a homeserver that offers only `m.login.cas`. It knows no providers.
    Cas,
}

impl SsoEndpoint {
    /// Chooses by the types of login that the homeserver offers: the new name if it knows that, the old one if it knows
    /// only that; `None` where there is no single sign-on.
    pub fn of<'a>(offered: impl IntoIterator<Item = &'a LoginType>) -> Option<Self> {
        let mut found = None;
        for login_type in offered {
            match login_type {
                LoginType::Sso => return Some(Self::Sso),
                LoginType::Cas => found = Some(Self::Cas),
                _ => {}
            }
        }
        found
    }
}

/// Returns the URL to open in a browser for single sign-on, with the provider that the user chose, if they did.
///
/// When the user has logged in there, the browser is sent to `redirect_url`, with `loginToken` added to its query.
/// Single sign-on by the old name has no provider to choose, and a path with `r0` alone: `provider` and `version` say
/// nothing there.
///
/// Source: MSC1721, MSC2858;
/// [`/login/sso/redirect`](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3loginssoredirect).
///
/// ```
/// use matrix_api::session::{SsoEndpoint, sso_redirect_url};
/// use matrix_discovery::{EndpointVersion, HttpUrl};
/// use matrix_identifiers::OpaqueId;
///
/// let homeserver = HttpUrl::parse_base("https://example.org")?;
/// let provider = OpaqueId::parse("github")?;
/// let url = sso_redirect_url(
///     &homeserver, EndpointVersion::V3, SsoEndpoint::Sso, Some(provider), "https://client.example/?a=b#/done",
/// );
/// assert_eq!(
///     url,
///     "https://example.org/_matrix/client/v3/login/sso/redirect/github\
///         ?redirectUrl=https%3A%2F%2Fclient.example%2F%3Fa%3Db%23%2Fdone",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn sso_redirect_url(
    homeserver: &HttpUrl,
    version: EndpointVersion,
    service: SsoEndpoint,
    provider: Option<&OpaqueId>,
    redirect_url: &str,
) -> String {
    let (name, version, provider) = match service {
        SsoEndpoint::Sso => ("sso", version, provider),
        SsoEndpoint::Cas => ("cas", EndpointVersion::R0, None),
    };
    let version = version.as_str();
    let provider = provider.map(|id| format!("/{}", component(id.as_str()))).unwrap_or_default();
    let redirect_url = component(redirect_url);
    homeserver.with_path(&format!(
        "/_matrix/client/{version}/login/{name}/redirect{provider}?redirectUrl={redirect_url}"
    ))
}
