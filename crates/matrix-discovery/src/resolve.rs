//! The state machine that resolves a server name.

use std::{collections::VecDeque, net::SocketAddr};

use core::net::IpAddr;

use matrix_identifiers::{OwnedServerName, ServerName};

use crate::{
    Connect, DEFAULT_PORT, Destination, Error, HttpResponse, HttpUrl, Route, SrvRecord, Step,
    fetch::{Fetch, Fetched},
    read_server_well_known, srv,
};

/// How many addresses of one host are used.
pub const MAX_ADDRESSES: usize = 32;

/// The resolution of a server name: what it needs to know next, or where it ended.
///
/// Each question is consumed by its answer, which leads to the next, so no answer can be given twice or to another
/// question. There are at most [`MAX_REDIRECTS`](crate::MAX_REDIRECTS)` + 1` requests, two SRV look-ups and one
/// look-up of addresses for each host.
///
/// Source: [resolving server names](https://spec.matrix.org/v1.19/server-server-api/#resolving-server-names);
/// MSC1708, MSC1711, MSC1831.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolve {
    /// Asks for `/.well-known/matrix/server`.
    WellKnown(WellKnownQuery),
    /// Asks for SRV records.
    Srv(SrvQuery),
    /// Asks for the addresses of a host.
    Addresses(AddressQuery),
    /// The end.
    Done(Destination),
}

impl Resolve {
    /// Begins with a server name.
    #[must_use]
    pub fn new(server_name: &ServerName) -> Self {
        if let Some(route) = Route::direct(server_name, false) {
            return AddressQuery::of(route);
        }
        let url = format!("https://{}/.well-known/matrix/server", server_name.host());
        match HttpUrl::parse(&url) {
            Ok(url) => {
                Self::WellKnown(WellKnownQuery { name: server_name.to_owned(), fetch: Fetch::new(url) })
            }
            // No server name gives such a URL; were there one, it would have no `.well-known` file.
            Err(error) => SrvQuery::of(server_name.to_owned(), Some(Err(error))),
        }
    }
}

/// Asks for `/.well-known/matrix/server` (step 3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WellKnownQuery {
    name: OwnedServerName,
    fetch: Fetch,
}

impl WellKnownQuery {
    /// Returns the URL for a GET request over HTTPS, with the usual check of the certificate.
    #[must_use]
    pub fn url(&self) -> &HttpUrl {
        self.fetch.url()
    }

    /// Takes the response, or `None` when the request failed. A redirect leads to another such question.
    #[must_use]
    pub fn answer(self, response: Option<HttpResponse<'_>>) -> Resolve {
        let result = match self.fetch.answer(response) {
            Fetched::Redirected(fetch) => return Resolve::WellKnown(Self { name: self.name, fetch }),
            Fetched::Finished(body) => body.and_then(read_server_well_known),
        };
        known(self.name, result)
    }

    /// Takes a result that is known from before, which [`Route::well_known`] then repeats.
    #[must_use]
    pub fn answer_from_cache(self, result: Result<OwnedServerName, Error>) -> Resolve {
        known(self.name, result)
    }
}

fn known(name: OwnedServerName, result: Result<OwnedServerName, Error>) -> Resolve {
    match &result {
        Err(_) => SrvQuery::of(name, Some(result)),
        Ok(delegated) => match Route::direct(delegated, true) {
            Some(route) => AddressQuery::of(Route { well_known: Some(result), ..route }),
            None => SrvQuery::of(delegated.clone(), Some(result)),
        },
    }
}

/// Asks for SRV records (steps 3.3, 3.4, 4 and 5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SrvQuery {
    /// The name, or the one it delegates to.
    name: OwnedServerName,
    well_known: Option<Result<OwnedServerName, Error>>,
    deprecated: bool,
}

impl SrvQuery {
    fn of(name: OwnedServerName, well_known: Option<Result<OwnedServerName, Error>>) -> Resolve {
        Resolve::Srv(Self { name, well_known, deprecated: false })
    }

