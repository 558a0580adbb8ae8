//! How a room grows: its trunk, its branches, and what users do on them.

use std::collections::BTreeMap;

use matrix_authrules::{auth_types, check};
use matrix_identifiers::{OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, UserId};
use matrix_roomversion::RoomVersion;
use serde_json::{Map, Value, json};

use super::odd::odd_content;
use super::{Options, Room, RoomEvent};
use crate::rng::Rng;

/// A branch as it grows.
#[derive(Clone, Debug, Default)]
struct Branch {
    state: BTreeMap<(String, String), usize>,
    tip: Option<usize>,
}

pub(super) struct Maker {
    options: Options,
    rng: Rng,
    pub(super) room: Room,
    room_id: Option<OwnedRoomId>,
    users: Vec<OwnedUserId>,
    now_ms: i64,
    branches: Vec<Branch>,
}

const SERVERS: [&str; 5] =
    ["matrix.example.org", "example.com", "chat.example.net:8448", "hs.univ.example", "m.example.io"];

impl Maker {
    pub(super) fn new(options: Options) -> Self {
        let users = (0..options.users.max(4))
            .map(|number| {
                let id = format!("@user{number:04}:{}", SERVERS[number % SERVERS.len()]);
                id.parse().expect("a user ID")
            })
            .collect();
        Self {
            options,
            rng: Rng::new(options.seed),
            room: Room { version: options.version, events: Vec::new(), states: Vec::new() },
            room_id: (options.version < RoomVersion::V12)
                .then(|| "!cURbafjkfsMDVwdRDQ:matrix.example.org".parse().expect("a room ID")),
            users,
            now_ms: 1_700_000_000_000,
            branches: vec![Branch::default()],
        }
    }

    /// The events that every branch shares.
    pub(super) fn trunk(&mut self) {
        let founder = self.users[0].clone();
        let mut content = Map::new();
        content.insert("room_version".to_owned(), self.options.version.as_str().into());
        if self.options.version < RoomVersion::V11 {
            content.insert("creator".to_owned(), founder.as_str().into());
        }
        if self.options.unfederated {
            content.insert("m.federate".to_owned(), false.into());
        }
        if self.options.version == RoomVersion::V12 && self.rng.chance(50) {
            content.insert("additional_creators".to_owned(), json!([self.users[3].as_str()]));
        }
        self.add(0, &founder, "m.room.create", "", Value::Object(content));
        self.add(0, &founder, "m.room.member", founder.as_str(), json!({"membership": "join"}));
        let levels = self.first_levels();
        self.add(0, &founder, "m.room.power_levels", "", levels);
        let rule = if self.rng.chance(80) { "public" } else { "invite" };
        self.add(0, &founder, "m.room.join_rules", "", json!({"join_rule": rule}));
        let history = json!({"history_visibility": "shared"});
        self.add(0, &founder, "m.room.history_visibility", "", history);
        for number in 1..(self.users.len() / 2).min(self.options.events / 4 + 1) {
            let user = self.users[number].clone();
            if rule == "invite" {
                let content = json!({"membership": "invite"});
                self.add(0, &founder, "m.room.member", user.as_str(), content);
            }
            let content = json!({"membership": "join", "displayname": format!("User {number}")});
            self.add(0, &user, "m.room.member", user.as_str(), content);
        }
    }

    fn first_levels(&mut self) -> Value {
        let mut users = Map::new();
        if self.options.version < RoomVersion::V12 {
            users.insert(self.users[0].to_string(), 100.into());
        }
        users.insert(self.users[1].to_string(), 100.into());
        users.insert(self.users[2].to_string(), 50.into());
        for number in 0..self.options.listed_users {
            users.insert(format!("@listed{number:05}:example.com"), ((number % 50) as i64).into());
        }
        json!({
            "users": users, "users_default": 0, "events_default": 0, "state_default": 50, "ban": 50, "kick": 50,
            "redact": 50, "invite": 0, "notifications": {"room": 50},
            "events": {"m.room.topic": 25, "m.room.name": 50, "m.room.power_levels": 100, "m.room.tombstone": 150},
        })
    }

