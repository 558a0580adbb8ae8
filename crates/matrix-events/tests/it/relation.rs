use std::collections::BTreeSet;

use matrix_canonicaljson::Object;
use matrix_events::content::{RelType, RelatesTo};
use matrix_events::relation::{
    Decrypted, EventKey, RelatedEvent, Relation, Relations, Viewer, edited_content, reply_to,
};
use matrix_events::{BundledRelations, Unsigned, Wire};
use serde_json::{Value, json};

use crate::{event, object, room, user};

/// An event as a test writes it down.
pub(crate) struct Row {
    id: String,
    sender: String,
    event_type: String,
    room_id: Option<String>,
    is_state: bool,
    at: i64,
    content: Object,
    decrypted: Option<(String, Object)>,
}

impl Row {
    pub(crate) fn new(id: &str, sender: &str, event_type: &str, at: i64, content: &Value) -> Self {
        let content = object(content);
        let (id, sender, event_type) = (id.to_owned(), sender.to_owned(), event_type.to_owned());
        Self { id, sender, event_type, room_id: None, is_state: false, at, content, decrypted: None }
    }

    fn decrypted(mut self, event_type: &str, content: &Value) -> Self {
        self.decrypted = Some((event_type.to_owned(), object(content)));
        self
    }

    fn key(&self) -> EventKey {
        if self.id.starts_with('$') { event(&self.id).into() } else { EventKey::pending(&self.id) }
    }

    pub(crate) fn view(&self) -> RelatedEvent<'_> {
        RelatedEvent {
            key: self.key(),
            room_id: self.room_id.as_deref().map(room),
            sender: user(&self.sender),
            event_type: &self.event_type,
            is_state: self.is_state,
            origin_server_ts: self.at,
            position: self.at,
            content: &self.content,
            decrypted: self.decrypted.as_ref().map(|(event_type, content)| Decrypted { event_type, content }),
        }
    }
}

fn relates(rel_type: &str, event_id: &str) -> Value {
    json!({"m.relates_to": {"rel_type": rel_type, "event_id": event_id}})
}

fn reaction(id: &str, sender: &str, target: &str, key: &str) -> Row {
    let content = json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": target, "key": key}});
    Row::new(id, sender, "m.reaction", 1, &content)
}

fn message(id: &str, sender: &str, at: i64) -> Row {
    Row::new(id, sender, "m.room.message", at, &json!({"body": "x"}))
}

fn edit(id: &str, sender: &str, target: &str, at: i64) -> Row {
    let mut content = relates("m.replace", target);
    content["m.new_content"] = json!({"body": id});
    Row::new(id, sender, "m.room.message", at, &content)
}

fn related(rel_type: &str, id: &str, sender: &str, target: &str, at: i64) -> Row {
    Row::new(id, sender, "m.room.message", at, &relates(rel_type, target))
}

fn relations(rows: &[Row]) -> Relations {
    let mut relations = Relations::new(room("!room:x").to_owned());
    for row in rows {
        assert!(relations.add(&row.view()));
    }
    relations
}

fn counts(relations: &Relations, target: &str, viewer: &Viewer) -> Vec<(String, usize)> {
    let related = relations.of(&event(target).into());
    related
        .annotations(viewer)
        .iter()
        .map(|annotation| (annotation.key.to_owned(), annotation.count))
        .collect()
}

fn latest_edit(relations: &Relations, target: &str) -> Option<String> {
    name(relations.of(&event(target).into()).latest_edit(&Viewer::default()))
}

fn name(key: Option<&EventKey>) -> Option<String> {
    key.map(|key| match key {
        EventKey::Sent(id) => id.to_string(),
        EventKey::Pending(id) => id.to_string(),
    })
}

fn ignoring(users: &[&str]) -> Viewer {
    Viewer { user_id: None, ignored: users.iter().map(|id| user(id).into()).collect() }
}

