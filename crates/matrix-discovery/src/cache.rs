//! For how long a `.well-known` look-up is good.

use std::time::{Duration, UNIX_EPOCH};

/// For how long a result is good whose headers don't say, in seconds: 24 hours.
pub const DEFAULT_TTL_S: u64 = 24 * 3600;
/// For how long any result is good at most, in seconds: 48 hours.
pub const MAX_TTL_S: u64 = 48 * 3600;
/// For how long a failure is remembered at most, in seconds: an hour.
pub const MAX_FAILURE_TTL_S: u64 = 3600;
/// For how long the first of several failures is remembered, in seconds: 5 minutes. Each further one doubles that.
pub const MIN_FAILURE_TTL_S: u64 = 300;

/// The headers of a response that say for how long it is good.
///
/// A header that occurs several times is given joined by commas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheHeaders<'a> {
    /// `Cache-Control`.
    pub cache_control: Option<&'a str>,
    /// `Expires`.
    pub expires: Option<&'a str>,
    /// `Date`.
    pub date: Option<&'a str>,
    /// `Age`.
    pub age: Option<&'a str>,
}

/// Returns for how many seconds from `now_s` the valid result of a `.well-known` look-up is good.
///
/// `max-age` counts before `Expires`; `no-store` and `no-cache` make it 0, as does an `Expires` in the past or one that
/// is no date. What took place in other caches (`Age`) is subtracted. Without anything readable it is
/// [`DEFAULT_TTL_S`], and never more than [`MAX_TTL_S`]. `now_s` is in seconds since the Unix epoch.
///
/// Source: [resolving server names](https://spec.matrix.org/v1.19/server-server-api/#resolving-server-names), step 3;
/// MSC1708; RFC 9111, sections 4.2.1, 5.2.2 and 5.3.
#[must_use]
pub fn result_ttl_s(now_s: u64, headers: &CacheHeaders<'_>) -> u64 {
    explicit_ttl_s(now_s, headers).unwrap_or(DEFAULT_TTL_S).min(MAX_TTL_S)
}

/// Returns for how many seconds the failure of a `.well-known` look-up is remembered, after which it is tried again.
///
/// `failures` counts those in a row, this one included: 5, 10, 20, 40 and then 60 minutes. Headers can make that longer,
/// but not longer than [`MAX_FAILURE_TTL_S`].
#[must_use]
pub fn failure_ttl_s(now_s: u64, headers: &CacheHeaders<'_>, failures: u32) -> u64 {
    let doublings = failures.saturating_sub(1).min(16);
    let backed_off = MIN_FAILURE_TTL_S << doublings;
    backed_off.max(explicit_ttl_s(now_s, headers).unwrap_or_default()).min(MAX_FAILURE_TTL_S)
}

/// Tells whether an earlier result stays in use though looking it up again failed.
///
/// It does while it is good and the failure may pass: no response, a status from 500 on, or 429 (too many requests).
/// Any other answer is a statement of the server's and replaces what it said before. `left_s` is what remains of its
/// time in seconds, `status` that of the response, if one came.
#[must_use]
pub fn keeps_result(left_s: u64, status: Option<u16>) -> bool {
    left_s > 0 && status.is_none_or(|status| status >= 500 || status == 429)
}

/// What the headers say, if they say anything.
fn explicit_ttl_s(now_s: u64, headers: &CacheHeaders<'_>) -> Option<u64> {
    let directives = || headers.cache_control.unwrap_or_default().split(',').map(directive);
    if directives().any(|(name, _)| is(name, "no-store") || is(name, "no-cache")) {
        return Some(0);
    }
    let max_age = directives().find(|(name, _)| is(name, "max-age")).and_then(|(_, value)| seconds(value));
    let lifetime = match (max_age, headers.expires) {
        (Some(max_age), _) => max_age,
        (None, Some(expires)) => {
            let sent = headers.date.and_then(date_s).unwrap_or(now_s);
            date_s(expires).map_or(0, |expires| expires.saturating_sub(sent))
        }
        (None, None) => return None,
    };
    // Of several ages the first counts (RFC 9111, section 5.1).
    let age = headers.age.and_then(|ages| seconds(ages.split(',').next()?)).unwrap_or_default();
    Some(lifetime.saturating_sub(age))
}

fn directive(text: &str) -> (&str, &str) {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    (name.trim(), value.trim())
}

fn is(name: &str, wanted: &str) -> bool {
    name.eq_ignore_ascii_case(wanted)
}

/// Reads digits, perhaps in quotes; more than can be counted is a very long time.
fn seconds(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(digits.parse().unwrap_or(u64::MAX))
}

/// Reads an HTTP date, in seconds since the Unix epoch.
fn date_s(text: &str) -> Option<u64> {
    let date = httpdate::parse_http_date(text).ok()?;
    date.duration_since(UNIX_EPOCH).ok().as_ref().map(Duration::as_secs)
}
