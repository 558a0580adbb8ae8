//! A small room and an event to check against it.

use matrix_authrules::{Denied, Event, Pdu, VerifyInvite, auth_types, check};
use matrix_identifiers::{EventId, OwnedEventId};
use matrix_roomversion::{RoomVersion, RoomVersionRules};
use serde_json::{Value, json};

pub(crate) const ALICE: &str = "@alice:a.example"; // created the room
pub(crate) const ADMIN: &str = "@admin:b.example"; // joined, 100
pub(crate) const MOD: &str = "@mod:b.example"; // joined, 50
pub(crate) const MOD2: &str = "@mod2:b.example"; // joined, 50
pub(crate) const BOB: &str = "@bob:b.example"; // joined, 0
pub(crate) const EVE: &str = "@eve:c.example"; // banned
pub(crate) const IVY: &str = "@ivy:c.example"; // invited
pub(crate) const KIM: &str = "@kim:c.example"; // knocked, from room 7 on
pub(crate) const LEE: &str = "@lee:c.example"; // left
pub(crate) const NEW: &str = "@new:c.example"; // never seen

pub(crate) const CREATE: &str = "m.room.create";
pub(crate) const MEMBER: &str = "m.room.member";
pub(crate) const POWER_LEVELS: &str = "m.room.power_levels";
pub(crate) const JOIN_RULES: &str = "m.room.join_rules";
pub(crate) const THIRD_PARTY_INVITE: &str = "m.room.third_party_invite";

/// A room with its state, and the event under check: at first a message by [`BOB`], which is allowed.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) version: RoomVersion,
    pub(crate) state: Vec<Draft>,
    pub(crate) event: Draft,
    pub(crate) rejected: Vec<String>,
    pub(crate) verify: VerifyInvite,
}

/// An event as it is written before it is read.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) sender: String,
    pub(crate) state_key: Option<String>,
    pub(crate) content: String,
    pub(crate) room_id: Option<String>,
    pub(crate) prev_events: Vec<String>,
    /// `None`: what [`auth_types`] selects out of the state.
    pub(crate) auth_events: Option<Vec<String>>,
    pub(crate) redacts: Option<String>,
}

