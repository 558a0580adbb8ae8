//! What a driver of discovery asks of the world.

use std::net::IpAddr;

use matrix_discovery::{CacheHeaders, HttpResponse, SrvRecord};
use serde_json::Value;

/// The most that is read of a response, in bytes. Beyond that, each kind of body is refused anyway.
pub(crate) const MAX_BODY_BYTES: usize = 512 * 1024;

/// Something that answers.
pub(crate) trait Network {
    /// Sends a GET request, and follows no redirect.
    async fn get(&self, url: &str) -> Result<Reply, String>;
    /// Looks up SRV records; none is no error.
    async fn srv(&self, name: &str) -> Result<Vec<SrvRecord>, String>;
    /// Looks up AAAA and A records; none is no error.
    async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, String>;
}

/// A response.
#[derive(Default)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) cache_control: Option<String>,
    pub(crate) expires: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) age: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn response(&self) -> HttpResponse<'_> {
        HttpResponse { status: self.status, location: self.location.as_deref(), body: &self.body }
    }

    pub(crate) fn cache_headers(&self) -> CacheHeaders<'_> {
        CacheHeaders {
            cache_control: self.cache_control.as_deref(),
            expires: self.expires.as_deref(),
            date: self.date.as_deref(),
            age: self.age.as_deref(),
        }
    }
}

/// A random number for the choice among SRV records. Without one the heaviest comes first.
pub(crate) fn random() -> u64 {
    getrandom::u64().unwrap_or(u64::MAX)
}

/// The fields that the end of a lookup prints of a server's version.
pub(crate) fn server_version(body: &[u8]) -> Option<String> {
    let version: Value = serde_json::from_slice(body).ok()?;
    let server = version.get("server")?;
    Some(format!("{} {}", server.get("name")?.as_str()?, server.get("version")?.as_str()?))
}
