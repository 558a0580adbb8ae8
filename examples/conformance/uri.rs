//! The ops on links to users, rooms and events.

use std::hint::black_box;

use matrix_canonicaljson::{Object, Value};
use matrix_events::{ServerAcl, Wire as _, content::RoomServerAcl};
use matrix_identifiers::{EventId, OwnedServerName, OwnedUserId, RoomAliasId, RoomId, ServerName, UserId};
use matrix_uri::{Action, MatrixUri, RoomOrAlias, Target, UriForm, pick_via_servers};

use crate::{
    Answer,
    fields::{Failure, array, object, text},
};

pub(crate) fn parse(request: &Object) -> Result<Answer, Failure> {
    let text = text(request, "uri")?.to_owned();
    let uri = MatrixUri::parse(&text)?;
    let mut ok = Object::new();
    let form = if UriForm::of(&text) == Some(UriForm::Matrix) { "matrix" } else { "matrix_to" };
    ok.insert("form", form);
    let target = uri.target();
    let (kind, id) = match target {
        Target::User(user) => ("user", user.as_str()),
        Target::Alias(alias) => ("alias", alias.as_str()),
        Target::Room(room) => ("room", room.as_str()),
        Target::Event { room, event } => {
            ok.insert("event", event.as_str());
            ("event", room.as_str())
        }
    };
    ok.insert("type", kind);
    ok.insert(if kind == "event" { "room" } else { "id" }, id);
    ok.insert("via", servers(uri.via()));
    ok.insert("action", uri.action().map_or(Value::Null, |action| action.as_str().into()));
    let custom = uri.custom().iter().map(|item| Value::Array(vec![item.name().into(), item.value().into()]));
    ok.insert("custom", Value::Array(custom.collect()));
    Ok(Answer::new(ok, move || _ = black_box(MatrixUri::parse(black_box(&text)))))
}

pub(crate) fn format(request: &Object) -> Result<Answer, Failure> {
    let mut uri = MatrixUri::new(target(request)?).with_via(via(request)?);
    match request.get("action") {
        None | Some(Value::Null) => {}
        Some(action) => {
            let action = action.as_str().and_then(Action::from_name);
            uri = uri.with_action(action.ok_or_else(|| bad("`action` is neither `join` nor `chat`"))?)?;
        }
    }
    let mut ok = Object::new();
    ok.insert("matrix", uri.to_string());
    ok.insert("matrix_to", uri.matrix_to().to_string());
    Ok(Answer::new(ok, move || _ = black_box((uri.to_string(), uri.matrix_to().to_string()))))
}

pub(crate) fn pick_via(request: &Object) -> Result<Answer, Failure> {
    let members = members(request)?;
    let acl = match request.get("acl") {
        None | Some(Value::Null) => None,
        Some(_) => {
            let content = RoomServerAcl::of(&object(request, "acl")?).unwrap_or_default();
            Some(ServerAcl::new(&content))
        }
    };
    let pick = move || {
        let members = members.iter().map(|(user, level)| (&**user, *level));
        servers(pick_via_servers(members, |server| acl.as_ref().is_none_or(|acl| acl.allows(server))))
    };
    let mut ok = Object::new();
    ok.insert("via", pick());
    Ok(Answer::new(ok, move || _ = black_box(pick())))
}

fn bad(message: &str) -> Failure {
    Failure::new("bad_input", message)
}

fn servers(names: impl IntoIterator<Item = impl AsRef<ServerName>>) -> Value {
    Value::Array(names.into_iter().map(|name| name.as_ref().as_str().into()).collect())
}

fn target(request: &Object) -> Result<Target, Failure> {
    Ok(match text(request, "type")? {
        "user" => UserId::parse(text(request, "identifier")?)?.into(),
        "alias" => RoomAliasId::parse(text(request, "identifier")?)?.into(),
        "room" => RoomId::parse(text(request, "identifier")?)?.into(),
        "event" => {
            let room = text(request, "room")?;
            let room: RoomOrAlias = if room.starts_with('#') {
                RoomAliasId::parse(room)?.into()
            } else {
                RoomId::parse(room)?.into()
            };
            (room, EventId::parse(text(request, "event")?)?).into()
        }
        other => return Err(bad(&format!("`type` is {other:?}"))),
    })
}

fn via(request: &Object) -> Result<Vec<OwnedServerName>, Failure> {
    if matches!(request.get("via"), None | Some(Value::Null)) {
        return Ok(Vec::new());
    }
    let name = |name: &Value| {
        let name = name.as_str().ok_or_else(|| bad("`via` holds something else than strings"))?;
        Ok(OwnedServerName::try_from(name)?)
    };
    array(request, "via")?.iter().map(name).collect()
}

/// The joined members. What is no user ID is nobody's.
fn members(request: &Object) -> Result<Vec<(OwnedUserId, i64)>, Failure> {
    let pair = |member: &Value| match member.as_array() {
        Some([user, level]) => Some((user.as_str()?.to_owned(), level.as_i64()?)),
        _ => None,
    };
    let mut members = Vec::new();
    for member in array(request, "members")? {
        let (user, level) = pair(member)
            .ok_or_else(|| bad("`members` holds something else than `[user_id, power_level]`"))?;
        members.extend(OwnedUserId::try_from(user).ok().map(|user| (user, level)));
    }
    Ok(members)
}
