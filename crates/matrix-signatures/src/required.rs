use std::{borrow::Cow, collections::BTreeSet};

use matrix_canonicaljson::Object;
use matrix_identifiers::ServerName;
use matrix_roomversion::RoomVersionRules;

use crate::{
    error::Error,
    fields::{self, Source},
};

/// Returns the servers whose signature an event needs, in order.
///
/// - The sender's server, unless the event is an invite that comes of a third-party invite: such an event may be sent
///   by another server.
/// - In rooms 1 and 2 also the server named in the event's ID.
/// - In rooms 8 and later the server of `join_authorised_via_users_server`, on an `m.room.member` event with the
///   membership `join`. The key means nothing on any other event.
///
/// It can be empty. See [validating hashes and signatures](https://spec.matrix.org/v1.19/server-server-api/#validating-hashes-and-signatures-on-received-events).
///
/// # Errors
///
/// [`Error::MissingField`], [`Error::InvalidField`] or [`Error::InvalidIdentifier`] for `type`, `sender`, `event_id` or
/// `content.join_authorised_via_users_server`, as far as they are read.
pub fn required_signers<'a>(
    event: &'a Object,
    rules: &RoomVersionRules,
) -> Result<BTreeSet<&'a ServerName>, Error> {
    let borrowed = |server| match server {
        Cow::Borrowed(server) => ServerName::parse(server).ok(),
        Cow::Owned(_) => None,
    };
    Ok(signers(&event, rules)?.into_iter().flatten().filter_map(borrowed).collect())
}

/// The most servers whose signature an event can need.
pub(crate) const MAX_SIGNERS: usize = 3;

/// The servers whose signature an event needs, in order and each once: valid server names.
pub(crate) fn signers<'e>(
    event: &impl Source<'e>,
    rules: &RoomVersionRules,
) -> Result<[Option<Cow<'e, str>>; MAX_SIGNERS], Error> {
    let is_member = event.text("type")? == "m.room.member";
    let content = |key| event.content(key).filter(|_| is_member);
    let membership = content("membership").flatten();
    let mut servers = [const { None }; MAX_SIGNERS];
    let [sender, id_domain, authoriser] = &mut servers;
    if !(membership.as_deref() == Some("invite") && content("third_party_invite").is_some()) {
        *sender = Some(fields::server_part(event.text("sender")?, "sender")?);
    }
    if rules.signatures.event_id_domain {
        *id_domain = Some(fields::server_part(event.text("event_id")?, "event_id")?);
    }
    if rules.signatures.join_authoriser
        && membership.as_deref() == Some("join")
        && let Some(user) = content(AUTHORISER)
    {
        let user = user.ok_or_else(|| fields::invalid(AUTHORISER_PATH, "a user ID"))?;
        *authoriser = Some(fields::server_part(user, AUTHORISER_PATH)?);
    }
    servers.sort_unstable();
    for place in 1..MAX_SIGNERS {
        if let Some([before, server]) = servers.get_mut(place - 1..=place)
            && before == server
        {
            *before = None;
        }
    }
    Ok(servers)
}

const AUTHORISER: &str = "join_authorised_via_users_server";
const AUTHORISER_PATH: &str = "content.join_authorised_via_users_server";
