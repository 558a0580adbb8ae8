//! Where a server name leads, as the specification's steps decide it.

use core::{fmt, net::IpAddr};
use std::net::SocketAddr;

use matrix_identifiers::{OwnedServerName, ServerName};

use crate::{Error, SrvTarget};

/// The port of a server that names none.
pub const DEFAULT_PORT: u16 = 8448;

/// A step of [resolving server names](https://spec.matrix.org/v1.19/server-server-api/#resolving-server-names).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// 1: the name is an IP literal.
    IpLiteral,
    /// 2: the name has a port.
    ExplicitPort,
    /// 3.1: the delegated name is an IP literal.
    DelegatedIpLiteral,
    /// 3.2: the delegated name has a port.
    DelegatedExplicitPort,
    /// 3.3: a `_matrix-fed._tcp` record of the delegated name.
    DelegatedSrv,
    /// 3.4: a `_matrix._tcp` record of the delegated name.
    DelegatedDeprecatedSrv,
    /// 3.5: the delegated name itself, port 8448.
    DelegatedFallback,
    /// 4: a `_matrix-fed._tcp` record of the name.
    Srv,
    /// 5: a `_matrix._tcp` record of the name.
    DeprecatedSrv,
    /// 6: the name itself, port 8448.
    Fallback,
}

impl Step {
    /// Returns the number that the specification gives the step, as `3.5`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::IpLiteral => "1",
            Self::ExplicitPort => "2",
            Self::DelegatedIpLiteral => "3.1",
            Self::DelegatedExplicitPort => "3.2",
            Self::DelegatedSrv => "3.3",
            Self::DelegatedDeprecatedSrv => "3.4",
            Self::DelegatedFallback => "3.5",
            Self::Srv => "4",
            Self::DeprecatedSrv => "5",
            Self::Fallback => "6",
        }
    }

    /// Tells whether the step is one that the specification deprecates: an SRV record of `_matrix._tcp`.
    #[must_use]
    pub fn is_deprecated(self) -> bool {
        matches!(self, Self::DelegatedDeprecatedSrv | Self::DeprecatedSrv)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What to connect to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connect {
    /// An address.
    Ip(IpAddr),
    /// A host, whose addresses are looked up; it may be an alias (CNAME).
    Dns(String),
    /// Hosts and ports in the order in which they are to be tried; none may be an alias.
    Srv(Vec<SrvTarget>),
}

/// The name that the server's certificate must be for (MSC1711).
///
/// It is that of the server name or of the one it delegates to, never the target of an SRV record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateName {
    /// A DNS name, without a trailing dot; also what to send as SNI.
    Dns(String),
    /// An address. SNI is not sent.
    Ip(IpAddr),
}

impl fmt::Display for CertificateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(name) => f.write_str(name),
            Self::Ip(address) => address.fmt(f),
        }
    }
}

/// Where requests to a server go and as what, before any address is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The step that decided.
    pub step: Step,
    /// What to connect to.
    pub connect: Connect,
    /// The port; with SRV records that of the first to be tried.
    pub port: u16,
    /// The value of the `Host` header.
    pub host_header: String,
    /// The name that the certificate must be for.
    pub certificate: CertificateName,
    /// The outcome of the `.well-known` look-up, which is what to cache; `None` when there was none.
    pub well_known: Option<Result<OwnedServerName, Error>>,
}

impl Route {
    /// Makes the route of steps 1 and 2, or 3.1 and 3.2: those of an IP literal or an explicit port.
    pub(crate) fn direct(name: &ServerName, delegated: bool) -> Option<Self> {
        let port = name.port().unwrap_or(DEFAULT_PORT);
        let (step, connect) = match (name.ip_address(), name.port()) {
            (Some(address), _) if delegated => (Step::DelegatedIpLiteral, Connect::Ip(address)),
            (Some(address), _) => (Step::IpLiteral, Connect::Ip(address)),
            (None, Some(_)) if delegated => {
                (Step::DelegatedExplicitPort, Connect::Dns(name.host().to_owned()))
            }
            (None, Some(_)) => (Step::ExplicitPort, Connect::Dns(name.host().to_owned())),
            (None, None) => return None,
        };
        Some(Self::new(name, step, connect, port))
    }

    pub(crate) fn new(name: &ServerName, step: Step, connect: Connect, port: u16) -> Self {
        let certificate = match name.ip_address() {
            Some(address) => CertificateName::Ip(address),
            None => CertificateName::Dns(name.host().strip_suffix('.').unwrap_or(name.host()).to_owned()),
        };
        Self { step, connect, port, host_header: name.as_str().to_owned(), certificate, well_known: None }
    }
}

/// Where to connect: the end of a resolution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// What led here, with the `Host` header and the name of the certificate.
    pub route: Route,
    /// The addresses and ports, in the order in which they are to be tried; at least one.
    pub addresses: Vec<SocketAddr>,
}
