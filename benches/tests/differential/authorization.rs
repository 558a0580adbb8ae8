//! The authorization rules that look at a state, and the selection of auth events: every event of generated rooms
//! against every branch's state.

use std::collections::BTreeSet;

use matrix_authrules::{AuthContent, AuthState, Candidate, Denied, ParsedState, check_state_dependent};
use matrix_benches::peer::PeerRoom;
use matrix_benches::rng::Rng;
use matrix_benches::rooms::{Options, Room, RoomEvent};
use matrix_identifiers::UserId;
use matrix_roomversion::RoomVersion;
use serde_json::Value;

use crate::resolution::{options, versions};
use matrix_benches::differential::Difference;

const ROOMS_FOR_EACH_VERSION: u64 = 24;

fn check(room: &Room, event: &RoomEvent, state: &ParsedState) -> Result<(), Denied> {
    let rules = &room.version.rules().authorization;
    let content = AuthContent::parse(event, rules);
    let create = state.create().map(|create| create.event_id());
    check_state_dependent(&Candidate::new(event, &content, create), rules, state)
}

fn states(room: &Room) -> Vec<ParsedState> {
    let parse = |state: &std::collections::BTreeMap<(String, String), usize>| {
        let mut parsed = ParsedState::new(&room.version.rules().authorization, |_, _| false);
        state.values().for_each(|index| parsed.insert(&room.events[*index]));
        parsed
    };
    room.states.iter().map(parse).collect()
}

fn content(event: &RoomEvent) -> Value {
    serde_json::from_str(&event.content).expect("JSON")
}

/// The accepted reason for a difference between two verdicts, if there is one.
fn accepted(
    room: &Room,
    event: &RoomEvent,
    state: usize,
    ours: &Result<(), Denied>,
    peers: &Result<(), String>,
) -> Option<Difference> {
    let join_rules = room.states[state].get(&("m.room.join_rules".to_owned(), String::new()));
    let join_rule = join_rules.map(|index| content(&room.events[*index])["join_rule"].clone());
    match (ours, peers) {
        (Ok(()), Err(error)) => {
            let levels = error.contains("field in `content` of `m.room.power_levels` event");
            if join_rule.is_some_and(|rule| !rule.is_string()) && error.contains("`join_rule`") {
                return Some(Difference::JoinRuleUnreadable);
            }
            (room.version < RoomVersion::V10 && levels).then_some(Difference::LevelsBelowRoom10)
        }
        (Err(_), Ok(())) => {
            let invite = content(event).get("third_party_invite").cloned();
            (event.event_type == "m.room.member" && invite == Some(Value::Null))
                .then_some(Difference::InviteNull)
        }
        _ => None,
    }
}

/// Reports the events of a room on which the two do not agree, and collects the accepted differences.
fn compare(options: Options, seen: &mut BTreeSet<Difference>) -> Vec<String> {
    let room = Room::generate(options);
    let peer = PeerRoom::new(&room);
    let mut reports = Vec::new();
    let mut rng = Rng::new(options.seed);
    let states = states(&room);
    for event in &room.events {
        let event = if options.odd_percent > 0 { &event.made_odd(&mut rng) } else { event };
        let peers_event = peer.event(event);
        for (number, state) in states.iter().enumerate().take(4) {
            let (ours, peers) = (check(&room, event, state), peer.check(&peers_event, number));
            if ours.is_ok() == peers.is_ok() {
                continue;
            }
            if let Some(difference) = accepted(&room, event, number, &ours, &peers) {
                seen.insert(difference);
            } else {
                let ours = ours.map_err(|denied| format!("{} {denied}", denied.rule()));
                reports.push(format!(
                    "room {} {:?} by {}: {}\n  ours {ours:?}\n  ruma {peers:?}",
                    room.version.as_str(),
                    (&event.event_type, &event.state_key),
                    event.sender,
                    event.content,
                ));
            }
        }
    }
    reports
}

fn agree(rooms: impl Iterator<Item = Options>, expected: &[Difference]) {
    let mut seen = BTreeSet::new();
    let reports: Vec<String> = rooms.flat_map(|room| compare(room, &mut seen)).collect();
    let shown: Vec<&str> = reports.iter().take(10).map(String::as_str).collect();
    assert!(reports.is_empty(), "{} verdicts differ:\n{}", reports.len(), shown.join("\n"));
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), expected);
}

fn rooms(change: impl Fn(Options) -> Options + Copy) -> impl Iterator<Item = Options> {
    versions().flat_map(move |version: RoomVersion| {
        (0..ROOMS_FOR_EACH_VERSION).map(move |seed| change(options(2_000 + seed, version)))
    })
}

#[test]
fn events_of_generated_rooms_are_judged_alike() {
    agree(rooms(|options| Options { honest: false, ..options }), &[]);
}

#[test]
fn odd_contents_are_judged_alike_but_for_the_accepted_differences() {
    let odd = rooms(|options| Options { honest: true, odd_percent: 25, ..options });
    agree(odd, &Difference::OF_AUTHORIZATION);
}

/// Whether a member event's content cannot be read where the selection looks at it.
fn unreadable(event: &RoomEvent) -> bool {
    let content = content(event);
    let is_user = |value: &Value| value.as_str().is_some_and(|id| UserId::parse(id).is_ok());
    let optional = |key| content.get(key).filter(|value| !value.is_null());
    let membership = content["membership"].as_str();
    event.event_type == "m.room.member"
        && (membership.is_none()
            || membership == Some("join")
                && optional("join_authorised_via_users_server").is_some_and(|value| !is_user(value))
            || membership == Some("invite")
                && optional("third_party_invite")
                    .is_some_and(|invite| !invite["signed"]["token"].is_string()))
}

#[test]
fn auth_events_are_selected_alike_but_for_the_accepted_difference() {
    let mut refused = 0;
    for options in rooms(|options| Options { honest: false, ..options }) {
        let room = Room::generate(options);
        let peer = PeerRoom::new(&room);
        let mut rng = Rng::new(options.seed);
        for event in &room.events {
            for event in [event, &event.made_odd(&mut rng)] {
                let ours: Vec<(String, String)> =
                    matrix_authrules::auth_types(event, &room.version.rules().authorization)
                        .into_iter()
                        .map(|(event_type, key)| (event_type.to_owned(), key))
                        .collect();
                match peer.auth_types(&peer.event(event)) {
                    Ok(peers) => assert_eq!(ours, peers, "{event:?}"),
                    Err(_) if unreadable(event) => refused += 1,
                    Err(error) => panic!("{error}: {event:?}"),
                }
            }
        }
    }
    assert!(refused > 0, "{:?} no longer shows", Difference::SelectionFromUnreadable);
}