#[test]
fn msc2674_a_relation_has_both_strings() {
    let relates_to = json!({"rel_type": "m.thread", "event_id": "$a", "is_falling_back": true, "m.in_reply_to": {"event_id": "$b"}});
    let content = object(&json!({"m.relates_to": relates_to}));
    let relation = Relation::of(&content).unwrap();
    assert_eq!(
        (relation.rel_type.clone(), relation.event_id, relation.is_falling_back),
        (RelType::Thread, event("$a"), true)
    );
    assert_eq!(reply_to(&content), Some(event("$b")));
    // From the field of a content that was read, they are the same.
    let field = RelatesTo::of(&object(&relates_to)).unwrap();
    assert_eq!((field.relation(), field.reply_to()), (Some(relation.clone()), Some(event("$b"))));
    assert_eq!(relation.to_relates_to(reply_to(&content)).to_object(), object(&relates_to));
    for (field, misfit) in [
        ("rel_type", json!(null)),
        ("rel_type", json!(5)),
        ("rel_type", json!("")),
        ("rel_type", json!(["m.thread"])),
        ("event_id", json!(null)),
        ("event_id", json!(5)),
        ("event_id", json!("")),
        ("event_id", json!("a")),
    ] {
        let mut relates_to = relates_to.clone();
        relates_to[field] = misfit;
        assert_eq!(Relation::of(&object(&json!({"m.relates_to": relates_to}))), None, "{relates_to}");
        assert_eq!(RelatesTo::of(&object(&relates_to)).unwrap().relation(), None, "{relates_to}");
    }
    for content in [
        json!({}),
        json!({"m.relates_to": []}),
        json!({"m.relates_to": {"m.in_reply_to": {"event_id": "$b"}}}),
    ] {
        assert_eq!(Relation::of(&object(&content)), None, "{content}");
    }
    assert_eq!(reply_to(&object(&json!({"m.relates_to": {"m.in_reply_to": {"event_id": 5}}}))), None);
}

#[test]
fn msc2674_what_is_neither_a_relation_nor_a_reply_is_malformed() {
    let reply = json!({"event_id": "$b"});
    for (relates_to, is_malformed) in [
        (json!({"rel_type": "m.thread", "event_id": "$a"}), false),
        (json!({"m.in_reply_to": reply}), false),
        (json!({"rel_type": "m.thread", "m.in_reply_to": reply}), true),
        (json!({"event_id": "$a"}), true),
        (json!({"m.in_reply_to": {}}), true),
        (json!({}), true),
        (json!("m.thread"), true),
        (json!(null), true),
    ] {
        let content = object(&json!({"m.relates_to": relates_to}));
        assert_eq!(Relation::is_malformed(&content), is_malformed, "{content}");
    }
    assert!(!Relation::is_malformed(&Object::new()));
}

#[test]
fn msc2674_types_that_nobody_knows_are_kept() {
    let content = object(&relates("org.example.x", "$a"));
    let relation = Relation::of(&content).unwrap();
    assert_eq!(relation.rel_type, RelType::from("org.example.x"));
    for rel_type in ["m.annotation", "m.replace", "m.thread", "m.reference", "org.example.x"] {
        assert_eq!(RelType::from(rel_type).as_str(), rel_type);
    }
}

#[test]
fn msc2674_an_event_of_another_room_does_not_relate() {
    let mut relations = relations(&[message("$p", "@a:x", 1)]);
    let mut row = reaction("$1", "@b:x", "$p", "y");
    row.room_id = Some("!other:x".to_owned());
    assert!(!relations.add(&row.view()) && !relations.sent("t", &row.view()));
    assert!(counts(&relations, "$p", &Viewer::default()).is_empty());
    row.room_id = Some("!room:x".to_owned());
    assert!(relations.add(&row.view()));
    assert_eq!(counts(&relations, "$p", &Viewer::default()), [("y".to_owned(), 1)]);
}

