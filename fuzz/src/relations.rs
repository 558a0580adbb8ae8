//! Relations between events.

use std::collections::BTreeSet;

use matrix_canonicaljson::{Integer, Mode, Object};
use matrix_events::content::RelatesTo;
use matrix_events::relation::{
    Decrypted, EventKey, RelatedEvent, Relation, Relations, Viewer, edited_content, reply_to,
};
use matrix_events::{BundledRelations, Wire};
use matrix_identifiers::{EventId, OwnedEventId, OwnedUserId, RoomId, UserId};

use crate::bytes::Bytes;

const SENDERS: [&str; 3] = ["@a:x", "@b:x", "@c:x"];
const TYPES: [&str; 3] = ["m.room.message", "m.reaction", "m.room.encrypted"];
const RELATIONS: [&str; 5] = ["m.annotation", "m.replace", "m.thread", "m.reference", "org.example.other"];

/// Checks that what a room's relations add up to depends on what remains of them and not on how it came about, and that
/// any JSON is read as a relation or as none.
///
/// The input is JSON, or a little room in bytes.
pub fn run(data: &[u8]) {
    if data.first() == Some(&b'{') {
        read(data);
    } else {
        replay(&mut Bytes::new(data));
    }
}

fn read(data: &[u8]) {
    let Ok(content) = Object::parse(data, Mode::Lenient) else { return };
    let relates_to = content.get_object("m.relates_to").and_then(RelatesTo::of);
    assert_eq!(relates_to.as_ref().and_then(RelatesTo::relation), Relation::of(&content));
    assert_eq!(relates_to.as_ref().and_then(RelatesTo::reply_to), reply_to(&content));
    if let Some(relation) = Relation::of(&content) {
        let copy = relation.to_relates_to(reply_to(&content));
        assert_eq!((copy.relation(), copy.reply_to()), (Some(relation), reply_to(&content)));
    }
    if let Some(edited) = edited_content(content.get_object("m.relates_to"), &content) {
        assert_eq!(
            edited.get("m.relates_to"),
            content.get_object("m.relates_to").cloned().map(Into::into).as_ref()
        );
    }
    let unsigned = content.get_object("unsigned").and_then(|unsigned| unsigned.get_object("m.relations"));
    _ = unsigned.map(BundledRelations::of);
}

/// An event of the room; its ID is its number.
struct Event {
    sender: &'static UserId,
    event_type: &'static str,
    is_state: bool,
    at: i64,
    content: Object,
    decrypted: Option<Object>,
}

impl Event {
    fn read(bytes: &mut Bytes<'_>, events: usize) -> Self {
        let sender = UserId::parse(bytes.of(&SENDERS)).expect("a user ID");
        let event_type = bytes.of(&TYPES);
        let flags = bytes.next();
        let at = i64::from(bytes.next() % 4);
        let mut content = Object::new();
        if flags & 1 == 0 {
            let target = format!("${}", bytes.below(events + 1));
            let key = ["k", "l"][bytes.below(2)];
            content.insert(
                "m.relates_to",
                Object::from([("rel_type", bytes.of(&RELATIONS)), ("event_id", &target), ("key", key)]),
            );
        }
        let new_content = Object::from([("m.new_content", Object::new())]);
        if flags & 2 == 0 {
            content.extend(new_content.clone());
        }
        let decrypted = (flags & 4 > 0).then_some(new_content);
        Self { sender, event_type, is_state: flags & 24 == 24, at, content, decrypted }
    }

    fn view(&self, number: usize) -> RelatedEvent<'_> {
        let decrypted =
            self.decrypted.as_ref().map(|content| Decrypted { event_type: "m.room.message", content });
        RelatedEvent {
            key: key(number),
            room_id: None,
            sender: self.sender,
            event_type: self.event_type,
            is_state: self.is_state,
            origin_server_ts: self.at,
            position: self.at,
            content: &self.content,
            decrypted,
        }
    }
}

fn id(number: usize) -> OwnedEventId {
    format!("${number}").parse().expect("an event ID")
}

/// Every fifth event is pending.
fn key(number: usize) -> EventKey {
    if number % 5 == 4 { EventKey::pending(&number.to_string()) } else { id(number).into() }
}

fn new() -> Relations {
    Relations::new(RoomId::parse("!room:x").expect("a room ID").to_owned())
}

fn replay(bytes: &mut Bytes<'_>) {
    let count = 1 + bytes.below(12);
    let events: Vec<Event> = (0..count).map(|_| Event::read(bytes, count)).collect();
    let mut relations = new();
    let [mut there, mut redacted, mut withheld] = [const { BTreeSet::<usize>::new() }; 3];
    for _ in 0..bytes.below(64) {
        let step = bytes.below(8);
        let number = bytes.below(count);
        match step {
            0..=3 => _ = (there.insert(number), relations.add(&events[number].view(number))),
            4 => assert_eq!(relations.remove(&key(number)), there.remove(&number)),
            5 => _ = (redacted.insert(number), relations.redact(&id(number))),
            6 => _ = (withheld.insert(number), relations.withhold(key(number))),
            _ => _ = (withheld.remove(&number), relations.restore(&key(number))),
        }
    }
    let mut direct = new();
    redacted.iter().for_each(|number| direct.redact(&id(*number)));
    for number in there.iter().rev() {
        direct.add(&events[*number].view(*number));
    }
    withheld.iter().for_each(|number| direct.withhold(key(*number)));
    let mut viewer =
        Viewer { user_id: Some(SENDERS[0].parse().expect("a user ID")), ignored: BTreeSet::new() };
    for ignored in [None, Some(SENDERS[1]), Some(SENDERS[2])] {
        viewer.ignored.extend(ignored.map(|user| user.parse::<OwnedUserId>().expect("a user ID")));
        for number in 0..=count {
            assert_eq!(sum(&relations, number, &viewer), sum(&direct, number, &viewer), "of {number}");
        }
    }
}

/// Everything that relates to an event, as text.
fn sum(relations: &Relations, number: usize, viewer: &Viewer) -> String {
    let related = relations.of(&key(number));
    let serve = |id: &EventId| Some(Object::from([("event_id", id.as_str())]));
    let annotations = related.annotations(viewer);
    assert!(annotations.iter().all(|annotation| annotation.count > 0 && annotation.count <= SENDERS.len()));
    let thread = related.thread(viewer);
    assert!(thread.is_none_or(|thread| thread.count > 0));
    let bundle = related.bundle(viewer, serve);
    if let Some(bundle) = &bundle {
        let written = bundle.to_object();
        assert_eq!(BundledRelations::of(&written).as_ref(), Some(bundle));
        let count = written.get_object("m.thread").and_then(|thread| thread.get_integer("count"));
        let visible = thread.and_then(|thread| Integer::try_from(thread.count).ok());
        assert!(count.is_none_or(|count| visible == Some(count)));
    }
    format!(
        "{annotations:?} {:?} {thread:?} {:?} {:?}",
        related.latest_edit(viewer),
        related.references(viewer),
        bundle.map(|bundle| bundle.to_object().to_string()),
    )
}
