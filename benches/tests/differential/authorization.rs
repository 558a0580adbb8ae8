//! The authorization rules that look at a state, and the selection of auth events: every event of generated rooms
//! against every branch's state.

use matrix_authrules::{AuthContent, AuthState, Candidate, Denied, ParsedState, check_state_dependent};
use matrix_benches::peer::PeerRoom;
use matrix_benches::rooms::{Options, Room, RoomEvent};
use matrix_roomversion::RoomVersion;

use crate::resolution::{options, versions};

const ROOMS_FOR_EACH_VERSION: u64 = 40;

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

/// Reports the events of a room on which the two do not agree.
fn compare(options: Options) -> Vec<String> {
    let room = Room::generate(options);
    let peer = PeerRoom::new(&room);
    let mut reports = Vec::new();
    for (number, state) in states(&room).iter().enumerate().take(4) {
        for event in &room.events {
            let peers_event = peer.event(event.event_id.as_str()).expect("an event of the room");
            let (ours, peers) = (check(&room, event, state), peer.check(peers_event, number));
            if ours.is_ok() != peers.is_ok() {
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

fn agree(rooms: impl Iterator<Item = Options>) {
    let reports: Vec<String> = rooms.flat_map(compare).collect();
    let shown: Vec<&str> = reports.iter().take(10).map(String::as_str).collect();
    assert!(reports.is_empty(), "{} verdicts differ:\n{}", reports.len(), shown.join("\n"));
}

fn rooms(change: impl Fn(Options) -> Options + Copy) -> impl Iterator<Item = Options> {
    versions().flat_map(move |version: RoomVersion| {
        (0..ROOMS_FOR_EACH_VERSION).map(move |seed| change(options(2_000 + seed, version)))
    })
}

#[test]
fn events_of_generated_rooms_are_judged_alike() {
    agree(rooms(|options| Options { honest: false, ..options }));
}

#[test]
fn odd_contents_are_judged_alike() {
    agree(rooms(|options| Options { honest: false, odd_percent: 25, ..options }));
}

#[test]
fn auth_events_are_selected_alike() {
    for options in rooms(|options| Options { honest: false, ..options }) {
        let room = Room::generate(options);
        let peer = PeerRoom::new(&room);
        for event in &room.events {
            let ours: Vec<(String, String)> =
                matrix_authrules::auth_types(event, &room.version.rules().authorization)
                    .into_iter()
                    .map(|(event_type, key)| (event_type.to_owned(), key))
                    .collect();
            let peers_event = peer.event(event.event_id.as_str()).expect("an event of the room");
            assert_eq!(Ok(ours), peer.auth_types(peers_event), "{event:?}");
        }
    }
}