#[test]
fn annotations_count_users_by_type_and_key() {
    let mut other_type = reaction("$5", "@b:x", "$p", "y");
    other_type.event_type = "org.example.vote".to_owned();
    let no_key = Row::new("$6", "@c:x", "m.reaction", 1, &relates("m.annotation", "$p"));
    let rows = [
        reaction("$1", "@a:x", "$p", "y"),
        reaction("$2", "@a:x", "$p", "y"),
        reaction("$3", "@b:x", "$p", "y"),
        reaction("$4", "@b:x", "$p", "z"),
        other_type,
        no_key,
    ];
    let mut relations = relations(&rows);
    let viewer = Viewer { user_id: Some(user("@a:x").into()), ignored: BTreeSet::new() };
    let all = |relations: &Relations| {
        let related = relations.of(&event("$p").into());
        let annotations = related.annotations(&viewer);
        annotations
            .iter()
            .map(|a| (a.event_type.to_owned(), a.key.to_owned(), a.count, a.mine))
            .collect::<Vec<_>>()
    };
    let row = |event_type: &str, key: &str, count, mine| (event_type.to_owned(), key.to_owned(), count, mine);
    let wanted = [
        row("m.reaction", "y", 2, true),
        row("m.reaction", "z", 1, false),
        row("org.example.vote", "y", 1, false),
    ];
    assert_eq!(all(&relations), wanted);
    // Of two equal ones by one user, one may go without a change.
    relations.redact(event("$1"));
    assert_eq!(all(&relations), wanted);
    relations.redact(event("$2"));
    assert_eq!(all(&relations)[0], row("m.reaction", "y", 1, false));
    let related = relations.of(&event("$p").into());
    assert!(related.is_annotated_by(user("@b:x"), "m.reaction", "y"));
    assert!(!related.is_annotated_by(user("@a:x"), "m.reaction", "y"));
}

#[test]
fn annotations_of_annotations_and_of_edits_do_not_count() {
    let rows = [
        message("$p", "@a:x", 1),
        edit("$e", "@a:x", "$p", 2),
        reaction("$r", "@a:x", "$p", "y"),
        reaction("$1", "@b:x", "$e", "y"),
        reaction("$2", "@b:x", "$r", "y"),
        related("m.thread", "$t", "@a:x", "$p", 3),
        reaction("$3", "@b:x", "$t", "y"),
    ];
    let relations = relations(&rows);
    for (target, count) in [("$p", 1), ("$e", 0), ("$r", 0), ("$t", 1)] {
        assert_eq!(counts(&relations, target, &Viewer::default()).len(), count, "{target}");
    }
}

#[test]
fn msc2675_ignored_users_count_for_nobody_who_ignores_them() {
    let rows = [
        message("$p", "@a:x", 1),
        reaction("$1", "@b:x", "$p", "y"),
        reaction("$2", "@c:x", "$p", "y"),
        reaction("$3", "@b:x", "$p", "z"),
        edit("$e", "@a:x", "$p", 2),
        related("m.thread", "$t1", "@b:x", "$p", 5),
        related("m.thread", "$t2", "@c:x", "$p", 6),
        related("m.reference", "$r1", "@b:x", "$p", 5),
        related("m.reference", "$r2", "@c:x", "$p", 6),
    ];
    let relations = relations(&rows);
    let related = relations.of(&event("$p").into());
    assert_eq!(counts(&relations, "$p", &ignoring(&["@b:x"])), [("y".to_owned(), 1)]);
    assert!(counts(&relations, "$p", &ignoring(&["@b:x", "@c:x", "@d:x"])).is_empty());
    assert_eq!(name(related.latest_edit(&ignoring(&["@b:x"]))).as_deref(), Some("$e"));
    assert_eq!(related.latest_edit(&ignoring(&["@a:x"])), None);
    let thread = related.thread(&ignoring(&["@c:x"])).unwrap();
    assert_eq!((thread.count, name(Some(thread.latest_event)).as_deref()), (1, Some("$t1")));
    assert_eq!(related.thread(&ignoring(&["@b:x", "@c:x"])), None);
    assert_eq!(related.references(&ignoring(&["@b:x"])), [&EventKey::from(event("$r2"))]);
}

