//! Which servers may take part in a room: `m.room.server_acl`.

use matrix_identifiers::ServerName;

use crate::content::RoomServerAcl;
use crate::glob::{Case, GlobSet};

/// The content of `m.room.server_acl`, compiled for many questions.
///
/// Read leniently, a content without what does not fit is left: an entry that is no string does not spoil the rest
/// (MSC2801), and a list that is none is empty. Patterns and names compare without regard to case, ports are left out of
/// names, and the host of an IPv6 name keeps its brackets. A room without such an event allows every server.
///
/// Source: [`m.room.server_acl`](https://spec.matrix.org/v1.19/client-server-api/#mroomserver_acl).
///
/// ```
/// use matrix_events::{ServerAcl, Wire, content::RoomServerAcl};
/// use matrix_identifiers::ServerName;
///
/// let content = RoomServerAcl::read_lenient(br#"{"allow": ["*"], "deny": ["evil.com", 7, "*.evil.com"]}"#)?.value;
/// let acl = ServerAcl::new(&content);
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
    /// Compiles the content; an empty one denies everybody.
    #[must_use]
    pub fn new(content: &RoomServerAcl) -> Self {
        let allow_ip_literals = content.allow_ip_literals.unwrap_or(true);
        Self { allow_ip_literals, allow: patterns(&content.allow), deny: patterns(&content.deny) }
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

fn patterns(list: &Option<Vec<String>>) -> GlobSet<()> {
    let mut patterns = GlobSet::new(Case::Ascii);
    list.iter().flatten().for_each(|pattern| patterns.insert(pattern, ()));
    patterns
}
