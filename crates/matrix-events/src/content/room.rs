//! What a room looks like: name, topic, avatar, aliases, pins; encryption, tombstone, server ACL.

use matrix_canonicaljson::Integer;
use matrix_identifiers::{OwnedEventId, OwnedMxcUri, OwnedRoomAliasId, OwnedRoomId};

use super::media::ImageInfo;
use crate::Misfit;
use crate::wire::{Field, Node, State};

object! {
    /// The content of [`m.room.name`](https://spec.matrix.org/v1.19/client-server-api/#mroomname). What a room without one
    /// is called is a [`RoomDisplayName`](crate::display_name::RoomDisplayName).
    pub struct RoomName {
        /// The name; when empty, there is none.
        name: String = "name" or fallback,
    }
}

object! {
    /// The content of [`m.room.topic`](https://spec.matrix.org/v1.19/client-server-api/#mroomtopic).
    pub struct RoomTopic {
        /// The topic in several forms.
        block: Option<TopicBlock> = "m.topic",
        /// The topic as plain text; when empty, there is none.
        topic: String = "topic" or fallback,
    }
}

object! {
    /// A topic in several forms.
    pub struct TopicBlock {
        /// The forms, the one to be preferred first.
        text: Option<Vec<TextForm>> = "m.text",
    }
}

object! {
    /// A text in one form.
    pub struct TextForm {
        /// The text.
        body: String = "body",
        /// Its type; when absent, `text/plain`.
        mimetype: Option<String> = "mimetype",
    }
}

object! {
    /// The content of [`m.room.avatar`](https://spec.matrix.org/v1.19/client-server-api/#mroomavatar).
    pub struct RoomAvatar {
        /// About the image.
        info: Option<Box<ImageInfo>> = "info",
        /// The image; when absent, there is none.
        url: Option<OwnedMxcUri> = "url",
    }
}

object! {
    /// The content of [`m.room.canonical_alias`](https://spec.matrix.org/v1.19/client-server-api/#mroomcanonical_alias)
    /// (MSC2432). Which aliases are new in it, to be checked by a server: [`new_aliases`](crate::new_aliases).
    pub struct RoomCanonicalAlias {
        /// The alias to show. An empty string is read as none.
        alias: MaybeAlias = "alias",
        /// Other aliases that the room advertises; they may be there without `alias`.
        alt_aliases: Option<Vec<OwnedRoomAliasId>> = "alt_aliases",
    }
}

impl RoomCanonicalAlias {
    /// Returns all aliases, that to show first.
    pub fn aliases(&self) -> impl Iterator<Item = &OwnedRoomAliasId> {
        self.alias.0.iter().chain(self.alt_aliases.iter().flatten())
    }
}

/// An alias or none, which an empty string also says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MaybeAlias(pub Option<OwnedRoomAliasId>);

impl Field for MaybeAlias {
    fn read(node: &Node<'_>, state: &mut State) -> Result<Self, Misfit> {
        if node.raw() == r#""""# { Ok(Self(None)) } else { Option::read(node, state).map(Self) }
    }

    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn absent() -> Option<Self> {
        Some(Self(None))
    }

    fn is_absent(&self) -> bool {
        self.0.is_none()
    }
}

object! {
    /// The content of `m.room.aliases`, which old rooms have and nothing heeds any more (MSC2432).
    pub struct RoomAliases {
        /// Aliases on the server that the state key names.
        aliases: Vec<OwnedRoomAliasId> = "aliases" or fallback,
    }
}

names! {
    /// How events or keys are encrypted.
    pub enum EncryptionAlgorithm / OtherEncryptionAlgorithm {
        /// Megolm, for rooms.
        Megolm = "m.megolm.v1.aes-sha2",
        /// Olm, for devices.
        Olm = "m.olm.v1.curve25519-aes-sha2",
    }
}

object! {
    /// The content of [`m.room.encryption`](https://spec.matrix.org/v1.19/client-server-api/#mroomencryption).
    pub struct RoomEncryption {
        /// How messages are to be encrypted.
        algorithm: EncryptionAlgorithm = "algorithm",
        /// After how many milliseconds a session is replaced; when absent, a week.
        rotation_period_ms: Option<Integer> = "rotation_period_ms",
        /// After how many messages a session is replaced; when absent, 100.
        rotation_period_msgs: Option<Integer> = "rotation_period_msgs",
    }
}

object! {
    /// The content of [`m.room.pinned_events`](https://spec.matrix.org/v1.19/client-server-api/#mroompinned_events).
    pub struct RoomPinnedEvents {
        /// The events that are pinned.
        pinned: Vec<OwnedEventId> = "pinned" or fallback,
    }
}

object! {
    /// The content of [`m.room.server_acl`](https://spec.matrix.org/v1.19/client-server-api/#mroomserver_acl).
    ///
    /// Lenient reading leaves out an entry that is no string; the rest of the list holds. Questions are put to a
    /// [`ServerAcl`](crate::ServerAcl).
    pub struct RoomServerAcl {
        /// Globs of servers that may take part; when absent, none may.
        allow: Option<Vec<String>> = "allow",
        /// Whether servers named by an IP address may take part; when absent, they may.
        allow_ip_literals: Option<bool> = "allow_ip_literals",
        /// Globs of servers that may not, whatever `allow` says.
        deny: Option<Vec<String>> = "deny",
    }
}

object! {
    /// The content of [`m.room.tombstone`](https://spec.matrix.org/v1.19/client-server-api/#mroomtombstone) (MSC1501).
    pub struct RoomTombstone {
        /// What the server says to those in the room.
        body: String = "body" or fallback,
        /// The room that replaces this one.
        replacement_room: OwnedRoomId = "replacement_room",
    }
}

object! {
    /// The content of [`m.room.redaction`](https://spec.matrix.org/v1.19/client-server-api/#mroomredaction).
    pub struct RoomRedaction {
        /// Why.
        reason: Option<String> = "reason",
        /// What is redacted, from room 11 on (MSC2174); in older rooms it stands beside the content.
        redacts: Option<Redacts> = "redacts",
    }
}

/// What a redaction names: an event, or with MSC2244 a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redacts {
    /// One event.
    One(OwnedEventId),
    /// Several events.
    Many(Vec<OwnedEventId>),
}

impl Redacts {
    /// Returns the events.
    pub fn targets(&self) -> &[OwnedEventId] {
        match self {
            Self::One(target) => std::slice::from_ref(target),
            Self::Many(targets) => targets,
        }
    }
}

impl Field for Redacts {
    fn read(node: &Node<'_>, state: &mut State) -> Result<Self, Misfit> {
        if node.items().is_some() {
            return Vec::read(node, state).map(Self::Many);
        }
        Field::read(node, state).map(Self::One)
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::One(target) => target.write(out),
            Self::Many(targets) => targets.write(out),
        }
    }
}
