//! Paths: parameters put into a template, and taken out again.

use std::collections::VecDeque;

use http::Uri;

use super::VersionedPath;
use crate::Error;
use crate::percent::component;

/// The longest path that is read, in bytes: 32 KiB.
pub const MAX_PATH_BYTES: usize = 32 * 1024;

/// The longest URL that is written, in bytes: as long as [`Uri`] takes.
const MAX_URL_BYTES: usize = 65_534;

/// Puts parameters into a template, in their order there.
pub(super) fn fill(template: &str, parameters: VecDeque<String>) -> String {
    let mut path = String::with_capacity(template.len() + 32 * parameters.len());
    let mut parameters = parameters.into_iter();
    for segment in template.split('/').skip(1) {
        path.push('/');
        if is_parameter(segment) {
            push_encoded(&parameters.next().unwrap_or_default(), &mut path);
        } else {
            path.push_str(segment);
        }
    }
    path
}

/// Puts a URL together. Without a base, it is a path and a query.
pub(super) fn url(base: &str, path: &str, query: &str) -> Result<Uri, Error> {
    if !base.is_empty() {
        check_base(base)?;
    }
    let base = base.strip_suffix('/').unwrap_or(base);
    let mark = if query.is_empty() { "" } else { "?" };
    let url = format!("{base}{path}{mark}{query}");
    if url.len() > MAX_URL_BYTES {
        return Err(Error::InvalidUrl("longer than 65534 bytes"));
    }
    Uri::try_from(url).map_err(|_| Error::InvalidUrl("no base URL of a server"))
}

/// Checks that a path can be appended to a URL: in one without a host, the path would begin with that; in one with a query
/// or a fragment, it would become part of these.
fn check_base(base: &str) -> Result<(), Error> {
    if base.contains(['?', '#']) {
        return Err(Error::InvalidUrl("a base URL has neither a query nor a fragment"));
    }
    let url = Uri::try_from(base).map_err(|_| Error::InvalidUrl("no base URL of a server"))?;
    match (url.scheme_str(), url.host()) {
        (Some("http" | "https"), Some(host)) if !host.is_empty() => Ok(()),
        _ => Err(Error::InvalidUrl("no base URL of a server")),
    }
}

fn push_encoded(value: &str, path: &mut String) {
    match value {
        // A URL library may take these for this directory and the one above.
        "." => path.push_str("%2E"),
        ".." => path.push_str("%2E%2E"),
        _ => path.extend(component(value)),
    }
}

/// Takes the parameters out of a path that is one of an endpoint's.
pub(super) fn take(path: &str, paths: &[VersionedPath]) -> Result<VecDeque<String>, Error> {
    if path.len() > MAX_PATH_BYTES {
        return Err(Error::PathTooLong { bytes: path.len(), max: MAX_PATH_BYTES });
    }
    let template = paths.iter().map(|path| path.template).find(|template| matches(path, template));
    let template = template.ok_or_else(|| Error::OtherPath(path.to_owned()))?;
    let segments = template.split('/').zip(path.split('/'));
    segments.filter(|(name, _)| is_parameter(name)).map(|(name, value)| decode(name, value)).collect()
}

/// Tells whether a path has the form of a template.
pub(super) fn matches(path: &str, template: &str) -> bool {
    let (mut segments, mut names) = (path.split('/'), template.split('/'));
    loop {
        match (segments.next(), names.next()) {
            (None, None) => return true,
            (Some(segment), Some(name)) if segment == name || is_parameter(name) => {}
            _ => return false,
        }
    }
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}

/// Decodes a segment strictly: each `%` begins an encoded byte, and the bytes are UTF-8.
fn decode(name: &str, segment: &str) -> Result<String, Error> {
    let invalid = |reason: &str| Error::InvalidParameter {
        name: name.trim_matches(['{', '}']).to_owned(),
        reason: reason.to_owned(),
    };
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' && !rest.next().zip(rest.next()).is_some_and(is_hex) {
            return Err(invalid("a `%` that begins no percent-encoded byte"));
        }
    }
    let decoded = percent_encoding::percent_decode_str(segment).decode_utf8();
    decoded.map(String::from).map_err(|_| invalid("no UTF-8 when percent-decoded"))
}

fn is_hex((high, low): (u8, u8)) -> bool {
    high.is_ascii_hexdigit() && low.is_ascii_hexdigit()
}
