//! Choosing integration managers.

use matrix_discovery::{INTEGRATIONS_REFRESH_MS, IntegrationManager, ManagerSource};

/// How many integration managers a client shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ManagerPolicy {
    /// One: the first of all that are preferred.
    First,
    /// All of those who are preferred: the user's own, or else the homeserver's, or else the client's.
    Preferred,
    /// All there are, the preferred ones first.
    All,
    /// None: integrations are switched off.
    None,
}

/// Returns the integration managers to show, of those that
/// [`preferred_managers`](matrix_discovery::preferred_managers) has put in order. Whatever the policy, unless it is
/// [`None`](ManagerPolicy::None) one of the preferred is among them.
///
/// Source: MSC1957.
#[must_use]
pub fn managers_to_show<'a>(
    ordered: &[(ManagerSource, &'a IntegrationManager)],
    policy: ManagerPolicy,
) -> Vec<(ManagerSource, &'a IntegrationManager)> {
    let best = ordered.first().map(|(source, _)| *source);
    let shown =
        ordered.iter().filter(|(source, _)| policy != ManagerPolicy::Preferred || Some(*source) == best);
    let most = match policy {
        ManagerPolicy::None => 0,
        ManagerPolicy::First => 1,
        ManagerPolicy::Preferred | ManagerPolicy::All => usize::MAX,
    };
    shown.take(most).copied().collect()
}

/// Tells whether it is time to look for changes in what the homeserver suggests: at the start, and every 8 hours. Times
/// are in milliseconds; a clock that was turned back is no reason to wait longer.
///
/// Source: MSC1957.
#[must_use]
pub fn refresh_is_due(last_ms: Option<u64>, now_ms: u64) -> bool {
    last_ms.is_none_or(|last| now_ms < last || now_ms - last >= INTEGRATIONS_REFRESH_MS)
}
