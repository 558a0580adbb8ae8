//! Ops about globs, server ACLs, policy rules, relations and spaces.

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;

use matrix_canonicaljson::{Integer, Object, Value};
use matrix_events::content::{PolicyRule, RoomServerAcl, SpaceChild};
use matrix_events::policy::PolicyKind;
use matrix_events::relation::{EventKey, RelatedEvent, Relation, Relations, Viewer, edited_content};
use matrix_events::space::{ChildOrder, canonical_parent};
use matrix_events::{Case, Glob, ServerAcl, Wire as _};
use matrix_identifiers::{EventId, OwnedEventId, OwnedRoomId, OwnedServerName, OwnedUserId, RoomId};

use crate::{
    Answer,
    fields::{Failure, array, bad, object, ok, optional_text, text},
};

pub(crate) fn glob_match(request: &Object) -> Result<Answer, Failure> {
    let (pattern, input) = (text(request, "pattern")?.to_owned(), text(request, "input")?.to_owned());
    let glob = Glob::new(&pattern, Case::Sensitive);
    let found = glob.is_match(&input);
    Ok(Answer::new(ok("match", found), move || _ = black_box(glob.is_match(black_box(&input)))))
}

pub(crate) fn acl_allowed(request: &Object) -> Result<Answer, Failure> {
    let server: OwnedServerName = text(request, "server")?.parse()?;
    let content = RoomServerAcl::of(&object(request, "content")?).unwrap_or_default();
    let acl = ServerAcl::new(&content);
    let allowed = acl.allows(&server);
    Ok(Answer::new(ok("allowed", allowed), move || _ = black_box(acl.allows(black_box(&server)))))
}

pub(crate) fn policy_match(request: &Object) -> Result<Answer, Failure> {
    let kind = match text(request, "kind")? {
        "user" => PolicyKind::User,
        "room" => PolicyKind::Room,
        "server" => PolicyKind::Server,
        _ => return Err(bad("kind", "`user`, `room` or `server`")),
    };
    let (content, entity) = (object(request, "content")?, text(request, "entity")?.to_owned());
    let matches = move || PolicyRule::of(&content).is_some_and(|rule| rule.matches(kind, &entity));
    Ok(Answer::new(ok("match", matches()), move || _ = black_box(matches())))
}

pub(crate) fn parse_relation(request: &Object) -> Result<Answer, Failure> {
    let content = object(request, "content")?;
    let relation = Relation::of(&content).map_or(Value::Null, |relation| {
        let mut found = ok("rel_type", relation.rel_type.as_str());
        found.insert("event_id", relation.event_id.as_str());
        if let Some(key) = relation.key {
            found.insert("key", key);
        }
        found.into()
    });
    Ok(Answer::new(ok("relation", relation), move || _ = black_box(Relation::of(black_box(&content)))))
}

/// An event of a request: what relations read of it, or its redaction.
enum Given {
    Event(Box<GivenEvent>),
    Redaction(OwnedEventId),
}

struct GivenEvent {
    event_id: OwnedEventId,
    room_id: Option<OwnedRoomId>,
    sender: OwnedUserId,
    event_type: String,
    is_state: bool,
    origin_server_ts: i64,
    content: Object,
}

impl Given {
    fn read(value: &Value) -> Result<Self, Failure> {
        let row = value.as_object().ok_or_else(|| bad("events", "a list of objects"))?;
        let event_id = text(row, "event_id")?.parse()?;
        if row.get("redacted").and_then(Value::as_bool) == Some(true) {
            return Ok(Self::Redaction(event_id));
        }
        Ok(Self::Event(Box::new(GivenEvent {
            event_id,
            room_id: optional_text(row, "room_id")?.map(str::parse).transpose()?,
            sender: text(row, "sender")?.parse()?,
            event_type: text(row, "type")?.to_owned(),
            is_state: row.contains_key("state_key"),
            origin_server_ts: row.get("origin_server_ts").and_then(Value::as_i64).unwrap_or(0),
            content: row.get_object("content").cloned().unwrap_or_default(),
        })))
    }
}

/// The request of an aggregation: the parent and the events after it, in their order.
struct Aggregation {
    parent: OwnedEventId,
    room_id: OwnedRoomId,
    events: Vec<Given>,
    viewer: Viewer,
}

impl Aggregation {
    fn read(request: &Object) -> Result<Self, Failure> {
        let parent = request.get("parent").ok_or_else(|| bad("parent", "an object"))?;
        let parent = Given::read(parent)?;
        let Given::Event(event) = &parent else { return Err(bad("parent", "an event")) };
        let (parent_id, room_id) = (event.event_id.clone(), event.room_id.clone());
        let mut events = vec![parent];
        for row in array(request, "events")? {
            events.push(Given::read(row)?);
        }
        let ignored = match request.get("ignored_users") {
            None | Some(Value::Null) => BTreeSet::new(),
            Some(_) => array(request, "ignored_users")?.iter().map(ignored_user).collect::<Result<_, _>>()?,
        };
        let user_id = optional_text(request, "me")?.map(str::parse).transpose()?;
        // Events that name no room are all of one.
        let room_id = match room_id {
            Some(room_id) => room_id,
            None => "!room".parse()?,
        };
        Ok(Self { parent: parent_id, room_id, events, viewer: Viewer { user_id, ignored } })
    }

