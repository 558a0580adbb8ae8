//! IPv4 and IPv6 addresses as server names write them.
//!
//! Source: [server name](https://spec.matrix.org/v1.19/appendices/#server-name); for IPv6,
//! RFC 3513, section 2.2. The standard library's reader is not used because the grammar of a dotted quad
//! is one to three digits for each number, with leading zeros allowed and meaning nothing (the numbers are
//! decimal), and the library refuses those.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Reads a host: a dotted quad, or an IPv6 address in brackets.
pub(crate) fn parse(host: &[u8]) -> Option<IpAddr> {
    match host.strip_prefix(b"[").and_then(|rest| rest.strip_suffix(b"]")) {
        Some(inside) => parse_v6(inside).map(IpAddr::V6),
        None => parse_v4(host).map(IpAddr::V4),
    }
}

/// Reads four numbers of one to three digits, each up to 255, with dots between them.
fn parse_v4(text: &[u8]) -> Option<Ipv4Addr> {
    let mut octets = [0_u8; 4];
    let mut numbers = text.split(|&byte| byte == b'.');
    for octet in &mut octets {
        let digits = numbers.next()?;
        if digits.is_empty() || digits.len() > 3 {
            return None;
        }
        *octet = digits.iter().try_fold(0_u8, |value, &byte| {
            let digit = byte.is_ascii_digit().then(|| byte - b'0')?;
            value.checked_mul(10)?.checked_add(digit)
        })?;
    }
    numbers.next().is_none().then(|| Ipv4Addr::from(octets))
}

/// Reads an IPv6 address without brackets. A zone (`%eth0`) is no part of the grammar.
pub(crate) fn parse_v6(text: &[u8]) -> Option<Ipv6Addr> {
    let gap = text.windows(2).position(|pair| pair == b"::");
    let Some(gap) = gap else {
        let (groups, count) = groups(text, true)?;
        return (count == 8).then(|| Ipv6Addr::from(groups));
    };
    let (mut address, before) = groups(text.get(..gap)?, false)?;
    let (after, count) = groups(text.get(gap + 2..)?, true)?;
    // The gap stands for at least one group.
    if before + count > 7 {
        return None;
    }
    let tail = address.get_mut(8 - count..)?;
    tail.iter_mut().zip(after).for_each(|(to, from)| *to = from);
    Some(Ipv6Addr::from(address))
}

/// Reads up to eight groups with colons between them; no text is no groups. Where `dotted` says so, the
/// last may be a dotted quad, which counts as two.
fn groups(text: &[u8], dotted: bool) -> Option<([u16; 8], usize)> {
    let mut groups = [0_u16; 8];
    let mut count = 0;
    if text.is_empty() {
        return Some((groups, count));
    }
    let mut parts = text.split(|&byte| byte == b':').peekable();
    while let Some(part) = parts.next() {
        if dotted && parts.peek().is_none() && part.contains(&b'.') {
            let [a, b, c, d] = parse_v4(part)?.octets();
            *groups.get_mut(count)? = u16::from_be_bytes([a, b]);
            *groups.get_mut(count + 1)? = u16::from_be_bytes([c, d]);
            return Some((groups, count + 2));
        }
        *groups.get_mut(count)? = group(part)?;
        count += 1;
    }
    Some((groups, count))
}

/// Reads one to four hexadecimal digits.
fn group(digits: &[u8]) -> Option<u16> {
    if digits.is_empty() || digits.len() > 4 {
        return None;
    }
    digits.iter().try_fold(0_u16, |value, &byte| {
        let digit = char::from(byte).to_digit(16).and_then(|digit| u16::try_from(digit).ok())?;
        Some(value << 4 | digit)
    })
}
