//! `m.room.message` by its `msgtype`, and `m.sticker`.

use matrix_canonicaljson::{Members, Object};
use matrix_identifiers::{OwnedDeviceId, OwnedMxcUri, OwnedUserId};

use super::media::{AudioInfo, EncryptedFile, FileInfo, ImageInfo, LocationInfo, VideoInfo};
use super::relates_to::RelatesTo;
use super::verification::VerificationMethod;
use crate::wire::{Field, Node, State};
use crate::{Error, Lossy, Misfit, Wire};

/// The only format of `formatted_body` there is: HTML.
pub const HTML_FORMAT: &str = "org.matrix.custom.html";

object! {
    /// Whom a message means to notify ([mentions](https://spec.matrix.org/v1.19/client-server-api/#user-and-room-mentions)).
    pub struct Mentions {
        /// Whether everybody in the room.
        room: Option<bool> = "room",
        /// These users.
        user_ids: Option<Vec<OwnedUserId>> = "user_ids",
    }
}

object! {
    /// Text: `m.text`, `m.notice` and `m.emote`.
    pub struct TextMessage skips "msgtype" {
        /// The text.
        body: String = "body" or fallback,
        /// The format of `formatted_body`: [`HTML_FORMAT`].
        format: Option<String> = "format",
        /// The text with markup.
        formatted_body: Option<String> = "formatted_body",
        /// Whom the message means to notify.
        mentions: Option<Mentions> = "m.mentions",
        /// What the message that this one edits becomes; see [`Message::new_content`].
        new_content: Option<Object> = "m.new_content",
        /// What this message relates to.
        relates_to: Option<RelatesTo> = "m.relates_to",
    }
}

