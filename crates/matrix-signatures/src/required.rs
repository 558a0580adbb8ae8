use std::collections::BTreeSet;

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::ServerName;
use matrix_roomversion::RoomVersionRules;

use crate::{error::Error, fields};

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
    let content = match fields::string(event, "type")? {
        "m.room.member" => event.get_object("content"),
        _ => None,
    };
    let membership = content.and_then(|content| content.get_str("membership"));
    let mut servers = BTreeSet::new();
    if !(membership == Some("invite") && has(content, "third_party_invite")) {
        servers.insert(fields::server_of(fields::string(event, "sender")?, "sender")?);
    }
    if rules.signatures.event_id_domain {
        servers.insert(fields::server_of(fields::string(event, "event_id")?, "event_id")?);
    }
    if rules.signatures.join_authoriser
        && membership == Some("join")
        && let Some(authoriser) = content.and_then(|content| content.get(AUTHORISER))
    {
        servers.insert(authoriser_server(authoriser)?);
    }
    Ok(servers)
}

const AUTHORISER: &str = "join_authorised_via_users_server";

fn has(content: Option<&Object>, key: &str) -> bool {
    content.is_some_and(|content| content.contains_key(key))
}

fn authoriser_server(authoriser: &Value) -> Result<&ServerName, Error> {
    let field = format!("content.{AUTHORISER}");
    let user = authoriser.as_str().ok_or_else(|| fields::invalid(field.as_str(), "a user ID"))?;
    fields::server_of(user, &field)
}