    fn relations(&self) -> Relations {
        let mut relations = Relations::new(self.room_id.clone());
        for (position, row) in self.events.iter().enumerate() {
            match row {
                Given::Redaction(event_id) => relations.redact(event_id),
                Given::Event(event) => {
                    _ = relations.add(&RelatedEvent {
                        key: event.event_id.clone().into(),
                        room_id: event.room_id.as_deref(),
                        sender: &event.sender,
                        event_type: &event.event_type,
                        is_state: event.is_state,
                        origin_server_ts: event.origin_server_ts,
                        position: i64::try_from(position).unwrap_or(i64::MAX),
                        content: &event.content,
                        decrypted: None,
                    });
                }
            }
        }
        relations
    }

    fn content(&self, event_id: &str) -> Option<&Object> {
        self.events.iter().find_map(|row| match row {
            Given::Event(event) if event.event_id == event_id => Some(&event.content),
            _ => None,
        })
    }

    fn is_redacted(&self) -> bool {
        self.events.iter().any(|row| matches!(row, Given::Redaction(event_id) if *event_id == self.parent))
    }
}

fn ignored_user(value: &Value) -> Result<OwnedUserId, Failure> {
    Ok(value.as_str().ok_or_else(|| bad("ignored_users", "a list of strings"))?.parse()?)
}

pub(crate) fn aggregate(request: &Object) -> Result<Answer, Failure> {
    let given = Aggregation::read(request)?;
    let relations = given.relations();
    let related = relations.of(&EventKey::from(given.parent.clone()));

    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let annotations = related.annotations(&given.viewer);
    for annotation in &annotations {
        *counts.entry(annotation.key).or_default() += annotation.count;
    }
    let counts: Object = counts.into_iter().map(|(key, count)| (key, count_value(count))).collect();
    let mut found = ok("annotations", counts);

    let edit = related.latest_edit(&given.viewer).map(name);
    found.insert("latest_edit", edit.map_or(Value::Null, Value::from));
    let original = given.content(given.parent.as_str()).filter(|_| !given.is_redacted());
    let edited =
        edit.and_then(|edit| edited_content(original?.get_object("m.relates_to"), given.content(edit)?));
    found.insert("content", edited.or_else(|| original.cloned()).unwrap_or_default());

    let thread = related.thread(&given.viewer).map_or(Value::Null, |thread| {
        let mut summary = ok("count", count_value(usize::try_from(thread.count).unwrap_or(usize::MAX)));
        summary.insert("latest_event", name(thread.latest_event));
        summary.insert("current_user_participated", thread.current_user_participated);
        summary.into()
    });
    found.insert("thread", thread);
    let references = related.references(&given.viewer);
    found.insert("references", references.into_iter().map(|key| name(key).into()).collect::<Vec<Value>>());
    Ok(Answer::new(found, move || {
        let relations = black_box(&given).relations();
        let related = relations.of(&EventKey::from(given.parent.clone()));
        black_box((related.annotations(&given.viewer).len(), related.latest_edit(&given.viewer)));
        black_box((related.thread(&given.viewer), related.references(&given.viewer)));
    }))
}

fn name(key: &EventKey) -> &str {
    match key {
        EventKey::Sent(event_id) => EventId::as_str(event_id),
        EventKey::Pending(transaction_id) => transaction_id,
    }
}

fn count_value(count: usize) -> Value {
    Integer::try_from(count).unwrap_or(Integer::MAX).into()
}

/// A child of a space: its room ID, time and content.
type Child = (OwnedRoomId, Option<i64>, SpaceChild);

pub(crate) fn order_children(request: &Object) -> Result<Answer, Failure> {
    let mut children: Vec<Child> = Vec::new();
    for child in array(request, "children")? {
        let child = child.as_object().ok_or_else(|| bad("children", "a list of objects"))?;
        let (state_key, content) = (text(child, "state_key")?, child.get_object("content"));
        let timestamp = child.get("origin_server_ts").and_then(Value::as_i64);
        // What is no child of the space is left out.
        if let (Ok(room_id), Some(content)) = (state_key.parse(), content.and_then(SpaceChild::of)) {
            children.push((room_id, timestamp, content));
        }
    }
    let order: Vec<Value> = ordered(&children).iter().map(|child| child.room_id.as_str().into()).collect();
    Ok(Answer::new(ok("order", order), move || _ = black_box(ordered(black_box(&children)).len())))
}

fn ordered(children: &[Child]) -> Vec<ChildOrder<'_>> {
    let children = children.iter().map(|(room_id, at, child)| ChildOrder::new(room_id, child, *at));
    let mut children: Vec<ChildOrder<'_>> = children.collect();
    children.sort_unstable();
    children
}

pub(crate) fn choose_parent(request: &Object) -> Result<Answer, Failure> {
    let parents = array(request, "parents")?.iter().map(|parent| {
        let parent = parent.as_str().ok_or_else(|| bad("parents", "a list of strings"))?;
        Ok(parent.parse::<OwnedRoomId>()?)
    });
    let parents: Vec<OwnedRoomId> = parents.collect::<Result<_, Failure>>()?;
    let choose =
        move || canonical_parent(parents.iter().map(|parent| -> &RoomId { parent })).map(RoomId::to_owned);
    let parent = choose().map_or(Value::Null, |parent| parent.as_str().into());
    Ok(Answer::new(ok("parent", parent), move || _ = black_box(choose())))
}
