//! The op that parses identifiers.

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{
    ClientSecret, DeviceKeyId, EventId, MxcUri, NamespacedId, OpaqueId, RoomAliasId, RoomId, RoomVersionId,
    ServerName, ServerSigningKeyId, SpaceOrder, UserId,
};

use crate::{
    Answer,
    fields::{Failure, number, ok, text},
};

pub(crate) fn parse(request: &Object) -> Result<Answer, Failure> {
    let (kind, value) = (text(request, "type")?.to_owned(), text(request, "value")?.to_owned());
    let parts = parts(&kind, &value)?;
    Ok(Answer::new(parts, move || _ = std::hint::black_box(parts_of(&kind, &value))))
}

fn parts_of(kind: &str, value: &str) -> bool {
    parts(kind, value).is_ok()
}

fn parts(kind: &str, value: &str) -> Result<Object, Failure> {
    let mut parts = ok("valid", true);
    match kind {
        "server_name" => {
            let name = ServerName::parse(value)?;
            parts.insert("host", name.host());
            parts.insert("port", name.port().map_or(Value::Null, |port| number(port.into())));
            parts.insert("ip_literal", name.is_ip_literal());
        }
        "user_id" => {
            let user = UserId::parse(value)?;
            parts.insert("localpart", user.localpart());
            parts.insert("server", user.server_name().as_str());
            parts.insert("strict", user.is_strict());
            parts.insert("historical", user.is_historical());
        }
        "room_alias" => {
            let alias = RoomAliasId::parse(value)?;
            parts.insert("localpart", alias.localpart());
            parts.insert("server", alias.server_name().as_str());
        }
        "room_id" => {
            let room = RoomId::parse(value)?;
            if let Some(server) = room.server_name() {
                parts.insert("localpart", room.localpart());
                parts.insert("server", server.as_str());
            }
            parts.insert("domain_form", room.is_domain_form());
            parts.insert("domainless_v12", room.is_domainless());
        }
        "event_id" => {
            let event = EventId::parse(value)?;
            if let Some(server) = event.server_name() {
                parts.insert("localpart", event.localpart());
                parts.insert("server", server.as_str());
            }
            parts.insert("v1", event.is_v1());
            parts.insert("v3", event.is_v3());
            parts.insert("v4", event.is_v4());
        }
        "mxc" => {
            let uri = MxcUri::parse(value)?;
            parts.insert("server", uri.server_name().as_str());
            parts.insert("media_id", uri.media_id());
        }
        "server_key_id" => {
            let key = ServerSigningKeyId::parse(value)?;
            parts.insert("alg", key.algorithm());
            parts.insert("name", key.version());
        }
        "device_key_id" => {
            let key = DeviceKeyId::parse(value)?;
            parts.insert("alg", key.algorithm());
            parts.insert("name", key.device_id().as_str());
        }
        "room_version" => _ = RoomVersionId::parse(value)?,
        "namespaced_id" => _ = NamespacedId::parse(value)?,
        "opaque_id" => _ = OpaqueId::parse(value)?,
        "client_secret" => _ = ClientSecret::parse(value)?,
        "space_order" => _ = SpaceOrder::parse(value)?,
        other => return Err(Failure::new("bad_input", format!("`type` is {other:?}"))),
    }
    Ok(parts)
}