#[test]
fn the_latest_edit_is_that_of_the_largest_time_then_of_the_largest_id() {
    let rows = [
        edit("$e1", "@a:x", "$p", 7),
        edit("$e3", "@a:x", "$p", 7),
        edit("$e2", "@a:x", "$p", 7),
        edit("$e9", "@a:x", "$p", 6),
        message("$p", "@a:x", 1),
    ];
    let mut relations = relations(&rows);
    for wanted in [Some("$e3"), Some("$e2"), Some("$e1"), Some("$e9"), None] {
        assert_eq!(latest_edit(&relations, "$p").as_deref(), wanted);
        if let Some(wanted) = wanted {
            relations.redact(event(wanted));
        }
    }
}

#[test]
fn an_edit_that_breaks_a_rule_is_ignored() {
    let valid = || edit("$e", "@a:x", "$p", 5);
    let with = |change: &dyn Fn(&mut Row)| {
        let mut row = valid();
        change(&mut row);
        latest_edit(&relations(&[message("$p", "@a:x", 1), row]), "$p")
    };
    assert_eq!(with(&|_| {}).as_deref(), Some("$e"));
    assert_eq!(with(&|row| row.sender = "@b:x".to_owned()), None);
    assert_eq!(with(&|row| row.event_type = "m.sticker".to_owned()), None);
    assert_eq!(with(&|row| row.is_state = true), None);
    assert_eq!(with(&|row| _ = row.content.remove("m.new_content")), None);
    assert_eq!(with(&|row| _ = row.content.insert("m.new_content", "text")), None);
    let mut state = message("$p", "@a:x", 1);
    state.is_state = true;
    assert_eq!(latest_edit(&relations(&[state, valid()]), "$p"), None);
    assert_eq!(latest_edit(&relations(&[valid(), edit("$p", "@a:x", "$q", 1)]), "$p"), None);
    // Until the original is there, nobody knows whose edit counts.
    assert_eq!(latest_edit(&relations(&[valid()]), "$p"), None);
}

#[test]
fn encrypted_edits_count_for_a_server_and_for_whoever_has_read_them() {
    let encrypted = |row: Row| Row { event_type: "m.room.encrypted".to_owned(), ..row };
    let parent = || encrypted(message("$p", "@a:x", 1));
    let wire = || encrypted(Row::new("$e", "@a:x", "", 2, &relates("m.replace", "$p")));
    let new = json!({"m.new_content": {"body": "y"}});
    let read = |row: Row, content: &Value| row.decrypted("m.room.message", content);
    let body = json!({"body": "x"});
    for (parent, edit, counts) in [
        (parent(), wire(), true),
        (read(parent(), &body), wire(), false),
        (read(parent(), &body), read(wire(), &new), true),
        (read(parent(), &body), read(wire(), &body), false),
        (parent(), read(wire(), &new), true),
        (read(parent(), &body), wire().decrypted("m.sticker", &new), false),
        (read(parent(), &body), edit("$e", "@a:x", "$p", 2), false),
    ] {
        assert_eq!(latest_edit(&relations(&[parent, edit]), "$p").is_some(), counts);
    }
    // An event that is added again with its payload takes its own place.
    let mut relations = relations(&[read(parent(), &body), wire()]);
    relations.add(&read(wire(), &new).view());
    assert_eq!(latest_edit(&relations, "$p").as_deref(), Some("$e"));
}

#[test]
fn msc2675_a_redacted_original_keeps_all_but_its_edits() {
    let rows = [
        message("$p", "@a:x", 1),
        edit("$e", "@a:x", "$p", 2),
        reaction("$1", "@b:x", "$p", "y"),
        related("m.reference", "$r", "@b:x", "$p", 5),
    ];
    let mut relations = relations(&rows);
    relations.redact(event("$p"));
    let related = relations.of(&event("$p").into());
    assert_eq!(related.latest_edit(&Viewer::default()), None);
    assert_eq!(counts(&relations, "$p", &Viewer::default()), [("y".to_owned(), 1)]);
    let bundle = related.bundle(&Viewer::default(), |_| Some(Object::new())).unwrap();
    assert_eq!(bundle.to_object(), object(&json!({"m.reference": {"chunk": [{"event_id": "$r"}]}})));
}

