//! Integration managers: where they are named, and which to show first.
//!
//! Source: MSC1957.

use matrix_identifiers::ServerName;
use serde_json::{Map, Value};

use crate::{
    Error, HttpResponse, HttpUrl, MAX_WELL_KNOWN_BYTES,
    fetch::{Fetch, Fetched},
    json,
};

/// How many integration managers of one document are used.
pub const MAX_INTEGRATION_MANAGERS: usize = 64;

/// How often a client looks for changes in the homeserver's suggestions, in milliseconds: every 8 hours, besides once
/// when it starts.
pub const INTEGRATIONS_REFRESH_MS: u64 = 8 * 3600 * 1000;

/// The type of the widgets by which users name integration managers.
pub const INTEGRATION_MANAGER_WIDGET: &str = "m.integration_manager";

/// An integration manager.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IntegrationManager {
    /// Where its API is.
    pub api_url: HttpUrl,
    /// What to show, as a widget: variables of widgets' URLs are replaced in it, though without those of `data` where a
    /// homeserver named it. The same as `api_url` unless given.
    pub ui_url: HttpUrl,
}

impl IntegrationManager {
    /// Reads the content of a widget of the type [`INTEGRATION_MANAGER_WIDGET`], of at most 50 KiB: `url` and
    /// `data.api_url`. A `type` that is there has to be that one.
    ///
    /// # Errors
    ///
    /// When the content is no JSON object, or one of the two URLs is missing or none of `http` or `https`.
    pub fn from_widget(content: &[u8]) -> Result<Self, Error> {
        of_widget(&json::object(content, MAX_WELL_KNOWN_BYTES, &["type", "url", "data"])?)
    }
}

/// Who named an integration manager. The order is that in which they come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ManagerSource {
    /// The user, by a widget.
    User,
    /// The homeserver, by its `.well-known` file.
    Homeserver,
    /// The client's own configuration.
    Client,
}

/// Puts integration managers in the order in which a client prefers them: those of the user by the state keys of
/// their widgets (by code points), those of the homeserver and then those of the client in the order in which they are
/// named. Whoever shows one only shows the first.
#[must_use]
pub fn preferred_managers<'a>(
    user: impl IntoIterator<Item = (&'a str, &'a IntegrationManager)>,
    homeserver: &'a [IntegrationManager],
    client: &'a [IntegrationManager],
) -> Vec<(ManagerSource, &'a IntegrationManager)> {
    let mut user: Vec<_> = user.into_iter().collect();
    user.sort_by_key(|(state_key, _)| *state_key);
    let user = user.into_iter().map(|(_, manager)| (ManagerSource::User, manager));
    let homeserver = homeserver.iter().map(|manager| (ManagerSource::Homeserver, manager));
    user.chain(homeserver).chain(client.iter().map(|manager| (ManagerSource::Client, manager))).collect()
}

/// The integration manager of a domain, as a user names it to add it to the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainManager {
    /// The manager.
    pub manager: IntegrationManager,
    /// The widget to add to the user's account, as JSON.
    pub widget: String,
}

/// The look-up of a domain's integration manager: the question, or where it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindManager {
    /// Asks for `/.well-known/matrix/integrations`.
    WellKnown(IntegrationsQuery),
    /// The end; with an error, there is no integration manager at that domain.
    Done(Result<DomainManager, Error>),
}

impl FindManager {
    /// Begins with a domain; a port does not matter.
    #[must_use]
    pub fn new(domain: &ServerName) -> Self {
        match HttpUrl::parse(&format!("https://{}/.well-known/matrix/integrations", domain.host())) {
            Ok(url) => Self::WellKnown(IntegrationsQuery { fetch: Fetch::new(url) }),
            Err(error) => Self::Done(Err(error)),
        }
    }
}

/// Asks for `/.well-known/matrix/integrations`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrationsQuery {
    fetch: Fetch,
}

impl IntegrationsQuery {
    /// Returns the URL for a GET request.
    #[must_use]
    pub fn url(&self) -> &HttpUrl {
        self.fetch.url()
    }

    /// Takes the response, or `None` when the request failed. A redirect leads to another such question.
    #[must_use]
    pub fn answer(self, response: Option<HttpResponse<'_>>) -> FindManager {
        match self.fetch.answer(response) {
            Fetched::Redirected(fetch) => FindManager::WellKnown(Self { fetch }),
            Fetched::Finished(body) => FindManager::Done(body.and_then(read_integrations_well_known)),
        }
    }
}

/// Reads the body of a response of `/.well-known/matrix/integrations`, of at most 50 KiB.
///
/// # Errors
///
/// When the body is no JSON object or has no readable `m.integrations_widget`.
pub fn read_integrations_well_known(body: &[u8]) -> Result<DomainManager, Error> {
    let field = "m.integrations_widget";
    let object = json::object(body, MAX_WELL_KNOWN_BYTES, &[field])?;
    let widget = object.get(field).ok_or(Error::MissingField(field))?;
    let manager = of_widget(widget.as_object().ok_or(Error::InvalidField { field, expected: "an object" })?)?;
    Ok(DomainManager { manager, widget: widget.to_string() })
}

/// Reads `m.integrations` of `/.well-known/matrix/client`, leaving out what is unreadable.
pub(crate) fn from_well_known(object: &Map<String, Value>) -> Vec<IntegrationManager> {
    let managers = object.get("m.integrations").and_then(|integrations| integrations.get("managers"));
    let managers = managers.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    managers.iter().filter_map(of_entry).take(MAX_INTEGRATION_MANAGERS).collect()
}

fn of_entry(entry: &Value) -> Option<IntegrationManager> {
    let api_url = HttpUrl::parse(entry.get("api_url")?.as_str()?).ok()?;
    let ui_url = match entry.get("ui_url") {
        None | Some(Value::Null) => api_url.clone(),
        Some(url) => HttpUrl::parse(url.as_str()?).ok()?,
    };
    Some(IntegrationManager { api_url, ui_url })
}

fn of_widget(widget: &Map<String, Value>) -> Result<IntegrationManager, Error> {
    if widget.get("type").is_some_and(|kind| kind != INTEGRATION_MANAGER_WIDGET) {
        return Err(Error::InvalidField { field: "type", expected: "m.integration_manager" });
    }
    let ui_url = HttpUrl::parse(json::string(widget, "url")?)?;
    let data = widget.get("data").ok_or(Error::MissingField("data"))?;
    let data = data.as_object().ok_or(Error::InvalidField { field: "data", expected: "an object" })?;
    let api_url = HttpUrl::parse(json::string(data, "api_url")?)?;
    Ok(IntegrationManager { api_url, ui_url })
}
