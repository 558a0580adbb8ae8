use std::collections::BTreeMap;

use matrix_canonicaljson::Object;
use matrix_events::Wire;
use matrix_events::relation::{EventKey, RelatedEvent, Relation, Relations, Viewer, edited_content};
use serde_json::{Value, json};

use crate::{event, object, room, user};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../data/relations_cases.json")).unwrap()
}

fn json(object: &Object) -> Value {
    serde_json::from_str(&object.to_string()).unwrap()
}

#[test]
fn msc2674_relations_of_the_vectors() {
    let vectors = vectors();
    let cases = vectors["m_relates_to_parse"].as_array().unwrap();
    assert_eq!(cases.len(), 5);
    for case in cases {
        let content = object(&case["content"]);
        let relation = Relation::of(&content)
            .map(|relation| json!([relation.rel_type.as_str(), relation.event_id.as_str()]));
        assert_eq!(relation.unwrap_or(Value::Null), case["relation"], "{case}");
    }
}

#[test]
fn msc2675_aggregates_of_the_vectors() {
    let vectors = vectors();
    let cases = vectors["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 12);
    for case in cases {
        check(case);
    }
}

fn check(case: &Value) {
    let parent_id = event(case["parent"]["event_id"].as_str().unwrap());
    let mut relations = Relations::new(room(case["parent"]["room_id"].as_str().unwrap()).to_owned());
    let mut contents = BTreeMap::new();
    let events = std::iter::once(&case["parent"]).chain(case["events"].as_array().unwrap());
    for (position, row) in events.enumerate() {
        let id = event(row["event_id"].as_str().unwrap());
        if row["redacted"] == true {
            relations.redact(id);
            continue;
        }
        let content = object(&row["content"]);
        relations.add(&RelatedEvent {
            key: id.into(),
            room_id: row["room_id"].as_str().map(room),
            sender: user(row["sender"].as_str().unwrap()),
            event_type: row["type"].as_str().unwrap(),
            is_state: row.get("state_key").is_some(),
            origin_server_ts: row["origin_server_ts"].as_i64().unwrap(),
            position: i64::try_from(position).unwrap(),
            content: &content,
            decrypted: None,
        });
        contents.insert(id.as_str().to_owned(), content);
    }
    let ignored =
        case["ignored_users"].as_array().unwrap().iter().map(|id| user(id.as_str().unwrap()).into());
    let viewer =
        Viewer { user_id: case["me"].as_str().map(|id| user(id).into()), ignored: ignored.collect() };
    let related = relations.of(&parent_id.into());
    let id = |key: &EventKey| match key {
        EventKey::Sent(id) => id.to_string(),
        EventKey::Pending(_) => panic!("nothing is pending"),
    };
    let latest_edit = related.latest_edit(&viewer).map(id);

    for (name, wanted) in case["expect"].as_object().unwrap() {
        let found = match name.as_str() {
            "annotations" => {
                let mut counts = json!({});
                for annotation in related.annotations(&viewer) {
                    counts[annotation.event_type][annotation.key] = json!(annotation.count);
                }
                counts
            }
            "latest_edit" => json!(latest_edit),
            "content" => {
                let relates_to = contents[parent_id.as_str()].get_object("m.relates_to");
                let edited = edited_content(relates_to, &contents[latest_edit.as_ref().unwrap()]);
                json(&edited.unwrap())
            }
            "thread" => related.thread(&viewer).map_or(Value::Null, |thread| {
                json!({
                    "count": thread.count,
                    "latest_event": id(thread.latest_event),
                    "current_user_participated": thread.current_user_participated,
                })
            }),
            "reference" => {
                let bundle = related.bundle(&viewer, |id| contents.get(id.as_str()).cloned()).unwrap();
                json(&bundle.reference.unwrap().to_object())
            }
            other => panic!("an expectation of {other}"),
        };
        assert_eq!(found, *wanted, "{}: {name}", case["name"]);
    }
}