#[test]
fn threads_do_not_nest() {
    let rows = [
        message("$p", "@a:x", 1),
        related("m.thread", "$1", "@b:x", "$p", 3),
        related("m.thread", "$2", "@c:x", "$p", 2),
        related("m.thread", "$3", "@d:x", "$1", 4),
    ];
    let relations = relations(&rows);
    let thread = |target: &str, me: &str| {
        let viewer = Viewer { user_id: Some(user(me).into()), ignored: BTreeSet::new() };
        let thread = relations.of(&event(target).into()).thread(&viewer);
        thread.map(|thread| {
            (thread.count, name(Some(thread.latest_event)).unwrap(), thread.current_user_participated)
        })
    };
    assert_eq!(thread("$p", "@a:x"), Some((2, "$1".to_owned(), true)));
    assert_eq!(thread("$p", "@c:x"), Some((2, "$1".to_owned(), true)));
    assert_eq!(thread("$p", "@d:x"), Some((2, "$1".to_owned(), false)));
    assert_eq!(thread("$1", "@d:x"), None);
    assert_eq!(thread("$2", "@d:x"), None);
}

#[test]
fn msc2675_a_local_echo_gives_way_to_the_event() {
    let mut relations = relations(&[
        message("$p", "@a:x", 1),
        reaction("t1", "@b:x", "$p", "y"),
        edit("t2", "@a:x", "$p", 0),
    ]);
    assert_eq!(counts(&relations, "$p", &Viewer::default()), [("y".to_owned(), 1)]);
    relations.add(&edit("$e", "@a:x", "$p", 99).view());
    assert_eq!(latest_edit(&relations, "$p").as_deref(), Some("t2"), "what is pending is the latest");
    assert!(relations.sent("t1", &reaction("$1", "@b:x", "$p", "y").view()));
    assert_eq!(counts(&relations, "$p", &Viewer::default()), [("y".to_owned(), 1)]);
    // Sending the edit is given up, then tried again.
    assert!(relations.remove(&EventKey::pending("t2")) && !relations.remove(&EventKey::pending("t2")));
    assert_eq!(latest_edit(&relations, "$p").as_deref(), Some("$e"));
    relations.add(&edit("t2", "@a:x", "$p", 0).view());
    assert_eq!(latest_edit(&relations, "$p").as_deref(), Some("t2"));
    // A redaction is being sent, fails, is sent.
    let key = EventKey::from(event("$1"));
    relations.withhold(key.clone());
    assert!(counts(&relations, "$p", &Viewer::default()).is_empty());
    relations.restore(&key);
    relations.restore(&key);
    assert_eq!(counts(&relations, "$p", &Viewer::default()), [("y".to_owned(), 1)]);
    relations.withhold(key.clone());
    relations.redact(event("$1"));
    relations.restore(&key);
    assert!(counts(&relations, "$p", &Viewer::default()).is_empty());
}

#[test]
fn msc2675_what_relates_to_a_pending_event_moves_with_it() {
    let mut relations = relations(&[message("txn", "@a:x", 1)]);
    let pending = EventKey::pending("txn");
    let no_relation = Row::new("t2", "@a:x", "m.reaction", 1, &json!({}));
    assert!(relations.add_to(pending.clone(), RelType::Annotation, Some("y"), &no_relation.view()));
    assert_eq!(relations.of(&pending).annotations(&Viewer::default()).len(), 1);
    assert!(relations.sent("txn", &message("$p", "@a:x", 2).view()));
    assert!(relations.of(&pending).annotations(&Viewer::default()).is_empty());
    assert_eq!(counts(&relations, "$p", &Viewer::default()), [("y".to_owned(), 1)]);
    relations.sent("t2", &reaction("$r", "@a:x", "$p", "y").view());
    assert_eq!(counts(&relations, "$p", &Viewer::default()), [("y".to_owned(), 1)]);
}

