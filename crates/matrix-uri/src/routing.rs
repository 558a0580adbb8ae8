use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::cmp::Reverse;

use matrix_identifiers::{ServerName, UserId};

/// How many servers a link names at most, by the recommendation.
pub const MAX_VIA_SERVERS: usize = 3;

/// The power level from which on a user's server is likely to stay in the room.
pub const MIN_POWER_LEVEL: i64 = 50;

/// Chooses servers that are likely to be in a room for long, to be the `via` of a link to it (MSC1704).
///
/// `members` are the joined members with their power levels; a creator of a room of version 12 or later,
/// who stands above all levels, counts as `i64::MAX`. `is_allowed` says whether the room's server ACL lets a
/// server take part. Up to three servers are chosen, each once, none denied and none an IP address:
///
/// 1. that of the member with the highest power level, if the level is 50 or more;
/// 2. then those with the most members.
///
/// The text leaves ties open. Of servers whose members have the same highest level, the one with more members
/// is taken; of servers with as many members, the name that sorts first.
///
/// Source: [routing](https://spec.matrix.org/v1.19/appendices/#routing).
///
/// ```
/// use matrix_identifiers::UserId;
/// use matrix_uri::pick_via_servers;
///
/// let members = [("@admin:a.example", 100), ("@b:big.example", 0), ("@c:big.example", 0), ("@d:203.0.113.1", 0)];
/// let members = members.map(|(user, level)| (UserId::parse(user).expect("a user ID"), level));
/// let via = pick_via_servers(members, |server| server.host() != "evil.example");
/// assert_eq!(via, ["a.example", "big.example"]);
/// ```
#[must_use]
pub fn pick_via_servers<'a>(
    members: impl IntoIterator<Item = (&'a UserId, i64)>,
    is_allowed: impl Fn(&ServerName) -> bool,
) -> Vec<&'a ServerName> {
    let mut servers: BTreeMap<&ServerName, Server> = BTreeMap::new();
    for (user, power_level) in members {
        let server = servers.entry(user.server_name()).or_default();
        server.members += 1;
        server.power_level = server.power_level.max(power_level);
    }
    let eligible = servers.into_iter().filter(|(name, _)| !name.is_ip_literal() && is_allowed(name));
    let mut eligible: Vec<_> = eligible.collect();
    // The sort is stable and the map was sorted: equals stay in the order of their names.
    eligible.sort_by_key(|(_, server)| Reverse(server.members));
    let highest = eligible.iter().map(|(_, server)| server.power_level).max();
    let first = highest.filter(|level| *level >= MIN_POWER_LEVEL).and_then(|level| {
        let at = eligible.iter().position(|(_, server)| server.power_level == level)?;
        eligible.get_mut(..=at)
    });
    if let Some(up_to_it) = first {
        up_to_it.rotate_right(1);
    }
    eligible.into_iter().take(MAX_VIA_SERVERS).map(|(name, _)| name).collect()
}

/// What counts of a server.
struct Server {
    members: u64,
    /// The highest of its members' levels.
    power_level: i64,
}

impl Default for Server {
    fn default() -> Self {
        Self { members: 0, power_level: i64::MIN }
    }
}
