use matrix_canonicaljson::{Object, Value};

use crate::{Context, MemberCount, PropertyPath, Scalar, test::Tests};

/// What has to hold for a rule to match.
///
/// Source: [Conditions](https://spec.matrix.org/v1.19/client-server-api/#conditions-1).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Condition {
    /// `event_match`: a property is a string that matches a glob, whatever the case of its letters; of
    /// `content.body`, a part between word boundaries.
    EventMatch {
        /// The property.
        key: PropertyPath,
        /// The glob.
        pattern: String,
    },
    /// `event_property_is`: a property has exactly this value.
    EventPropertyIs {
        /// The property.
        key: PropertyPath,
        /// The value.
        value: Scalar,
    },
    /// `event_property_contains`: a property is an array in which exactly this value is.
    EventPropertyContains {
        /// The property.
        key: PropertyPath,
        /// The value.
        value: Scalar,
    },
    /// `contains_display_name`: the user's display name in the room stands in `content.body`, between word
    /// boundaries. Deprecated since version 1.17.
    ContainsDisplayName,
    /// `room_member_count`: the room has so many members.
    RoomMemberCount(MemberCount),
    /// `sender_notification_permission`: the sender's power level suffices for notifications of this kind.
    SenderNotificationPermission {
        /// The kind, such as `room`.
        key: String,
    },
    /// Anything else, and any of the above that lacks a part: it never holds. Kept as it came.
    Unknown(Value),
}

impl Condition {
    /// Reads a condition.
    pub fn from_value(value: &Value) -> Self {
        value.as_object().and_then(read).unwrap_or_else(|| Self::Unknown(value.clone()))
    }

    /// Writes the condition.
    pub fn to_value(&self) -> Value {
        let (kind, members): (&str, Vec<(&str, Value)>) = match self {
            Self::EventMatch { key, pattern } => {
                ("event_match", vec![("key", key.to_string().into()), ("pattern", pattern.as_str().into())])
            }
            Self::EventPropertyIs { key, value } => {
                ("event_property_is", vec![("key", key.to_string().into()), ("value", value.clone().into())])
            }
            Self::EventPropertyContains { key, value } => (
                "event_property_contains",
                vec![("key", key.to_string().into()), ("value", value.clone().into())],
            ),
            Self::ContainsDisplayName => ("contains_display_name", Vec::new()),
            Self::RoomMemberCount(count) => ("room_member_count", vec![("is", count.to_string().into())]),
            Self::SenderNotificationPermission { key } => {
                ("sender_notification_permission", vec![("key", key.as_str().into())])
            }
            Self::Unknown(value) => return value.clone(),
        };
        let mut object = Object::from([("kind", kind)]);
        object.extend(members);
        object.into()
    }

    /// Tells whether the condition holds for an event.
    ///
    /// For more than one event, [compile](crate::Ruleset::compile) the rules.
    pub fn applies(&self, event: &Object, context: &Context<'_>) -> bool {
        let mut tests = Tests::default();
        let compiled = tests.add(self);
        compiled.is_some_and(|test| tests.reader(event, context).holds(&test))
    }

    /// Makes an `event_match` of a path and a pattern.
    pub(crate) fn event_match(key: &str, pattern: &str) -> Self {
        Self::EventMatch { key: PropertyPath::parse(key), pattern: pattern.to_owned() }
    }
}

fn read(object: &Object) -> Option<Condition> {
    let text = |name: &str| object.get_str(name).map(ToOwned::to_owned);
    let key = || object.get_str("key").map(PropertyPath::parse);
    let value = || object.get("value").and_then(Scalar::from_value);
    Some(match object.get_str("kind")? {
        "event_match" => Condition::EventMatch { key: key()?, pattern: text("pattern")? },
        "event_property_is" => Condition::EventPropertyIs { key: key()?, value: value()? },
        "event_property_contains" => Condition::EventPropertyContains { key: key()?, value: value()? },
        "contains_display_name" => Condition::ContainsDisplayName,
        "room_member_count" => Condition::RoomMemberCount(object.get_str("is")?.parse().ok()?),
        "sender_notification_permission" => Condition::SenderNotificationPermission { key: text("key")? },
        _ => return None,
    })
}