    /// Forks the trunk into branches, each off any that is there, and lets them grow until the room has its size.
    pub(super) fn grow(&mut self) {
        let first = self.room.events.len().max(self.options.before_fork);
        let rest = self.options.events.saturating_sub(first);
        let mut idle = 0;
        while self.room.events.len() < self.options.events && idle < 1_000 {
            // All branches are there after a fifth of the events from the first fork on.
            let wanted = match self.room.events.len().checked_sub(first) {
                Some(done) => 1 + (self.options.branches - 1) * (done * 5 + 1).min(rest) / rest.max(1),
                None => 1,
            };
            while self.branches.len() < wanted.min(self.options.branches) {
                self.fork();
            }
            let branch = self.rng.below(self.branches.len());
            idle = if self.any_event(branch) { 0 } else { idle + 1 };
        }
        while self.branches.len() < self.options.branches {
            self.fork();
        }
        self.room.states = self.branches.iter().map(|branch| branch.state.clone()).collect();
    }

    fn fork(&mut self) {
        let origin = self.rng.below(self.branches.len());
        self.branches.push(self.branches[origin].clone());
    }

    /// Adds an event of any kind to a branch; tells whether one was added.
    fn any_event(&mut self, branch: usize) -> bool {
        let sender = self.somebody(branch);
        let other = self.rng.pick(&self.users).clone();
        let power = self.options.power_percent;
        let roll = self.rng.below(100);
        if roll < power {
            let content = self.changed_levels(branch);
            return self.add(branch, &sender, "m.room.power_levels", "", content);
        }
        match (roll - power) * 100 / (100 - power).max(1) {
            0..3 => {
                let content = self.join_rules();
                self.add(branch, &sender, "m.room.join_rules", "", content)
            }
            3..8 => self.member(branch, &sender, &other, "ban"),
            8..14 => self.member(branch, &sender, &other, "leave"),
            14..20 => self.member(branch, &sender, &other, "invite"),
            20..22 => self.member(branch, &other, &other, "knock"),
            22..28 => self.member(branch, &other, &other, "leave"),
            28..62 => self.member(branch, &other, &other, "join"),
            62..76 => {
                let content = json!({"topic": self.rng.text(40)});
                self.add(branch, &sender, "m.room.topic", "", content)
            }
            76..84 => {
                let content = json!({"name": self.rng.text(12)});
                self.add(branch, &sender, "m.room.name", "", content)
            }
            84..86 => {
                self.add(branch, &sender, "m.room.guest_access", "", json!({"guest_access": "can_join"}))
            }
            86..89 => {
                let key = sender.to_string();
                let content = json!({"feeling": self.rng.text(5)});
                self.add(branch, &sender, "org.example.mood", &key, content)
            }
            _ => {
                let key = format!("widget{}", self.rng.below(12));
                let content = json!({"url": self.rng.text(20)});
                self.add(branch, &sender, "im.vector.modular.widgets", &key, content)
            }
        }
    }

    /// One who may be expected to have some power, or anybody.
    fn somebody(&mut self, branch: usize) -> OwnedUserId {
        let levels = self.content(branch, "m.room.power_levels", "");
        let of_power: Vec<&OwnedUserId> = self
            .users
            .iter()
            .enumerate()
            .filter(|(number, user)| {
                *number == 0 || levels["users"][user.as_str()].as_i64().is_some_and(|level| level > 0)
            })
            .map(|(_, user)| user)
            .collect();
        if self.rng.chance(85) {
            (*self.rng.pick(&of_power)).clone()
        } else {
            self.rng.pick(&self.users).clone()
        }
    }

    fn content(&self, branch: usize, event_type: &str, state_key: &str) -> Value {
        let key = (event_type.to_owned(), state_key.to_owned());
        self.branches[branch]
            .state
            .get(&key)
            .and_then(|event| serde_json::from_str(&self.room.events[*event].content).ok())
            .unwrap_or(Value::Null)
    }

    fn member(&mut self, branch: usize, sender: &UserId, target: &UserId, membership: &str) -> bool {
        let mut content = Map::new();
        content.insert("membership".to_owned(), membership.into());
        match membership {
            "join" => {
                content.insert("displayname".to_owned(), self.rng.text(8).into());
                let authorised = self.options.version >= RoomVersion::V8 && self.rng.chance(12);
                if authorised {
                    let by = self.rng.pick(&self.users[..3]).to_string();
                    content.insert("join_authorised_via_users_server".to_owned(), by.into());
                }
            }
            "ban" => {
                content.insert("reason".to_owned(), self.rng.text(10).into());
            }
            _ => {}
        }
        self.add(branch, sender, "m.room.member", target.as_str(), Value::Object(content))
    }

