//! Filling in the URLs of widgets.

use matrix_discovery::{HttpUrl, IntegrationManager, ManagerSource};

use super::TemplateVariables;
use crate::{Error, percent::component};

/// The longest template that is filled in, in bytes.
pub const MAX_TEMPLATE_BYTES: usize = 8192;

/// The longest URL that comes of it, in bytes.
pub const MAX_WIDGET_URL_BYTES: usize = 65_536;

/// Fills in the variables of a widget's URL: `$` and a name.
///
/// Where several names fit, the longest is meant; where none does, the `$` stays. Values are percent-encoded, but for the
/// unreserved characters of RFC 3986, and are not filled in themselves: nothing in a value can change what the URL around
/// it means.
///
/// Source: MSC1236, MSC2774.
///
/// # Errors
///
/// [`Error::InvalidUrl`] when the template is longer than [`MAX_TEMPLATE_BYTES`], or when the URL does not begin with
/// `http://` or `https://` and a host, or would be longer than [`MAX_WIDGET_URL_BYTES`].
///
/// ```
/// use matrix_api::widget::{TemplateVariables, fill_template};
/// use matrix_identifiers::{RoomId, UserId};
///
/// let user = UserId::parse("@alice:example.org")?;
/// let room = RoomId::parse("!room:example.org")?;
/// let variables = TemplateVariables::new(user, "20200827_WidgetExample").room_id(room);
/// let url = fill_template("https://example.org/my/widget.html?roomId=$matrix_room_id&x=$unknown", &variables)?;
/// assert_eq!(url, "https://example.org/my/widget.html?roomId=%21room%3Aexample.org&x=$unknown");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn fill_template(template: &str, variables: &TemplateVariables<'_>) -> Result<String, Error> {
    if template.len() > MAX_TEMPLATE_BYTES {
        return Err(Error::InvalidUrl("the template is longer than 8192 bytes"));
    }
    let lengths = variables.lengths();
    let mut parts = template.split('$');
    let mut url = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // A name may itself hold a `$`; no standard one does, and data by such names is never asked for.
        let rest = match variables.longest(part, &lengths) {
            Some((length, value)) => {
                url.extend(component(value));
                part.get(length..).unwrap_or_default()
            }
            None => {
                url.push('$');
                part
            }
        };
        url.push_str(rest);
        if url.len() > MAX_WIDGET_URL_BYTES {
            return Err(Error::InvalidUrl("the URL is longer than 65536 bytes"));
        }
    }
    check_origin(&url)?;
    Ok(url)
}

/// Adds the widget's ID to the query of its URL, `widgetId`, as clients did before there was a variable for it. They should
/// go on with it for widgets that know no other way; a `widgetId` that is there is replaced.
///
/// Source: MSC2774.
#[must_use]
pub fn with_widget_id(url: &str, widget_id: &str) -> String {
    let (url, fragment) = match url.split_once('#') {
        Some((url, fragment)) => (url, Some(fragment)),
        None => (url, None),
    };
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let others =
        query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some("widgetId"));
    let mut filled = format!("{path}?");
    for pair in others {
        filled.push_str(pair);
        filled.push('&');
    }
    filled.push_str("widgetId=");
    filled.extend(component(widget_id));
    if let Some(fragment) = fragment {
        filled.push('#');
        filled.push_str(fragment);
    }
    filled
}

/// Returns the URL of an integration manager, to be shown as a widget of the account: its `ui_url`, filled in. Where the
/// user named the manager, with a widget, normal rules hold; otherwise without the variables of `data` (MSC1957).
///
/// # Errors
///
/// As [`fill_template`].
pub fn manager_url(
    manager: &IntegrationManager,
    source: ManagerSource,
    variables: &TemplateVariables<'_>,
) -> Result<String, Error> {
    let template = manager.ui_url.as_str();
    match source {
        ManagerSource::User => fill_template(template, variables),
        ManagerSource::Homeserver | ManagerSource::Client => {
            fill_template(template, &variables.clone().without_data())
        }
    }
}

/// Checks that a URL has a scheme of the web and a host. The rest is taken as it is, as browsers do.
fn check_origin(url: &str) -> Result<(), Error> {
    let (scheme, rest) = url.split_once("://").ok_or(Error::InvalidUrl("not an absolute URL"))?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return Err(Error::InvalidUrl("the scheme is neither http nor https"));
    }
    let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    HttpUrl::parse(&format!("https://{host}")).map(drop).map_err(|_| Error::InvalidUrl("no host"))
}
