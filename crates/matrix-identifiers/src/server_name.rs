use core::net::IpAddr;

use crate::{Error, grammar, ip_literal, scan};

identifier! {
    /// The name of a homeserver: a DNS name, an IPv4 address or an IPv6 address in brackets, and
    /// perhaps a port.
    ///
    /// Names are compared byte by byte: `example.org` and `EXAMPLE.ORG` are two servers. A host is at most
    /// 255 bytes long. A port has one to five digits, whose value must be one that a port can have. Reading takes
    /// all that; [`OwnedServerName::new`] asks more of the name of a new server.
    ///
    /// Source: [server name](https://spec.matrix.org/v1.19/appendices/#server-name).
    ///
    /// ```
    /// use matrix_identifiers::ServerName;
    ///
    /// let name = ServerName::parse("[2001:db8::1]:8448")?;
    /// assert_eq!((name.host(), name.port()), ("[2001:db8::1]", Some(8448)));
    /// assert!(name.is_ip_literal());
    /// # Ok::<(), matrix_identifiers::Error>(())
    /// ```
    ServerName, OwnedServerName, check, shown
}

impl ServerName {
    /// Returns the name without its port; an IPv6 address keeps its brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.get(..host_end(self.as_bytes())).unwrap_or_default()
    }

    /// Returns the port that the name gives, if any.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        parse_port(self.as_bytes().get(host_end(self.as_bytes()) + 1..)?)
    }

    /// Tells whether the host is an IPv4 or IPv6 address rather than a DNS name.
    #[must_use]
    pub fn is_ip_literal(&self) -> bool {
        self.ip_address().is_some()
    }

    /// Returns the address when the host is an IP literal.
    #[must_use]
    pub fn ip_address(&self) -> Option<IpAddr> {
        ip_literal::parse(self.host().as_bytes())
    }
}

impl OwnedServerName {
    /// Makes the name of a new server, as the specification recommends to choose one: at most 230 bytes with the
    /// port, in lower case, and a DNS name has characters before, between and after its dots.
    ///
    /// # Errors
    ///
    /// Fails as [`ServerName::parse`] does, and where the name goes against one of these recommendations.
    pub fn new(text: &str) -> Result<Self, Error> {
        let name = ServerName::parse(text)?;
        grammar::check_length(text, MAX_NEW_NAME_BYTES)?;
        if let Some(at) = text.bytes().position(|byte| byte.is_ascii_uppercase()) {
            return Err(Error::character_at(text, at));
        }
        if !name.is_ip_literal() {
            grammar::check_labels(name.host())?;
        }
        Ok(name.into())
    }
}

/// The longest name that a new server should take, in bytes, port included.
const MAX_NEW_NAME_BYTES: usize = 230;

fn check(text: &str) -> Result<(), Error> {
    if text.is_empty() { Err(Error::Empty) } else { check_at(text, 0) }
}

/// Checks that `text` from byte `start` on is a server name. Offsets in errors are those of `text`.
///
/// One pass over the bytes decides about a DNS name. An IPv4 address needs nothing more: all its characters
/// are those of a DNS name too, and four numbers beyond 255 are a DNS name.
#[inline]
pub(crate) fn check_at(text: &str, start: usize) -> Result<(), Error> {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let end = scan::not_dns(rest).unwrap_or(rest.len());
    if end == rest.len() && 0 < end && end <= MAX_HOST_BYTES {
        return Ok(());
    }
    check_rest(text, start, end)
}

/// The longest `dns-name`, in bytes.
const MAX_HOST_BYTES: usize = 255;

/// Decides about what is not just a DNS name: `end` is the length of its prefix of DNS characters.
fn check_rest(text: &str, start: usize, end: usize) -> Result<(), Error> {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let host_end = match (end, rest.get(end)) {
        (0, Some(b'[')) => check_brackets(rest).ok_or(Error::InvalidIpv6 { offset: start })?,
        (0, None | Some(b':')) => return Err(Error::MissingHost { offset: start }),
        (_, None | Some(b':')) if end > MAX_HOST_BYTES => {
            return Err(Error::TooLong { length: end, max: MAX_HOST_BYTES });
        }
        _ => end,
    };
    match rest.get(host_end) {
        None => Ok(()),
        Some(b':') => check_port(text, start + host_end + 1),
        Some(_) => Err(Error::character_at(text, start + host_end)),
    }
}

/// Returns the length of the bracketed IPv6 address at the start of `rest`, brackets included.
fn check_brackets(rest: &[u8]) -> Option<usize> {
    let inside = rest.strip_prefix(b"[")?;
    let close = inside.iter().position(|&byte| byte == b']')?;
    ip_literal::parse_v6(inside.get(..close)?)?;
    Some(close + 2)
}

fn check_port(text: &str, start: usize) -> Result<(), Error> {
    let digits = text.as_bytes().get(start..).unwrap_or_default();
    parse_port(digits).map(|_| ()).ok_or(Error::InvalidPort { offset: start })
}

/// Reads one to five decimal digits of a value that fits.
#[inline]
fn parse_port(digits: &[u8]) -> Option<u16> {
    if digits.is_empty() || digits.len() > 5 {
        return None;
    }
    let mut port = 0_u32;
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        port = port * 10 + u32::from(digit);
    }
    u16::try_from(port).ok()
}

/// The length of the host in a checked server name: what precedes the colon after the brackets, if any.
fn host_end(name: &[u8]) -> usize {
    let brackets = match name.first() {
        Some(b'[') => name.iter().position(|&byte| byte == b']').unwrap_or_default(),
        _ => 0,
    };
    let colon = name.iter().skip(brackets).position(|&byte| byte == b':');
    colon.map_or(name.len(), |at| brackets + at)
}