impl Scene {
    pub(crate) fn new(version: RoomVersion) -> Self {
        let mut scene = Self {
            version,
            state: Vec::new(),
            event: Draft::default(),
            rejected: Vec::new(),
            verify: |_, keys| keys.iter().any(|key| &**key == "good"),
        };
        scene.create(&scene.create_content());
        for user in [ALICE, ADMIN, MOD, MOD2, BOB] {
            scene.member(user, "join");
        }
        for (user, membership) in [(EVE, "ban"), (IVY, "invite"), (LEE, "leave")] {
            scene.member(user, membership);
        }
        if version >= RoomVersion::V7 {
            scene.member(KIM, "knock");
        }
        scene.levels(&format!(r#"{{"users": {}}}"#, scene.users("")));
        scene.join_rule("public");
        scene.send("m.room.message", BOB, None, "{}");
        scene
    }

    pub(crate) fn rules(&self) -> &'static RoomVersionRules {
        self.version.rules()
    }

    /// The content that a create event of this version has.
    pub(crate) fn create_content(&self) -> String {
        let version = self.version;
        match version >= RoomVersion::V11 {
            true => format!(r#"{{"room_version": "{version}"}}"#),
            false => format!(r#"{{"room_version": "{version}", "creator": "{ALICE}"}}"#),
        }
    }

    /// `users` of the power levels at the start, and `more` entries (with a comma before).
    pub(crate) fn users(&self, more: &str) -> String {
        let alice = match self.version >= RoomVersion::V12 {
            true => String::new(),
            false => format!(r#""{ALICE}": 100, "#),
        };
        format!(r#"{{{alice}"{ADMIN}": 100, "{MOD}": 50, "{MOD2}": 50{more}}}"#)
    }

    /// Puts a state event in the place of the one with the same type and state key.
    pub(crate) fn put(&mut self, kind: &str, state_key: &str, sender: &str, content: &str) -> &mut Draft {
        self.take(kind, state_key);
        let draft = self.draft(kind, sender, Some(state_key), content);
        self.state.push(draft);
        self.state.last_mut().unwrap()
    }

    pub(crate) fn take(&mut self, kind: &str, state_key: &str) {
        self.state.retain(|event| event.kind != kind || event.state_key.as_deref() != Some(state_key));
    }

    pub(crate) fn create(&mut self, content: &str) {
        self.put(CREATE, "", ALICE, content);
        let v12 = self.version >= RoomVersion::V12;
        let create = self.state.last_mut().unwrap();
        if v12 {
            create.id = "$createAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned();
            create.room_id = None;
        }
        create.prev_events = Vec::new();
        create.auth_events = Some(Vec::new());
    }

    pub(crate) fn member(&mut self, user: &str, membership: &str) {
        self.put(MEMBER, user, user, &format!(r#"{{"membership": "{membership}"}}"#));
    }

    pub(crate) fn levels(&mut self, content: &str) {
        self.put(POWER_LEVELS, "", ALICE, content);
    }

    pub(crate) fn join_rule(&mut self, rule: &str) {
        self.put(JOIN_RULES, "", ALICE, &format!(r#"{{"join_rule": "{rule}"}}"#));
    }

    /// Makes the event under check anew.
    pub(crate) fn send(&mut self, kind: &str, sender: &str, state_key: Option<&str>, content: &str) {
        self.event = self.draft(kind, sender, state_key, content);
    }

    /// The event under check becomes this change of a membership.
    pub(crate) fn send_member(&mut self, sender: &str, target: &str, membership: &str) {
        self.send(MEMBER, sender, Some(target), &format!(r#"{{"membership": "{membership}"}}"#));
    }

    pub(crate) fn send_levels(&mut self, sender: &str, content: &str) {
        self.send(POWER_LEVELS, sender, Some(""), content);
    }

    /// The event under check becomes the room's create event.
    pub(crate) fn send_create(&mut self, content: &str) {
        self.event = self.of(CREATE, "").clone();
        self.event.content = content.to_owned();
        self.state.clear();
    }

    pub(crate) fn of(&self, kind: &str, state_key: &str) -> &Draft {
        let found = |event: &&Draft| event.kind == kind && event.state_key.as_deref() == Some(state_key);
        self.state.iter().find(found).unwrap()
    }

    pub(crate) fn id_of(&self, kind: &str, state_key: &str) -> String {
        self.of(kind, state_key).id.clone()
    }

    /// The IDs that the event names as its auth events, as far as they are selected.
    pub(crate) fn selected(&self) -> Vec<String> {
        let event = Draft { auth_events: Some(Vec::new()), ..self.event.clone() }.read(self.rules());
        let selected = auth_types(&event, &self.rules().authorization);
        let is_selected = |event: &&Draft| {
            selected
                .iter()
                .any(|(kind, key)| *kind == event.kind && Some(&**key) == event.state_key.as_deref())
        };
        self.state.iter().filter(is_selected).map(|event| event.id.clone()).collect()
    }

    pub(crate) fn pdus(&self) -> (Pdu, Vec<Pdu>) {
        let mut event = self.event.clone();
        event.auth_events.get_or_insert_with(|| self.selected());
        (event.read(self.rules()), self.state.iter().map(|event| event.read(self.rules())).collect())
    }

    pub(crate) fn verdict(&self) -> Result<(), Denied> {
        let (event, state) = self.pdus();
        let rejected = |id: &EventId| self.rejected.iter().any(|rejected| *id == rejected.as_str());
        check(&event, self.rules(), &state, rejected, self.verify)
    }

    fn draft(&self, kind: &str, sender: &str, state_key: Option<&str>, content: &str) -> Draft {
        let mut name = format!("{kind}{}", state_key.unwrap_or("None"));
        name.retain(|character| character.is_ascii_alphanumeric());
        let server = sender.split_once(':').unwrap().1;
        let v12 = self.version >= RoomVersion::V12;
        Draft {
            id: match self.version <= RoomVersion::V2 {
                true => format!("${name}:{server}"),
                false => format!("${name:A<43}"),
            },
            kind: kind.to_owned(),
            sender: sender.to_owned(),
            state_key: state_key.map(str::to_owned),
            content: content.to_owned(),
            room_id: Some(match v12 {
                true => "!createAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned(),
                false => "!room:a.example".to_owned(),
            }),
            prev_events: vec!["$before:a.example".to_owned()],
            auth_events: None,
            redacts: None,
        }
    }
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            id: String::new(),
            kind: String::new(),
            sender: String::new(),
            state_key: None,
            content: "{}".to_owned(),
            room_id: None,
            prev_events: Vec::new(),
            auth_events: None,
            redacts: None,
        }
    }
}

impl Draft {
    pub(crate) fn read(&self, rules: &RoomVersionRules) -> Pdu {
        let list = |ids: &[String]| -> Value {
            ids.iter()
                .map(|id| match rules.event_format {
                    matrix_roomversion::EventFormat::V1 => json!([id, {"sha256": "hash"}]),
                    _ => json!(id),
                })
                .collect()
        };
        let mut json = json!({
            "type": self.kind,
            "sender": self.sender,
            "prev_events": list(&self.prev_events),
            "auth_events": list(self.auth_events.as_deref().unwrap_or_default()),
            "origin_server_ts": 1_600_000_000_000_i64,
            "depth": 2,
            "content": "CONTENT",
        });
        for (field, value) in
            [("state_key", &self.state_key), ("room_id", &self.room_id), ("redacts", &self.redacts)]
        {
            if let Some(value) = value {
                json[field] = json!(value);
            }
        }
        // The content stays the text that it is.
        let text = json.to_string().replace(r#""CONTENT""#, &self.content);
        let id: OwnedEventId = self.id.parse().unwrap();
        let pdu = Pdu::parse(&text, Some(&id), rules).unwrap();
        assert_eq!(pdu.content(), self.content);
        pdu
    }
}