#[test]
fn msc2675_a_server_bundles_edit_thread_and_references() {
    let mut rows = vec![
        message("$p", "@a:x", 1),
        edit("$e", "@a:x", "$p", 2),
        reaction("$1", "@b:x", "$p", "y"),
        related("m.thread", "$t", "@b:x", "$p", 3),
        edit("$te", "@b:x", "$t", 4),
        related("m.reference", "$r", "@c:x", "$p", 5),
        edit("pending", "@a:x", "$p", 9),
    ];
    let built = |rows: &[Row], viewer: &Viewer| {
        let relations = relations(rows);
        let serve = |id: &matrix_identifiers::EventId| {
            Some(object(&json!({"event_id": id.as_str(), "unsigned": {"age": 1}})))
        };
        let bundle = relations.of(&event("$p").into()).bundle(viewer, serve)?;
        Some(serde_json::from_slice::<Value>(&bundle.to_canonical()).unwrap())
    };
    let served = |id| json!({"event_id": id, "unsigned": {"age": 1}});
    let latest =
        json!({"event_id": "$t", "unsigned": {"age": 1, "m.relations": {"m.replace": served("$te")}}});
    rows.pop();
    let wanted = json!({
        "m.replace": served("$e"),
        "m.thread": {"latest_event": latest, "count": 1, "current_user_participated": false},
        "m.reference": {"chunk": [{"event_id": "$r"}]},
    });
    assert_eq!(built(&rows, &Viewer::default()), Some(wanted));
    let wanted = json!({"m.reference": {"chunk": [{"event_id": "$r"}]}});
    assert_eq!(built(&rows, &ignoring(&["@a:x", "@b:x"])), Some(wanted));
    rows[0].is_state = true;
    assert_eq!(built(&rows, &Viewer::default()), None);
    assert_eq!(built(&rows[1..], &Viewer::default()), None, "an event that is not known gets nothing");
    assert_eq!(
        built(&[message("$p", "@a:x", 1), reaction("$1", "@b:x", "$p", "y")], &Viewer::default()),
        None
    );
}

#[test]
fn a_bundle_is_read_as_far_as_it_fits() {
    let relations = json!({
        "m.replace": {"event_id": "$e"},
        "m.thread": {"latest_event": {"event_id": "$t"}, "count": 3, "current_user_participated": true},
        "m.reference": {"chunk": [{"event_id": "$r"}, {"event_id": 5}, 7, {"event_id": "$s"}]},
    });
    let unsigned =
        |relations: &Value| Unsigned::of(&object(&json!({"m.relations": relations}))).unwrap().relations;
    let bundle = unsigned(&relations).unwrap();
    assert_eq!(bundle.replace.unwrap().get_str("event_id"), Some("$e"));
    let thread = bundle.thread.unwrap();
    assert_eq!((thread.count.get(), thread.current_user_participated), (3, true));
    assert_eq!(thread.latest_event.get_str("event_id"), Some("$t"));
    let references = bundle.reference.unwrap().chunk;
    assert!(references.iter().map(|reference| reference.event_id.as_str()).eq(["$r", "$s"]));
    let misfits = json!({"m.replace": 7, "m.thread": {"latest_event": {}, "count": 1}, "m.reference": 5});
    assert_eq!(*unsigned(&misfits).unwrap(), BundledRelations::new());
    assert_eq!(unsigned(&json!([])), None);
}

#[test]
fn an_edit_overwrites_all_but_the_relation() {
    let edit = object(
        &json!({"m.new_content": {"body": "new", "m.relates_to": {"rel_type": "m.thread", "event_id": "$z"}}}),
    );
    assert_eq!(edited_content(None, &edit), Some(object(&json!({"body": "new"}))));
    let relates_to = object(&json!({"m.in_reply_to": {"event_id": "$q"}}));
    let wanted = json!({"body": "new", "m.relates_to": {"m.in_reply_to": {"event_id": "$q"}}});
    assert_eq!(edited_content(Some(&relates_to), &edit), Some(object(&wanted)));
    assert_eq!(edited_content(None, &object(&json!({"m.new_content": "new"}))), None);
}
