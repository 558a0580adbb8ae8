//! When to try again.

use std::time::{Duration, UNIX_EPOCH};

use http::HeaderValue;

/// The value of a `Retry-After` header.
///
/// Source: RFC 9110, section 10.2.3; [rate limiting](https://spec.matrix.org/v1.19/client-server-api/#rate-limiting).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// So many seconds from now.
    Seconds(u64),
    /// At this time, in milliseconds since the Unix epoch.
    At(u64),
}

impl RetryAfter {
    /// Reads the value of a header; `None` when it is neither a number of seconds nor a date.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let value = value.trim();
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            // More seconds than can be counted are forever.
            return Some(Self::Seconds(value.parse().unwrap_or(u64::MAX)));
        }
        let at = httpdate::parse_http_date(value).ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self::At(u64::try_from(at.as_millis()).unwrap_or(u64::MAX)))
    }

    /// Returns how long to wait from `now_ms` (milliseconds since the Unix epoch), in milliseconds.
    #[must_use]
    pub fn wait_ms(self, now_ms: u64) -> u64 {
        match self {
            Self::Seconds(seconds) => seconds.saturating_mul(1000),
            Self::At(at) => at.saturating_sub(now_ms),
        }
    }

    /// Returns the value as a header has it; `None` for a date after the year 9999.
    pub(super) fn to_header(self) -> Option<HeaderValue> {
        // The last second of the year 9999: the format ends there.
        const LAST: u64 = 253_402_300_799;
        match self {
            Self::Seconds(seconds) => Some(seconds.into()),
            Self::At(at) if at / 1000 > LAST => None,
            Self::At(at) => {
                let date = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_millis(at));
                HeaderValue::try_from(date).ok()
            }
        }
    }
}