    /// Returns the name to look up, as `_matrix-fed._tcp.example.org`.
    #[must_use]
    pub fn name(&self) -> String {
        let service = if self.deprecated { "_matrix" } else { "_matrix-fed" };
        format!("{service}._tcp.{}", self.name.host())
    }

    /// Takes the records, none when there are none. `random` makes the choices among records of one priority, see
    /// [`weighted_choice`](crate::weighted_choice).
    ///
    /// Whether a look-up that failed for a passing reason (no answer, SERVFAIL) counts as no record is for the caller
    /// to decide: going on then leads to port 8448 of the name.
    ///
    /// # Errors
    ///
    /// [`Error::ServiceNotAvailable`] when the target of all records is a lone dot.
    pub fn answer(self, records: &[SrvRecord], random: impl FnMut() -> u64) -> Result<Resolve, Error> {
        let targets = srv::targets(records, &self.name(), random)?;
        let delegated = matches!(self.well_known, Some(Ok(_)));
        let route = match targets.first().map(|target| target.port) {
            Some(port) => {
                let step = match (delegated, self.deprecated) {
                    (true, false) => Step::DelegatedSrv,
                    (true, true) => Step::DelegatedDeprecatedSrv,
                    (false, false) => Step::Srv,
                    (false, true) => Step::DeprecatedSrv,
                };
                Route::new(&self.name, step, Connect::Srv(targets), port)
            }
            None if !self.deprecated => return Ok(Resolve::Srv(Self { deprecated: true, ..self })),
            None => {
                let step = if delegated { Step::DelegatedFallback } else { Step::Fallback };
                let connect = Connect::Dns(self.name.host().to_owned());
                Route::new(&self.name, step, connect, DEFAULT_PORT)
            }
        };
        Ok(AddressQuery::of(Route { well_known: self.well_known, ..route }))
    }
}

/// Asks for the addresses of a host. The route is decided by now; whoever leaves look-ups to an HTTP client may stop
/// here and take [`route`](Self::route).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressQuery {
    route: Route,
    host: String,
    port: u16,
    later: VecDeque<(String, u16)>,
    found: Vec<SocketAddr>,
}

impl AddressQuery {
    fn of(route: Route) -> Resolve {
        let mut hosts: VecDeque<(String, u16)> = match &route.connect {
            Connect::Ip(address) => {
                let addresses = vec![SocketAddr::new(*address, route.port)];
                return Resolve::Done(Destination { route, addresses });
            }
            Connect::Dns(host) => [(host.clone(), route.port)].into(),
            Connect::Srv(targets) => {
                targets.iter().map(|target| (target.host.clone(), target.port)).collect()
            }
        };
        match hosts.pop_front() {
            Some((host, port)) => {
                Resolve::Addresses(Self { route, host, port, later: hosts, found: Vec::new() })
            }
            // An SRV route has a target.
            None => Resolve::Done(Destination { route, addresses: Vec::new() }),
        }
    }

    /// Returns the host to look up AAAA and A records of.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Returns the port that goes with the addresses.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Tells whether the host may be an alias. The target of an SRV record may not (RFC 2782).
    #[must_use]
    pub fn may_be_alias(&self) -> bool {
        matches!(self.route.connect, Connect::Dns(_))
    }

    /// Returns the route.
    #[must_use]
    pub fn route(&self) -> &Route {
        &self.route
    }

    /// Takes the addresses, in the order in which they are to be tried; none when there are none.
    ///
    /// # Errors
    ///
    /// [`Error::NoAddress`] when this was the last host and none had an address.
    pub fn answer(mut self, addresses: &[IpAddr]) -> Result<Resolve, Error> {
        let sockets =
            addresses.iter().take(MAX_ADDRESSES).map(|address| SocketAddr::new(*address, self.port));
        self.found.extend(sockets);
        if let Some((host, port)) = self.later.pop_front() {
            return Ok(Resolve::Addresses(Self { host, port, ..self }));
        }
        if self.found.is_empty() {
            return Err(Error::NoAddress(self.host));
        }
        Ok(Resolve::Done(Destination { route: self.route, addresses: self.found }))
    }
}
