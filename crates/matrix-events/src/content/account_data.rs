//! What clients keep with the server.

use std::collections::BTreeMap;

use matrix_canonicaljson::{Integer, Number, Object, Value};
use matrix_identifiers::{OwnedEventId, OwnedRoomId, OwnedUserId};

use super::widget::Widget;
use crate::Misfit;
use crate::wire::{Field, Node, State};

object! {
    /// The content of [`m.identity_server`](https://spec.matrix.org/v1.19/client-server-api/#midentity_server) (MSC2230).
    ///
    /// There are three states: no such account data, and the client uses its default; [`BaseUrl::Disabled`]; and a URL.
    pub struct IdentityServer {
        /// Which server to use.
        base_url: BaseUrl = "base_url",
    }
}

/// Which identity server to use (MSC2230).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BaseUrl {
    /// None, and none is to be asked: `null`, which is written as such.
    Disabled,
    /// The one at this URL, without `/_matrix`.
    Url(String),
}

impl Field for BaseUrl {
    fn read(node: &Node<'_>, _: &mut State) -> Result<Self, Misfit> {
        match node.as_str() {
            Some(url) => Ok(Self::Url(url.into_owned())),
            None if node.is_null() => Ok(Self::Disabled),
            None => Err(Misfit::expected("a string or null")),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Disabled => out.extend_from_slice(b"null"),
            Self::Url(url) => url.write(out),
        }
    }
}

object! {
    /// The content of [`m.accepted_terms`](https://spec.matrix.org/v1.19/identity-service-api/#terms-of-service)
    /// (MSC2140).
    pub struct AcceptedTerms {
        /// The URLs of the documents that the user has agreed to.
        accepted: Vec<String> = "accepted" or fallback,
    }
}

map! {
    /// The content of [`m.direct`](https://spec.matrix.org/v1.19/client-server-api/#mdirect): the direct chats with each
    /// user.
    pub struct Direct(BTreeMap<OwnedUserId, Vec<OwnedRoomId>>)
}

object! {
    /// The content of
    /// [`m.ignored_user_list`](https://spec.matrix.org/v1.19/client-server-api/#mignored_user_list).
    pub struct IgnoredUserList {
        /// The users whose messages are not shown.
        ignored_users: BTreeMap<OwnedUserId, Object> = "ignored_users" or fallback,
    }
}

object! {
    /// The content of [`m.push_rules`](https://spec.matrix.org/v1.19/client-server-api/#push-rules-events).
    pub struct PushRules {
        /// The rules.
        global: Ruleset = "global" or fallback,
    }
}

object! {
    /// Push rules by kind, each list in the order in which it is tried.
    pub struct Ruleset {
        /// Of what a message says.
        content: Option<Vec<PushRule>> = "content",
        /// Tried first.
        overriding: Option<Vec<PushRule>> = "override",
        /// Of rooms.
        room: Option<Vec<PushRule>> = "room",
        /// Of senders.
        sender: Option<Vec<PushRule>> = "sender",
        /// Tried last.
        underride: Option<Vec<PushRule>> = "underride",
    }
}

object! {
    /// A push rule. What conditions and actions mean is for `matrix-push` to say.
    pub struct PushRule {
        /// What to do.
        actions: Vec<Value> = "actions",
        /// When, of overriding and underriding rules.
        conditions: Option<Vec<Object>> = "conditions",
        /// Whether the server made it.
        is_default: bool = "default",
        /// Whether it is heeded.
        enabled: bool = "enabled",
        /// What the message says, of content rules.
        pattern: Option<String> = "pattern",
        /// The rule.
        rule_id: String = "rule_id",
    }
}

object! {
    /// The content of [`m.tag`](https://spec.matrix.org/v1.19/client-server-api/#mtag), of a room.
    pub struct Tags {
        /// The room's tags.
        tags: BTreeMap<String, Tag> = "tags" or fallback,
    }
}

object! {
    /// A tag of a room.
    pub struct Tag {
        /// Where the room stands among those with the same tag, from 0 to 1.
        order: Option<TagOrder> = "order",
    }
}

/// A finite number, integer or not, as account data may hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagOrder(Value);

impl TagOrder {
    /// Makes one of a finite number.
    ///
    /// # Errors
    ///
    /// When the number is not finite.
    pub fn new(order: f64) -> Result<Self, matrix_canonicaljson::Error> {
        Ok(Self(Value::Number(Number::from_f64(order)?)))
    }

    /// Returns the number.
    pub fn get(&self) -> f64 {
        match &self.0 {
            Value::Integer(order) => (*order).into(),
            Value::Number(order) => order.as_f64().unwrap_or(f64::MAX),
            _ => 0.0,
        }
    }
}

impl Field for TagOrder {
    fn read(node: &Node<'_>, _: &mut State) -> Result<Self, Misfit> {
        match node.value() {
            Value::Number(order) if order.is_integer() => {
                Err(Misfit::expected("a number within ±(2^53 − 1)"))
            }
            order @ (Value::Integer(_) | Value::Number(_)) => Ok(Self(order)),
            _ => Err(Misfit::expected("a number")),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }
}

object! {
    /// The content of [`m.fully_read`](https://spec.matrix.org/v1.19/client-server-api/#mfully_read), of a room.
    pub struct FullyRead {
        /// The last event that was read.
        event_id: OwnedEventId = "event_id",
    }
}

object! {
    /// The content of [`m.marked_unread`](https://spec.matrix.org/v1.19/client-server-api/#unread-markers), of a room.
    pub struct MarkedUnread {
        /// Whether the room counts as unread.
        unread: bool = "unread",
    }
}

map! {
    /// The content of `m.widgets`: the user's own widgets, by ID.
    pub struct Widgets(BTreeMap<String, UserWidget>)
}

object! {
    /// A widget of a user.
    pub struct UserWidget {
        /// The widget.
        content: Widget = "content",
        /// The widget's ID once more.
        id: Option<String> = "id",
        /// The user.
        sender: Option<OwnedUserId> = "sender",
        /// The widget's ID once more.
        state_key: Option<String> = "state_key",
        /// `m.widget`.
        event_type: String = "type",
    }
}

names! {
    /// Whether a user is there.
    pub enum PresenceState / OtherPresenceState {
        /// Not.
        Offline = "offline",
        /// Yes.
        Online = "online",
        /// Yes, but idle.
        Unavailable = "unavailable",
    }
}

object! {
    /// The content of [`m.presence`](https://spec.matrix.org/v1.19/client-server-api/#mpresence).
    pub struct Presence {
        /// The user's avatar.
        avatar_url: Option<matrix_identifiers::OwnedMxcUri> = "avatar_url",
        /// Whether the user is active now.
        currently_active: Option<bool> = "currently_active",
        /// The user's name.
        displayname: Option<String> = "displayname",
        /// For how many milliseconds the user has not been active.
        last_active_ago: Option<Integer> = "last_active_ago",
        /// Whether the user is there.
        presence: PresenceState = "presence",
        /// What the user says about it.
        status_msg: Option<String> = "status_msg",
    }
}
