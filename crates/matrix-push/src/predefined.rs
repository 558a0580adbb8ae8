use matrix_identifiers::UserId;

use crate::{Action, Comparison, Condition, MemberCount, PropertyPath, Rule, RuleKind, Ruleset, Scalar};

/// The rule that turns everything off, and comes before the user's own.
pub(crate) const MASTER: &str = ".m.rule.master";

impl Ruleset {
    /// Makes the rules that every user has from the server.
    ///
    /// Source: [Predefined rules](https://spec.matrix.org/v1.19/client-server-api/#predefined-rules).
    pub fn predefined(user_id: &UserId) -> Self {
        let mut set = Self::new();
        set.of_mut(RuleKind::Override).extend(overrides(user_id));
        set.of_mut(RuleKind::Underride).extend(underrides());
        set
    }
}

fn overrides(user_id: &UserId) -> [Rule; 10] {
    use Condition::{EventPropertyContains, EventPropertyIs, SenderNotificationPermission};
    let key = PropertyPath::parse;
    [
        Rule { enabled: false, ..rule("master", [], []) },
        rule("suppress_notices", [matches("content.msgtype", "m.notice")], []),
        rule(
            "invite_for_me",
            [
                matches("type", "m.room.member"),
                matches("content.membership", "invite"),
                matches("state_key", user_id.as_str()),
            ],
            [Action::Notify, Action::sound("default")],
        ),
        rule("member_event", [matches("type", "m.room.member")], []),
        rule(
            "is_user_mention",
            [EventPropertyContains {
                key: key(r"content.m\.mentions.user_ids"),
                value: Scalar::from(user_id.as_str()),
            }],
            [Action::Notify, Action::sound("default"), Action::highlight()],
        ),
        rule(
            "is_room_mention",
            [
                EventPropertyIs { key: key(r"content.m\.mentions.room"), value: Scalar::Bool(true) },
                SenderNotificationPermission { key: "room".to_owned() },
            ],
            [Action::Notify, Action::highlight()],
        ),
        // MSC1930.
        rule(
            "tombstone",
            [matches("type", "m.room.tombstone"), matches("state_key", "")],
            [Action::Notify, Action::highlight()],
        ),
        rule("reaction", [matches("type", "m.reaction")], []),
        rule("room.server_acl", [matches("type", "m.room.server_acl"), matches("state_key", "")], []),
        rule(
            "suppress_edits",
            [EventPropertyIs {
                key: key(r"content.m\.relates_to.rel_type"),
                value: Scalar::from("m.replace"),
            }],
            [],
        ),
    ]
}

fn underrides() -> [Rule; 5] {
    let two_members = || Condition::RoomMemberCount(MemberCount::new(Comparison::Equal, 2));
    let with_sound = |sound| [Action::Notify, Action::sound(sound)];
    [
        rule("call", [matches("type", "m.call.invite")], with_sound("ring")),
        rule(
            "encrypted_room_one_to_one",
            [two_members(), matches("type", "m.room.encrypted")],
            with_sound("default"),
        ),
        rule("room_one_to_one", [two_members(), matches("type", "m.room.message")], with_sound("default")),
        rule("message", [matches("type", "m.room.message")], [Action::Notify]),
        rule("encrypted", [matches("type", "m.room.encrypted")], [Action::Notify]),
    ]
}

fn matches(key: &str, pattern: &str) -> Condition {
    Condition::event_match(key, pattern)
}

fn rule<const C: usize, const A: usize>(
    name: &str,
    conditions: [Condition; C],
    actions: [Action; A],
) -> Rule {
    Rule { default: true, ..Rule::new(format!(".m.rule.{name}"), actions).with_conditions(conditions) }
}
