//! Which servers may take part in a room: `m.room.server_acl`.

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::ServerName;

use crate::glob::{Case, GlobSet};

/// The content of `m.room.server_acl`, compiled for many questions.
///
/// An entry that is no string is passed over and does not spoil the rest (MSC2801); a list that is none is empty; an
/// `allow_ip_literals` that is no truth value is `true`. Patterns and names compare without regard to case, ports are
/// left out of names, and the host of an IPv6 name keeps its brackets. A room without such an event allows every server.
///
/// Source: [`m.room.server_acl`](https://spec.matrix.org/v1.19/client-server-api/#mroomserver_acl).
///
/// ```
/// use matrix_canonicaljson::Object;
/// use matrix_events::ServerAcl;
/// use matrix_identifiers::ServerName;
///
/// let content: Object = r#"{"allow": ["*"], "deny": ["evil.com", "*.evil.com"]}"#.parse()?;
/// let acl = ServerAcl::of(&content);
/// assert!(acl.allows(ServerName::parse("good.com:8448")?));
/// assert!(!acl.allows(ServerName::parse("EVIL.com:8448")?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ServerAcl {
    allow_ip_literals: bool,
    allow: GlobSet<()>,
    deny: GlobSet<()>,
}

impl ServerAcl {
    /// Reads the content; every content is one, an empty one denies everybody.
    #[must_use]
    pub fn of(content: &Object) -> Self {
        let allow_ip_literals = content.get("allow_ip_literals").and_then(Value::as_bool).unwrap_or(true);
        Self { allow_ip_literals, allow: patterns(content, "allow"), deny: patterns(content, "deny") }
    }

    /// Returns whether the server may take part.
    #[must_use]
    pub fn allows(&self, server: &ServerName) -> bool {
        let host = server.host();
        (self.allow_ip_literals || !server.is_ip_literal())
            && !self.deny.is_match(host)
            && self.allow.is_match(host)
    }
}

fn patterns(content: &Object, list: &str) -> GlobSet<()> {
    let mut patterns = GlobSet::new(Case::Ascii);
    for pattern in content.get_array(list).unwrap_or_default().iter().filter_map(Value::as_str) {
        patterns.insert(pattern, ());
    }
    patterns
}
