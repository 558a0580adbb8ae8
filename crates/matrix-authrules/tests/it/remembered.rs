//! What may be remembered or shared instead of being worked out again: the answers are the same.

use matrix_authrules::{
    AuthContent, AuthState, Candidate, Create, JoinRule, Membership, ParsedState, PowerLevel,
    PowerLevelChange, PowerLevels, RoomLevels, ThirdPartyInvite, VerifyInvite, check_state_dependent,
};
use matrix_roomversion::RoomVersion;

use crate::{cases, scene::Scene};

/// A state that remembers the sender's level.
struct Remembering<'a> {
    state: &'a ParsedState,
    level: Option<PowerLevel>,
}

impl AuthState for Remembering<'_> {
    fn create(&self) -> Option<&Create> {
        self.state.create()
    }
    fn power_levels(&self) -> Option<&PowerLevels> {
        self.state.power_levels()
    }
    fn join_rule(&self) -> Option<JoinRule> {
        self.state.join_rule()
    }
    fn membership(&self, state_key: &str) -> Option<Membership> {
        self.state.membership(state_key)
    }
    fn third_party_invite(&self, token: &str) -> Option<&ThirdPartyInvite> {
        self.state.third_party_invite(token)
    }
    fn verify_invite(&self) -> VerifyInvite {
        self.state.verify_invite()
    }
    fn sender_level(&self) -> Option<PowerLevel> {
        self.level
    }
}

#[test]
fn remembered_levels_give_every_case_its_verdict() {
    let mut asked = 0;
    for case in cases::all() {
        for version in RoomVersion::ALL {
            let mut scene = Scene::new(version);
            (case.change)(&mut scene);
            let (event, events) = scene.pdus();
            let rules = &scene.rules().authorization;
            let mut state = ParsedState::new(rules, scene.verify);
            events.iter().for_each(|event| state.insert(event));
            let content = AuthContent::parse(&event, rules);
            let candidate = Candidate::new(&event, &content, state.create().map(|create| create.event_id()));
            let level = RoomLevels::new(rules, state.create(), state.power_levels()).user(candidate.sender);
            let check =
                |level| check_state_dependent(&candidate, rules, &Remembering { state: &state, level });
            let wanted = check_state_dependent(&candidate, rules, &state);
            assert_eq!(check(Some(level)), wanted, "{} in room {version}", case.name);
            // What is remembered is what counts: with all power in the world, levels refuse nothing.
            let refused = |verdict: &Result<(), matrix_authrules::Denied>| {
                verdict.is_err_and(|denied| denied.levels().is_some_and(|(sender, _)| sender == level))
            };
            asked += usize::from(refused(&wanted) && !refused(&check(Some(PowerLevel::Infinite))));
        }
    }
    assert!(asked > 100, "{asked}");
}

#[test]
fn power_levels_that_share_say_what_they_said() {
    let rules = &RoomVersion::V11.rules().authorization;
    let users = |changed: usize| {
        let users = (0..300).map(|n| format!(r#""@u{n}:x":{}"#, if n == changed { 9 } else { n % 7 }));
        format!(
            r#"{{"users":{{{}}},"events":{{"a":{changed}}},"notifications":{{"room":{changed}}},"ban":7}}"#,
            users.collect::<Vec<_>>().join(",")
        )
    };
    let (old, apart) = (PowerLevels::parse(&users(3), rules), PowerLevels::parse(&users(200), rules));
    let mut sharing = apart.clone();
    sharing.share_with(&old);
    assert_eq!(sharing, apart);
    assert!(sharing.users().eq(apart.users()) && sharing.users().len() == 300);
    let sender = matrix_identifiers::UserId::parse("@u1:x").unwrap();
    assert_eq!(
        PowerLevelChange::between(&old, &sharing, sender, rules),
        PowerLevelChange::between(&old, &apart, sender, rules)
    );
    let kept = allocation_counter::measure(|| {
        let mut new = PowerLevels::parse(&users(100), rules);
        new.share_with(&old);
        std::mem::forget(new);
    });
    let alone = allocation_counter::measure(|| std::mem::forget(PowerLevels::parse(&users(100), rules)));
    assert!(
        kept.bytes_current * 3 < alone.bytes_current,
        "{} beside {}",
        kept.bytes_current,
        alone.bytes_current
    );
}
