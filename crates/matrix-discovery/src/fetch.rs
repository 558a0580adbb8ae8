//! A GET request that follows a bounded number of redirects.

use crate::{Error, HttpUrl};

/// How many redirects are followed before a `.well-known` look-up counts as failed.
pub const MAX_REDIRECTS: usize = 5;

/// What came back for a GET request.
///
/// The content type is of no interest: a `.well-known` document may have any. Whoever lets an HTTP client follow
/// redirects hands in the last response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HttpResponse<'a> {
    /// The status code.
    pub status: u16,
    /// The `Location` header, which a redirect has.
    pub location: Option<&'a str>,
    /// The body. What is larger than the limit of its kind is refused, so reading may stop there.
    pub body: &'a [u8],
}

impl<'a> HttpResponse<'a> {
    /// Makes a response that is no redirect.
    #[must_use]
    pub fn new(status: u16, body: &'a [u8]) -> Self {
        Self { status, location: None, body }
    }

    /// Returns the body of a response with the status 200.
    pub(crate) fn body_of_success(self) -> Result<&'a [u8], Error> {
        if self.status == 200 { Ok(self.body) } else { Err(Error::UnexpectedStatus(self.status)) }
    }
}

/// A request that has been asked for, and those that led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fetch {
    url: HttpUrl,
    visited: Vec<HttpUrl>,
}

/// What an answer leads to.
pub(crate) enum Fetched<'a> {
    Redirected(Fetch),
    Finished(Result<&'a [u8], Error>),
}

impl Fetch {
    pub(crate) fn new(url: HttpUrl) -> Self {
        Self { url, visited: Vec::new() }
    }

    pub(crate) fn url(&self) -> &HttpUrl {
        &self.url
    }

    pub(crate) fn answer<'a>(self, response: Option<HttpResponse<'a>>) -> Fetched<'a> {
        let Some(response) = response else { return Fetched::Finished(Err(Error::NoResponse)) };
        if !matches!(response.status, 301 | 302 | 303 | 307 | 308) {
            return Fetched::Finished(response.body_of_success());
        }
        match self.redirect(response.location.unwrap_or_default()) {
            Ok(next) => Fetched::Redirected(next),
            Err(error) => Fetched::Finished(Err(error)),
        }
    }

    fn redirect(mut self, location: &str) -> Result<Self, Error> {
        let next = self.url.join(location)?;
        if location.is_empty() || !next.is_https() {
            return Err(Error::InvalidRedirect(next.as_str().to_owned()));
        }
        self.visited.push(self.url);
        if self.visited.contains(&next) {
            return Err(Error::RedirectLoop(next.as_str().to_owned()));
        }
        if self.visited.len() > MAX_REDIRECTS {
            return Err(Error::TooManyRedirects);
        }
        Ok(Self { url: next, visited: self.visited })
    }
}
