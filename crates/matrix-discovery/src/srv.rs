//! SRV records and the order in which their targets are tried.
//!
//! Source: RFC 2782; steps 3.3, 3.4, 4 and 5 of
//! [resolving server names](https://spec.matrix.org/v1.19/server-server-api/#resolving-server-names).

use core::cmp::Reverse;

use crate::Error;

/// How many SRV records of an answer are used, the first by priority and weight.
pub const MAX_SRV_RECORDS: usize = 32;

/// The data of an SRV record, as DNS has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SrvRecord {
    /// The smaller, the earlier its target is tried.
    pub priority: u16,
    /// Its share of the choices among records of one priority.
    pub weight: u16,
    /// The port of the service.
    pub port: u16,
    /// The host of the service, with or without the root's dot. A lone dot says that there is no service.
    pub target: String,
}

/// The host and port that an SRV record leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SrvTarget {
    /// The host, without a trailing dot. Its addresses are looked up with AAAA and A queries; it may not be an alias.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The record's priority.
    pub priority: u16,
    /// The record's weight.
    pub weight: u16,
}

/// Chooses one of several weights, each with the probability of its share; returns its place.
///
/// `random` is uniform over all of `u64`. As RFC 2782 has it, a weight of 0 beside others is chosen hardly ever. For
/// the largest number the heaviest is chosen, the first of equals, so that an order can be made without randomness.
/// `None` for no weights.
#[must_use]
pub fn weighted_choice(weights: &[u16], random: u64) -> Option<usize> {
    let mut places: Vec<(u16, Reverse<usize>)> =
        weights.iter().enumerate().map(|(place, weight)| (*weight, Reverse(place))).collect();
    places.sort_unstable();
    let sum: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
    // A number from 0 to the sum, both included.
    let chosen = (u128::from(random) * (u128::from(sum) + 1)) >> 64;
    let mut running = 0_u128;
    for (weight, Reverse(place)) in &places {
        running += u128::from(*weight);
        // Without any weight, all numbers are 0 and so is the sum: each is as good.
        if sum > 0 && running >= chosen {
            return Some(*place);
        }
    }
    let among = u128::try_from(weights.len()).unwrap_or_default();
    let place = ((u128::from(u64::MAX - random)) * among) >> 64;
    usize::try_from(place).ok().filter(|_| !weights.is_empty())
}

/// Orders the usable records: by priority, and within one by weighted choice. `random` is called once for each choice.
///
/// Nothing when there is no usable record.
pub(crate) fn targets(
    records: &[SrvRecord],
    service: &str,
    mut random: impl FnMut() -> u64,
) -> Result<Vec<SrvTarget>, Error> {
    let mut usable: Vec<SrvTarget> = records.iter().filter_map(target).collect();
    if usable.is_empty() && records.iter().any(|record| record.target == ".") {
        return Err(Error::ServiceNotAvailable(service.to_owned()));
    }
    usable.sort_by_key(|target| (target.priority, Reverse(target.weight)));
    usable.truncate(MAX_SRV_RECORDS);
    let mut ordered = Vec::with_capacity(usable.len());
    for group in usable.chunk_by(|one, other| one.priority == other.priority) {
        let mut left: Vec<&SrvTarget> = group.iter().collect();
        while left.len() > 1 {
            let weights: Vec<u16> = left.iter().map(|target| target.weight).collect();
            let Some(place) = weighted_choice(&weights, random()).filter(|place| *place < left.len()) else {
                break;
            };
            ordered.push(left.remove(place).clone());
        }
        ordered.extend(left.into_iter().cloned());
    }
    Ok(ordered)
}

/// Reads a record; `None` for one that leads nowhere.
fn target(record: &SrvRecord) -> Option<SrvTarget> {
    let host = record.target.strip_suffix('.').unwrap_or(&record.target);
    let name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if host.is_empty() || host.len() > 255 || record.port == 0 || !host.bytes().all(name) {
        return None;
    }
    let SrvRecord { priority, weight, port, .. } = *record;
    Some(SrvTarget { host: host.to_owned(), port, priority, weight })
}
