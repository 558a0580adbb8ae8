//! The algorithm once more, as literally as it is written and with no regard for cost, to hold ours against.

use std::collections::{BTreeMap, BTreeSet};

use matrix_authrules::{
    AuthContent, AuthState as _, Candidate, Event, Membership, ParsedState, Pdu, PowerLevel, RoomLevels,
    auth_types, check_state_dependent, verify_signed,
};
use matrix_identifiers::EventId;
use matrix_roomversion::{RoomVersionRules, StateResolution};

type Ids = BTreeSet<String>;
pub type State = BTreeMap<(String, String), String>;

pub struct Reference<'a> {
    pub rules: &'a RoomVersionRules,
    pub events: &'a BTreeMap<String, Pdu>,
}

impl Reference<'_> {
    fn auth(&self, id: &str) -> impl Iterator<Item = &str> {
        self.events[id].auth_events().map(EventId::as_str)
    }

    fn key(&self, id: &str) -> (String, String) {
        (self.events[id].event_type().to_owned(), self.events[id].state_key().unwrap().to_owned())
    }

    /// The auth chain of an event, itself included.
    fn chain(&self, id: &str) -> Ids {
        let (mut chain, mut next) = (Ids::new(), vec![id.to_owned()]);
        while let Some(id) = next.pop() {
            if chain.insert(id.clone()) {
                next.extend(self.auth(&id).map(str::to_owned));
            }
        }
        chain
    }

    pub fn resolve(&self, sets: &[State]) -> State {
        let keys: BTreeSet<_> = sets.iter().flat_map(State::keys).cloned().collect();
        let (mut unconflicted, mut conflicted) = (State::new(), Ids::new());
        for key in keys {
            let values: BTreeSet<_> = sets.iter().map(|set| set.get(&key)).collect();
            match values.first() {
                Some(Some(only)) if values.len() == 1 => _ = unconflicted.insert(key, (*only).clone()),
                _ => conflicted.extend(values.into_iter().flatten().cloned()),
            }
        }
        if conflicted.is_empty() {
            return unconflicted;
        }
        let chains: Vec<Ids> =
            sets.iter().map(|set| set.values().flat_map(|id| self.chain(id)).collect()).collect();
        let mut full: Ids =
            chains.iter().flatten().filter(|id| !chains.iter().all(|c| c.contains(*id))).cloned().collect();
        full.extend(conflicted.iter().cloned());
        let from_empty = self.rules.state_resolution == StateResolution::V2_1;
        if from_empty {
            let above: Ids = conflicted.iter().flat_map(|id| self.chain(id)).collect();
            let leads_down = |id: &&String| self.chain(id).iter().any(|below| conflicted.contains(below));
            full.extend(above.iter().filter(leads_down).cloned());
        }
        let mut power: Ids = full.iter().filter(|id| self.is_power(id)).cloned().collect();
        loop {
            let more: Ids = power
                .iter()
                .flat_map(|id| self.auth(id))
                .filter(|id| full.contains(*id))
                .map(str::to_owned)
                .collect();
            let before = power.len();
            power.extend(more);
            if power.len() == before {
                break;
            }
        }
        let mut state = if from_empty { State::new() } else { unconflicted.clone() };
        for id in self.topological(&power) {
            self.try_event(&id, &mut state);
        }
        let mut rest: Vec<&String> = full.difference(&power).collect();
        let mainline = self.mainline(state.get(&("m.room.power_levels".to_owned(), String::new())));
        rest.sort_by_key(|id| {
            let position = self.position(id, &mainline);
            (std::cmp::Reverse(position), self.events[*id].origin_server_ts(), (*id).clone())
        });
        for id in rest {
            self.try_event(id, &mut state);
        }
        state.extend(unconflicted);
        state
    }

    fn is_power(&self, id: &str) -> bool {
        let event = &self.events[id];
        match (event.event_type(), event.state_key()) {
            ("m.room.create" | "m.room.power_levels" | "m.room.join_rules", Some("")) => true,
            ("m.room.member", Some(key)) => match AuthContent::parse(event, &self.rules.authorization) {
                AuthContent::Member(member) => {
                    matches!(member.membership, Some(Membership::Leave | Membership::Ban))
                        && key != event.sender().as_str()
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn power_levels_of(&self, id: &str) -> Option<String> {
        self.auth(id)
            .find(|id| self.key(id) == ("m.room.power_levels".to_owned(), String::new()))
            .map(str::to_owned)
    }

    fn level(&self, id: &str) -> PowerLevel {
        let mut state = ParsedState::new(&self.rules.authorization, verify_signed);
        self.auth(id).for_each(|id| state.insert(&self.events[id]));
        if !self.rules.authorization.selects_create_event {
            self.events
                .values()
                .filter(|event| event.event_type() == "m.room.create")
                .for_each(|e| state.insert(e));
        }
        RoomLevels::new(&self.rules.authorization, state.create(), state.power_levels())
            .user(self.events[id].sender())
    }

    /// Of all that have nothing left before them, always the smallest.
    fn topological(&self, events: &Ids) -> Vec<String> {
        let (mut left, mut sorted) = (events.clone(), Vec::new());
        while !left.is_empty() {
            let ready = left.iter().filter(|id| !self.auth(id).any(|auth| left.contains(auth)));
            let key = |id: &&String| {
                (std::cmp::Reverse(self.level(id)), self.events[*id].origin_server_ts(), (*id).clone())
            };
            let next = ready.min_by_key(key).unwrap().clone();
            left.remove(&next);
            sorted.push(next);
        }
        sorted
    }

    fn mainline(&self, power_levels: Option<&String>) -> Vec<String> {
        let (mut mainline, mut next) = (Vec::new(), power_levels.cloned());
        while let Some(id) = next {
            next = self.power_levels_of(&id);
            mainline.push(id);
        }
        mainline
    }

    fn position(&self, id: &str, mainline: &[String]) -> usize {
        let mut next = self.power_levels_of(id);
        while let Some(id) = next {
            if let Some(position) = mainline.iter().position(|known| *known == id) {
                return position;
            }
            next = self.power_levels_of(&id);
        }
        usize::MAX
    }

    fn try_event(&self, id: &str, state: &mut State) {
        let (event, rules) = (&self.events[id], &self.rules.authorization);
        let mut seen = ParsedState::new(rules, verify_signed);
        if !rules.selects_create_event {
            self.events
                .values()
                .filter(|event| event.event_type() == "m.room.create")
                .for_each(|e| seen.insert(e));
        }
        for (event_type, state_key) in auth_types(event, rules) {
            let key = (event_type.to_owned(), AsRef::<str>::as_ref(&state_key).to_owned());
            let own = self.auth(id).find(|auth| self.key(auth) == key).map(str::to_owned);
            if let Some(id) = state.get(&key).cloned().or(own) {
                seen.insert(&self.events[&id]);
            }
        }
        let content = AuthContent::parse(event, rules);
        let candidate = Candidate::new(event, &content, seen.create().map(|create| create.event_id()));
        if check_state_dependent(&candidate, rules, &seen).is_ok() {
            state.insert(self.key(id), id.to_owned());
        }
    }
}
