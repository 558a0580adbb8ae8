//! Which Olm session to use, and when to make a new one (MSC1719), as functions of times in milliseconds.

/// How long after a new session with a device no other is made with it: one hour.
///
/// Source: [recovering from undecryptable messages](https://spec.matrix.org/v1.19/client-server-api/#recovering-from-undecryptable-messages).
pub const MIN_NEW_SESSION_INTERVAL_MS: i64 = 60 * 60 * 1000;

/// The times that matter of an Olm session, in milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OlmSessionTimes {
    /// When it was made.
    pub created_ms: i64,
    /// When a message was last received and decrypted with it.
    pub last_decrypted_ms: Option<i64>,
}

impl OlmSessionTimes {
    /// Returns the time that sessions are compared by: the last message that was decrypted, or else the creation.
    pub fn last_used_ms(&self) -> i64 {
        self.last_decrypted_ms.unwrap_or(self.created_ms)
    }
}

/// Returns the index of the session to send with: the one from which a message was last received and decrypted,
/// where a session without any counts as of its creation. Of equal ones it is the first.
///
/// Source: [`m.olm.v1.curve25519-aes-sha2`](https://spec.matrix.org/v1.19/client-server-api/#molmv1curve25519-aes-sha2),
/// MSC1719.
pub fn session_to_send_with(sessions: &[OlmSessionTimes]) -> Option<usize> {
    let (index, _) = sessions.iter().enumerate().rev().max_by_key(|(_, times)| times.last_used_ms())?;
    Some(index)
}

/// What to do about an Olm message that can't be decrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unwedge {
    /// Make a new session and send an `m.dummy` with it, so that the other side uses it as well.
    NewSession,
    /// A session was made within the last hour: make none before that time, in milliseconds since the Unix epoch.
    NotBefore(i64),
}

/// Decides what to do about a message from a device that can't be decrypted; `last_created_ms` is when a new session
/// with that device was last made for such a reason.
///
/// A clock that was set back since does not block for more than the hour.
///
/// Source: MSC1719, [recovering from undecryptable messages](https://spec.matrix.org/v1.19/client-server-api/#recovering-from-undecryptable-messages).
pub fn on_undecryptable_message(last_created_ms: Option<i64>, now_ms: i64) -> Unwedge {
    match last_created_ms.map(|last| last.min(now_ms).saturating_add(MIN_NEW_SESSION_INTERVAL_MS)) {
        Some(until) if now_ms < until => Unwedge::NotBefore(until),
        _ => Unwedge::NewSession,
    }
}
