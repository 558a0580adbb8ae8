//! The check that a server makes for each event and each state allocates nothing.

use matrix_authrules::{AuthContent, AuthState as _, Candidate, ParsedState, check_state_dependent};
use matrix_roomversion::RoomVersion;

use crate::{cases, scene::Scene};

#[test]
fn no_rule_of_any_version_allocates_whether_it_allows_or_refuses() {
    let mut checked = 0;
    for case in cases::all() {
        for version in RoomVersion::ALL {
            let mut scene = Scene::new(version);
            (case.change)(&mut scene);
            let (event, events) = scene.pdus();
            let rules = &scene.rules().authorization;
            let mut state = ParsedState::new(rules, |_, keys| keys.iter().any(|key| &**key == "good"));
            events.iter().for_each(|event| state.insert(event));
            let content = AuthContent::parse(&event, rules);
            let create = state.create().map(|create| create.event_id());
            let candidate = Candidate::new(&event, &content, create);
            let counted = allocation_counter::measure(|| {
                let _ = check_state_dependent(&candidate, rules, &state);
            });
            assert_eq!(counted.count_total, 0, "{} in room {version}", case.name);
            checked += 1;
        }
    }
    assert!(checked > 2500, "{checked}");
}
