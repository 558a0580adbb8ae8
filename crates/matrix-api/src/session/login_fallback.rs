//! The page on which a user logs in.

use matrix_discovery::HttpUrl;
use matrix_identifiers::DeviceId;

use crate::percent::component;

/// Returns the URL of the homeserver's login page, for types of login that a client does not know. When the user has
/// logged in, the page calls `window.onLogin` with the response.
///
/// `device_id` is that to log in with again after a soft logout, so that the device stays the same, and verified;
/// `initial_device_display_name` is what a new device is called (MSC2604).
///
/// Source: [login fallback](https://spec.matrix.org/v1.19/client-server-api/#login-fallback).
///
/// ```
/// use matrix_api::session::login_fallback_url;
/// use matrix_discovery::HttpUrl;
///
/// let homeserver = HttpUrl::parse_base("https://example.org/")?;
/// assert_eq!(
///     login_fallback_url(&homeserver, None, Some("Alice's phone & more")),
///     "https://example.org/_matrix/static/client/login/?initial_device_display_name=Alice%27s%20phone%20%26%20more",
/// );
/// # Ok::<(), matrix_discovery::Error>(())
/// ```
#[must_use]
pub fn login_fallback_url(
    homeserver: &HttpUrl,
    device_id: Option<&DeviceId>,
    initial_device_display_name: Option<&str>,
) -> String {
    let mut url = homeserver.with_path("/_matrix/static/client/login/");
    let parameters = [
        ("device_id", device_id.map(DeviceId::as_str)),
        ("initial_device_display_name", initial_device_display_name),
    ];
    let given = parameters.into_iter().filter_map(|(name, value)| Some((name, value?)));
    for (index, (name, value)) in given.enumerate() {
        url.push(if index == 0 { '?' } else { '&' });
        url.push_str(name);
        url.push('=');
        url.extend(component(value));
    }
    url
}