    fn join_rules(&mut self) -> Value {
        let allow = json!([{"type": "m.room_membership", "room_id": "!space:example.com"}]);
        match self.rng.below(10) {
            0..5 => json!({"join_rule": "public"}),
            5..7 => json!({"join_rule": "invite"}),
            7 if self.options.version >= RoomVersion::V7 => json!({"join_rule": "knock"}),
            8 if self.options.version >= RoomVersion::V8 => {
                json!({"join_rule": "restricted", "allow": allow})
            }
            9 if self.options.version >= RoomVersion::V10 => {
                json!({"join_rule": "knock_restricted", "allow": allow})
            }
            _ => json!({"join_rule": "public"}),
        }
    }

    /// The power levels of a branch with something changed.
    fn changed_levels(&mut self, branch: usize) -> Value {
        let mut levels = self.content(branch, "m.room.power_levels", "");
        let Value::Object(fields) = &mut levels else { return self.first_levels() };
        let level = *self.rng.pick(&[0, 1, 25, 49, 50, 51, 75, 99, 100]);
        match self.rng.below(12) {
            0 => {
                let field =
                    *self.rng.pick(&["ban", "kick", "invite", "redact", "events_default", "users_default"]);
                // Enough rooms where nobody can do anything come about without a default above 50.
                fields.insert(field.to_owned(), level.min(50).into());
            }
            1 | 2 => {
                let event_type = *self.rng.pick(&["m.room.topic", "m.room.name", "m.room.join_rules"]);
                if let Some(Value::Object(events)) = fields.get_mut("events") {
                    events.insert(event_type.to_owned(), level.into());
                }
            }
            3 => {
                fields.insert("notifications".to_owned(), json!({"room": level}));
            }
            4 => {
                let user = self.rng.between(2, self.users.len());
                if let Some(Value::Object(users)) = fields.get_mut("users") {
                    users.remove(self.users[user].as_str());
                }
            }
            _ => {
                let user =
                    self.rng.between(usize::from(self.rng.clone().chance(90)), self.users.len().min(24));
                let is_founder = user == 0 && self.options.version == RoomVersion::V12;
                if let (Some(Value::Object(users)), false) = (fields.get_mut("users"), is_founder) {
                    users.insert(self.users[user].to_string(), level.into());
                }
            }
        }
        levels
    }

    /// Adds an event to a branch, unless the room is honest and the state of the branch denies it.
    fn add(
        &mut self,
        branch: usize,
        sender: &UserId,
        event_type: &str,
        state_key: &str,
        mut content: Value,
    ) -> bool {
        let odd = self.options.branches == self.branches.len();
        if odd && self.rng.chance(self.options.odd_percent) {
            odd_content(event_type, &mut content, &mut self.rng);
        }
        let rules = self.options.version.rules();
        let on = &self.branches[branch];
        let prev = on.tip.map(|tip| &self.room.events[tip]);
        let step = if self.rng.chance(10) { 0 } else { self.rng.between(1, 9_000) as i64 };
        let mut event = RoomEvent {
            event_id: OwnedEventId::from_hash_v4(&self.rng.bytes()),
            room_id: self.room_id.clone(),
            sender: sender.to_owned(),
            event_type: event_type.to_owned(),
            state_key: state_key.to_owned(),
            content: content.to_string(),
            origin_server_ts: self.now_ms + step,
            depth: prev.map_or(1, |prev| prev.depth + 1),
            prev_events: prev.map(|prev| prev.event_id.clone()).into_iter().collect(),
            auth_events: Vec::new(),
        };
        let mut auth: Vec<&RoomEvent> = auth_types(&event, &rules.authorization)
            .into_iter()
            .filter_map(|(event_type, key)| on.state.get(&(event_type.to_owned(), key)))
            .map(|index| &self.room.events[*index])
            .collect();
        event.auth_events = auth.iter().map(|event| event.event_id.clone()).collect();
        if self.options.version == RoomVersion::V12 {
            // The room ID names it.
            auth.extend(self.room.events.first());
        }
        if self.options.honest && check(&&event, rules, &auth, |_| false, |_, _| false).is_err() {
            return false;
        }
        if event_type == "m.room.create" && self.options.version == RoomVersion::V12 {
            let id = RoomId::from_create_event_id(&event.event_id);
            self.room_id = id;
        }
        self.now_ms += step;
        let index = self.room.events.len();
        let on = &mut self.branches[branch];
        on.state.insert((event_type.to_owned(), state_key.to_owned()), index);
        on.tip = Some(index);
        self.room.events.push(event);
        true
    }
}
