//! Answers from the network: hickory-resolver and reqwest.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use hickory_resolver::{
    TokioResolver,
    config::{ConnectionConfig, NameServerConfig, ResolverConfig},
    net::runtime::TokioRuntimeProvider,
    proto::rr::RData,
};
use matrix_discovery::{CertificateName, Destination, SrvRecord};
use reqwest::{
    Certificate, Client, ClientBuilder,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{HOST, HeaderMap},
    redirect::Policy,
};

use crate::network::{MAX_BODY_BYTES, Network, Reply, server_version};

const TIMEOUT: Duration = Duration::from_secs(10);

/// Where to ask, other than where everybody does.
#[derive(Default)]
pub(crate) struct Options {
    /// The name server; that of the system by default.
    pub(crate) dns: Option<SocketAddr>,
    /// The port of URLs that name none; 0 is the usual.
    pub(crate) https_port: u16,
    /// A file with the certificate of the one authority to trust; by default those that the system trusts.
    pub(crate) ca: Option<String>,
}

pub(crate) struct Live {
    resolver: TokioResolver,
    client: Client,
    ca: Option<Certificate>,
}

impl Live {
    pub(crate) fn new(options: &Options) -> Result<Self, String> {
        // Two names for one provider of cryptography would be an error; ours is the only one.
        _ = rustls::crypto::ring::default_provider().install_default();
        let resolver = resolver(options.dns)?;
        let ca = options.ca.as_deref().map(certificate).transpose()?;
        let dns = Dns { resolver: resolver.clone(), port: options.https_port };
        let client = builder(ca.as_ref()).dns_resolver(Arc::new(dns)).build().map_err(explain)?;
        Ok(Self { resolver, client, ca })
    }

    /// Asks the server at the end of a resolution for its version, as any federation request would be sent: to its
    /// address, with its `Host` header, under its certificate's name.
    pub(crate) async fn server_version(&self, destination: &Destination) -> Result<String, String> {
        let route = &destination.route;
        let mut failure = "no address".to_owned();
        for address in &destination.addresses {
            let (client, authority) = match &route.certificate {
                CertificateName::Dns(name) => {
                    let client =
                        builder(self.ca.as_ref()).resolve(name, *address).build().map_err(explain)?;
                    (client, format!("{name}:{}", address.port()))
                }
                CertificateName::Ip(_) => (self.client.clone(), address.to_string()),
            };
            let url = format!("https://{authority}/_matrix/federation/v1/version");
            let request = client.get(url).header(HOST, &route.host_header);
            match reply(request).await {
                Ok(reply) => {
                    let version = server_version(&reply.body).unwrap_or_else(|| "something else".to_owned());
                    return Ok(format!("{address} runs {version} (status {})", reply.status));
                }
                Err(message) => failure = format!("{address}: {message}"),
            }
        }
        Err(failure)
    }
}

impl Network for Live {
    async fn get(&self, url: &str) -> Result<Reply, String> {
        reply(self.client.get(url)).await
    }

    async fn srv(&self, name: &str) -> Result<Vec<SrvRecord>, String> {
        // A dot at the end keeps the search list of the system out.
        match self.resolver.srv_lookup(format!("{name}.")).await {
            Ok(found) => Ok(found.answers().iter().filter_map(|record| srv_record(&record.data)).collect()),
            Err(error) if error.is_no_records_found() => Ok(Vec::new()),
            Err(error) => Err(format!("SRV {name}: {error}")),
        }
    }

    async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, String> {
        match self.resolver.lookup_ip(format!("{}.", host.trim_end_matches('.'))).await {
            Ok(found) => Ok(found.iter().collect()),
            Err(error) if error.is_no_records_found() => Ok(Vec::new()),
            Err(error) => Err(format!("{host}: {error}")),
        }
    }
}

fn srv_record(data: &RData) -> Option<SrvRecord> {
    let RData::SRV(srv) = data else { return None };
    Some(SrvRecord {
        priority: srv.priority,
        weight: srv.weight,
        port: srv.port,
        target: srv.target.to_string(),
    })
}

fn resolver(name_server: Option<SocketAddr>) -> Result<TokioResolver, String> {
    let builder = match name_server {
        None => TokioResolver::builder_tokio(),
        Some(address) => {
            let mut connection = ConnectionConfig::udp();
            connection.port = address.port();
            let server = NameServerConfig::new(address.ip(), true, vec![connection]);
            let config = ResolverConfig::from_name_servers(vec![server]);
            Ok(TokioResolver::builder_with_config(config, TokioRuntimeProvider::default()))
        }
    };
    builder.and_then(|builder| builder.build()).map_err(|error| format!("DNS: {error}"))
}

fn certificate(path: &str) -> Result<Certificate, String> {
    let pem = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    Certificate::from_pem(&pem).map_err(explain)
}

fn builder(ca: Option<&Certificate>) -> ClientBuilder {
    let builder = Client::builder().no_proxy().timeout(TIMEOUT).redirect(Policy::none());
    match ca {
        Some(ca) => builder.tls_certs_only([ca.clone()]),
        None => builder,
    }
}

/// Sends a request, and reads no more of the response than is of use.
async fn reply(request: reqwest::RequestBuilder) -> Result<Reply, String> {
    let mut response = request.send().await.map_err(explain)?;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(explain)? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_BODY_BYTES {
            break;
        }
    }
    let headers = response.headers();
    Ok(Reply {
        status: response.status().as_u16(),
        location: joined(headers, "location"),
        cache_control: joined(headers, "cache-control"),
        expires: joined(headers, "expires"),
        date: joined(headers, "date"),
        age: joined(headers, "age"),
        body,
    })
}

fn joined(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Vec<&str> = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// The whole chain of causes.
fn explain(error: reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// Has reqwest look up names as the rest does.
struct Dns {
    resolver: TokioResolver,
    port: u16,
}

impl Resolve for Dns {
    fn resolve(&self, name: Name) -> Resolving {
        let (resolver, port) = (self.resolver.clone(), self.port);
        Box::pin(async move {
            let found = resolver.lookup_ip(format!("{}.", name.as_str().trim_end_matches('.'))).await?;
            let addresses: Vec<SocketAddr> =
                found.iter().map(|address| SocketAddr::new(address, port)).collect();
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}
