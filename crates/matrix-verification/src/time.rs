//! The times of verification, in milliseconds.

/// A verification that is not complete after this long has failed: 10 minutes.
///
/// Source: [error and exception handling](https://spec.matrix.org/v1.19/client-server-api/#error-and-exception-handling).
pub const TOTAL_TIMEOUT_MS: i64 = 10 * 60 * 1000;
/// A transaction ID that goes unused for this long is forgotten: 10 minutes.
///
/// Source: as for [`TOTAL_TIMEOUT_MS`].
pub const IDLE_TIMEOUT_MS: i64 = 10 * 60 * 1000;
/// A request is shown no longer than this after it came: 2 minutes.
///
/// Source: [key verification framework](https://spec.matrix.org/v1.19/client-server-api/#key-verification-framework).
pub const PROMPT_AFTER_RECEIPT_MS: i64 = 2 * 60 * 1000;
/// A request is ignored, and no longer shown, when it is older than this: 10 minutes.
pub const MAX_REQUEST_AGE_MS: i64 = 10 * 60 * 1000;
/// A request is ignored when its time lies further in the future than this: 5 minutes.
pub const MAX_REQUEST_AHEAD_MS: i64 = 5 * 60 * 1000;

/// Tells whether a request of that time is to be looked at: neither more than 10 minutes old nor more than 5 minutes
/// ahead.
///
/// Source: [`m.key.verification.request`](https://spec.matrix.org/v1.19/client-server-api/#mkeyverificationrequest),
/// MSC1717.
pub fn is_request_current(timestamp_ms: i64, now_ms: i64) -> bool {
    timestamp_ms.saturating_sub(now_ms) <= MAX_REQUEST_AHEAD_MS
        && now_ms.saturating_sub(timestamp_ms) <= MAX_REQUEST_AGE_MS
}

/// Returns until when a request is shown: 10 minutes from its time or 2 minutes from its receipt, whichever is first.
///
/// Source: as for [`PROMPT_AFTER_RECEIPT_MS`].
pub fn prompt_until_ms(timestamp_ms: i64, received_ms: i64) -> i64 {
    let by_age = timestamp_ms.saturating_add(MAX_REQUEST_AGE_MS);
    by_age.min(received_ms.saturating_add(PROMPT_AFTER_RECEIPT_MS))
}
