use matrix_identifiers::{EventId, UserId};
use matrix_redaction::{BelatedTarget, MAX_TARGETS, MassRedaction, Outcome, targets_that_fit};

use super::{list_rules, object, rules};

const REDACTION: &str = r#"{"content":{"reason":"spam","redacts":["$own","$others","$unknown","$later"]},"sender":"@mod:a.example","type":"m.room.redaction"}"#;

fn id(id: &str) -> &EventId {
    EventId::parse(id).unwrap()
}

fn user(id: &str) -> &UserId {
    UserId::parse(id).unwrap()
}

#[test]
fn msc2244_each_target_is_judged_alone_and_only_the_applied_are_shown() {
    let event = object(REDACTION);
    let mut mass = MassRedaction::new(&event, 0, 50, &list_rules()).unwrap();
    assert_eq!(mass.to_client(&event), None, "nothing applied, nothing to tell");
    assert_eq!(mass.on_target(id("$own"), user("@x:a.example")), Outcome::Applied);
    assert_eq!(mass.on_target(id("$others"), user("@x:b.example")), Outcome::Refused);
    assert_eq!(mass.on_target(id("$own"), user("@x:a.example")), Outcome::NotPending);
    assert_eq!(mass.on_target(id("$never-named"), user("@x:a.example")), Outcome::NotPending);
    assert_eq!(mass.applied().iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["$own"]);
    assert_eq!(mass.pending().map(EventId::as_str).collect::<Vec<_>>(), ["$later", "$unknown"]);
    assert_eq!(
        mass.to_client(&event).unwrap().to_string(),
        r#"{"content":{"reason":"spam","redacts":["$own"]},"redacts":"$own","sender":"@mod:a.example","type":"m.room.redaction"}"#,
    );
}

#[test]
fn msc2244_belated_targets_are_withheld_or_delivered_and_never_announced() {
    let event = object(REDACTION);
    let mut mass = MassRedaction::new(&event, 0, 50, &list_rules()).unwrap();
    mass.on_target(id("$own"), user("@x:a.example"));
    let before = mass.to_client(&event);
    assert_eq!(mass.on_belated_target(id("$later"), user("@y:a.example")), BelatedTarget::Withhold);
    assert_eq!(mass.on_belated_target(id("$unknown"), user("@y:b.example")), BelatedTarget::Deliver);
    assert_eq!(mass.on_belated_target(id("$never-named"), user("@y:a.example")), BelatedTarget::Deliver);
    assert_eq!(mass.to_client(&event), before, "clients are not told later");
}

#[test]
fn msc2244_redact_level_applies_to_every_target() {
    let mut mass = MassRedaction::new(&object(REDACTION), 50, 50, &list_rules()).unwrap();
    for target in ["$own", "$others", "$unknown", "$later"] {
        assert_eq!(mass.on_target(id(target), user("@x:c.example")), Outcome::Applied);
    }
    assert_eq!(mass.pending().count(), 0);
}

#[test]
fn single_redactions_go_the_same_way() {
    let event =
        object(r#"{"content":{},"redacts":"$a","sender":"@mod:a.example","type":"m.room.redaction"}"#);
    let mut mass = MassRedaction::new(&event, 0, 50, rules("6")).unwrap();
    assert_eq!(mass.on_target(id("$a"), user("@x:a.example")), Outcome::Applied);
    assert_eq!(
        mass.to_client(&event).unwrap().to_string(),
        r#"{"content":{"redacts":"$a"},"redacts":"$a","sender":"@mod:a.example","type":"m.room.redaction"}"#,
    );
}

#[test]
fn redaction_without_readable_sender_is_an_error() {
    let kind = |json: &str| MassRedaction::new(&object(json), 0, 0, rules("12")).unwrap_err().kind();
    assert_eq!(kind(r#"{"type":"m.room.redaction","content":{}}"#), "missing_field");
    assert_eq!(kind(r#"{"sender":1,"type":"m.room.redaction","content":{}}"#), "invalid_field");
    assert_eq!(kind(r#"{"sender":"alice","type":"m.room.redaction","content":{}}"#), "invalid_identifier");
}

#[test]
fn msc2244_number_of_targets_is_bounded_by_the_size_of_an_event() {
    let target = format!("\"${}\"", "a".repeat(43));
    // Every remainder that the rest of an event can leave.
    for reason in (0..target.len() + 1).map(|length| "x".repeat(length)) {
        let list = |count: usize| {
            let targets = vec![target.as_str(); count].join(",");
            format!(
                r#"{{"content":{{"reason":"{reason}","redacts":[{targets}]}},"type":"m.room.redaction"}}"#
            )
        };
        let fit = targets_that_fit(list(0).len());
        assert!(list(fit).len() <= 65_536 && list(fit + 1).len() > 65_536, "{}", reason.len());
    }
    let fit = targets_that_fit(0);
    assert!(fit <= MAX_TARGETS && (1_300..1_500).contains(&MAX_TARGETS));
    assert_eq!(targets_that_fit(70_000), 0);
}