/// Makes the messages that come with a file.
macro_rules! file_message {
    ($(#[$meta:meta])* $name:ident, $info:ty) => {
        object! {
            $(#[$meta])*
            ///
            /// Strictly, either `url` or `file` is there.
            pub struct $name skips "msgtype" check check_file {
                /// The caption, or where there is no `filename`, the name of the file.
                body: String = "body" or fallback,
                /// The file, when it is encrypted.
                file: Option<Box<EncryptedFile>> = "file",
                /// The name of the file.
                filename: Option<String> = "filename",
                /// The format of `formatted_body`: [`HTML_FORMAT`].
                format: Option<String> = "format",
                /// The caption with markup.
                formatted_body: Option<String> = "formatted_body",
                /// About the file.
                info: Option<Box<$info>> = "info",
                /// Whom the message means to notify.
                mentions: Option<Mentions> = "m.mentions",
                /// What the message that this one edits becomes; see [`Message::new_content`].
                new_content: Option<Object> = "m.new_content",
                /// What this message relates to.
                relates_to: Option<RelatesTo> = "m.relates_to",
                /// The file, when it is not encrypted.
                url: Option<OwnedMxcUri> = "url",
            }
        }

        impl WithFile for $name {
            fn has_file(&self) -> bool {
                self.url.is_some() || self.file.is_some()
            }
        }
    };
}

trait WithFile {
    fn has_file(&self) -> bool;
}

fn check_file(message: &impl WithFile) -> Result<(), Misfit> {
    if message.has_file() { Ok(()) } else { Err(Misfit::missing("url")) }
}

file_message!(/** An image: `m.image`. */ ImageMessage, ImageInfo);
file_message!(/** A file: `m.file`. */ FileMessage, FileInfo);
file_message!(/** A sound: `m.audio`. */ AudioMessage, AudioInfo);
file_message!(/** A video: `m.video`. */ VideoMessage, VideoInfo);

object! {
    /// A place: `m.location`.
    pub struct LocationMessage skips "msgtype" {
        /// A description of the place.
        body: String = "body" or fallback,
        /// The place as a `geo:` URI (RFC 5870).
        geo_uri: String = "geo_uri",
        /// A picture of the place.
        info: Option<Box<LocationInfo>> = "info",
        /// Whom the message means to notify.
        mentions: Option<Mentions> = "m.mentions",
        /// What the message that this one edits becomes; see [`Message::new_content`].
        new_content: Option<Object> = "m.new_content",
        /// What this message relates to.
        relates_to: Option<RelatesTo> = "m.relates_to",
    }
}

object! {
    /// A request to verify keys, sent to a room: `m.key.verification.request` (MSC2241).
    pub struct VerificationRequestMessage skips "msgtype" {
        /// What clients show that do not know such requests.
        body: String = "body" or fallback,
        /// The format of `formatted_body`: [`HTML_FORMAT`].
        format: Option<String> = "format",
        /// The same with markup.
        formatted_body: Option<String> = "formatted_body",
        /// The device that asks.
        from_device: OwnedDeviceId = "from_device",
        /// The methods that the device knows.
        methods: Vec<VerificationMethod> = "methods",
        /// The user who is asked.
        to: OwnedUserId = "to",
    }
}

object! {
    /// A [notice of the server](https://spec.matrix.org/v1.19/client-server-api/#server-notices): `m.server_notice`.
    pub struct ServerNoticeMessage skips "msgtype" {
        /// How to reach the administrator.
        admin_contact: Option<String> = "admin_contact",
        /// The notice.
        body: String = "body" or fallback,
        /// Which limit was reached.
        limit_type: Option<String> = "limit_type",
        /// What kind of notice it is.
        server_notice_type: Option<String> = "server_notice_type",
    }
}

object! {
    /// A message whose `msgtype` is not known here.
    pub struct OtherMessage {
        /// What clients show that do not know it.
        body: Option<String> = "body",
        /// Whom the message means to notify.
        mentions: Option<Mentions> = "m.mentions",
        /// What the message that this one edits becomes; see [`Message::new_content`].
        new_content: Option<Object> = "m.new_content",
        /// What this message relates to.
        relates_to: Option<RelatesTo> = "m.relates_to",
        /// The type.
        msgtype: String = "msgtype",
    }
}

/// The content of [`m.room.message`](https://spec.matrix.org/v1.19/client-server-api/#mroommessage).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Message {
    /// `m.audio`.
    Audio(AudioMessage),
    /// `m.emote`: text about what the sender does.
    Emote(TextMessage),
    /// `m.file`.
    File(FileMessage),
    /// `m.image`.
    Image(ImageMessage),
    /// `m.key.verification.request`.
    VerificationRequest(VerificationRequestMessage),
    /// `m.location`.
    Location(LocationMessage),
    /// `m.notice`: text of a program, which no other program answers.
    Notice(TextMessage),
    /// `m.server_notice`.
    ServerNotice(ServerNoticeMessage),
    /// `m.text`.
    Text(TextMessage),
    /// `m.video`.
    Video(VideoMessage),
    /// Any other type.
    Other(OtherMessage),
}

/// Looks at the message within, whatever its type.
macro_rules! each {
    ($self:expr, $message:ident => $look:expr) => {
        match $self {
            Message::Audio($message) => $look,
            Message::Emote($message) | Message::Notice($message) | Message::Text($message) => $look,
            Message::File($message) => $look,
            Message::Image($message) => $look,
            Message::VerificationRequest($message) => $look,
            Message::Location($message) => $look,
            Message::ServerNotice($message) => $look,
            Message::Video($message) => $look,
            Message::Other($message) => $look,
        }
    };
}

impl Message {
    /// Makes a text without markup.
    pub fn text(body: impl Into<String>) -> Self {
        Self::Text(TextMessage::new(body.into()))
    }

    /// Makes a text with HTML.
    pub fn html(body: impl Into<String>, html: impl Into<String>) -> Self {
        let format = Some(HTML_FORMAT.to_owned());
        Self::Text(TextMessage { format, formatted_body: Some(html.into()), ..TextMessage::new(body.into()) })
    }

    /// Returns the `msgtype`.
    pub fn msgtype(&self) -> &str {
        match self {
            Self::Audio(_) => "m.audio",
            Self::Emote(_) => "m.emote",
            Self::File(_) => "m.file",
            Self::Image(_) => "m.image",
            Self::VerificationRequest(_) => "m.key.verification.request",
            Self::Location(_) => "m.location",
            Self::Notice(_) => "m.notice",
            Self::ServerNotice(_) => "m.server_notice",
            Self::Text(_) => "m.text",
            Self::Video(_) => "m.video",
            Self::Other(message) => &message.msgtype,
        }
    }

    /// Returns the body; empty where a message of another type has none.
    pub fn body(&self) -> &str {
        match self {
            Self::Other(message) => message.body.as_deref().unwrap_or_default(),
            Self::Audio(AudioMessage { body, .. })
            | Self::File(FileMessage { body, .. })
            | Self::Image(ImageMessage { body, .. })
            | Self::Video(VideoMessage { body, .. })
            | Self::VerificationRequest(VerificationRequestMessage { body, .. })
            | Self::Location(LocationMessage { body, .. })
            | Self::ServerNotice(ServerNoticeMessage { body, .. })
            | Self::Emote(TextMessage { body, .. })
            | Self::Notice(TextMessage { body, .. })
            | Self::Text(TextMessage { body, .. }) => body,
        }
    }

    /// Returns what the message relates to.
    pub fn relates_to(&self) -> Option<&RelatesTo> {
        match self {
            Self::Audio(AudioMessage { relates_to, .. })
            | Self::File(FileMessage { relates_to, .. })
            | Self::Image(ImageMessage { relates_to, .. })
            | Self::Video(VideoMessage { relates_to, .. })
            | Self::Location(LocationMessage { relates_to, .. })
            | Self::Emote(TextMessage { relates_to, .. })
            | Self::Notice(TextMessage { relates_to, .. })
            | Self::Text(TextMessage { relates_to, .. })
            | Self::Other(OtherMessage { relates_to, .. }) => relates_to.as_ref(),
            Self::VerificationRequest(_) | Self::ServerNotice(_) => None,
        }
    }

    /// Reads what the message that this one edits becomes; `None` where this is no edit. Nothing in it is an edit or a
    /// relation in turn.
    ///
    /// # Errors
    ///
    /// When there is no message in it.
    pub fn new_content(&self) -> Option<Result<Lossy<Self>, Error>> {
        let new = match self {
            Self::Audio(AudioMessage { new_content, .. })
            | Self::File(FileMessage { new_content, .. })
            | Self::Image(ImageMessage { new_content, .. })
            | Self::Video(VideoMessage { new_content, .. })
            | Self::Location(LocationMessage { new_content, .. })
            | Self::Emote(TextMessage { new_content, .. })
            | Self::Notice(TextMessage { new_content, .. })
            | Self::Text(TextMessage { new_content, .. })
            | Self::Other(OtherMessage { new_content, .. }) => new_content.as_ref()?,
            Self::VerificationRequest(_) | Self::ServerNotice(_) => return None,
        };
        let mut new = new.clone();
        new.retain(|key, _| key != "m.relates_to" && key != "m.new_content");
        Some(Self::from_object_lenient(&new))
    }

    /// Returns the members that are not known here.
    pub fn other(&self) -> &Object {
        each!(self, message => &message.other)
    }

    fn read_known(members: Members<'_>, state: &mut State) -> Result<Self, Misfit> {
        let msgtype = members.get("msgtype").ok_or_else(|| Misfit::missing("msgtype"))?;
        let msgtype = msgtype.as_str().ok_or_else(|| Misfit::expected("a string").within_key("msgtype"))?;
        Ok(match &*msgtype {
            "m.audio" => Self::Audio(Field::read_members(members, state)?),
            "m.emote" => Self::Emote(Field::read_members(members, state)?),
            "m.file" => Self::File(Field::read_members(members, state)?),
            "m.image" => Self::Image(Field::read_members(members, state)?),
            "m.key.verification.request" => Self::VerificationRequest(Field::read_members(members, state)?),
            "m.location" => Self::Location(Field::read_members(members, state)?),
            "m.notice" => Self::Notice(Field::read_members(members, state)?),
            "m.server_notice" => Self::ServerNotice(Field::read_members(members, state)?),
            "m.text" => Self::Text(Field::read_members(members, state)?),
            "m.video" => Self::Video(Field::read_members(members, state)?),
            _ => Self::Other(Field::read_members(members, state)?),
        })
    }
}

impl Field for Message {
    fn read(node: &Node<'_>, state: &mut State) -> Result<Self, Misfit> {
        match node.members() {
            Some(members) => Self::read_members(members, state),
            None => Self::read_members(crate::wire::rescan(&mut Default::default(), node)?, state),
        }
    }

    fn read_members(members: Members<'_>, state: &mut State) -> Result<Self, Misfit> {
        Self::read_known(members, state)
    }

    fn write(&self, out: &mut Vec<u8>) {
        let tag = match self {
            Self::Other(_) => None,
            _ => Some(("msgtype", self.msgtype())),
        };
        each!(self, message => message.write_with(tag, out));
    }
}

impl Wire for Message {}
#[cfg(feature = "serde")]
crate::wire::serde_impls!(Message);

object! {
    /// The content of [`m.sticker`](https://spec.matrix.org/v1.19/client-server-api/#msticker).
    pub struct Sticker check check_sticker {
        /// A description.
        body: String = "body" or fallback,
        /// The image, when it is encrypted.
        file: Option<Box<EncryptedFile>> = "file",
        /// About the image.
        info: Box<ImageInfo> = "info" or fallback,
        /// Whom the sticker means to notify.
        mentions: Option<Mentions> = "m.mentions",
        /// What the sticker relates to.
        relates_to: Option<RelatesTo> = "m.relates_to",
        /// The image, when it is not encrypted.
        url: Option<OwnedMxcUri> = "url",
    }
}

fn check_sticker(sticker: &Sticker) -> Result<(), Misfit> {
    if sticker.url.is_some() || sticker.file.is_some() { Ok(()) } else { Err(Misfit::missing("url")) }
}
