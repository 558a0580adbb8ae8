//! The contents of each kind of event, told apart by the event's type.

use matrix_canonicaljson::Object;

use super::*;

/// A content that is kept as it is, and the type beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawContent {
    /// The type.
    pub event_type: Box<str>,
    /// The content.
    pub content: Object,
}

contents! {
    /// The content of an event in a room, state or not.
    pub enum RoomContent {
        /// Who has created the room.
        Create(RoomCreate) = "m.room.create",
        /// What a user is to the room.
        Member(RoomMember) = "m.room.member",
        /// Who may do what.
        PowerLevels(RoomPowerLevels) = "m.room.power_levels",
        /// Who may join.
        JoinRules(RoomJoinRules) = "m.room.join_rules",
        /// An invite to somebody who may not be a user yet.
        ThirdPartyInvite(RoomThirdPartyInvite) = "m.room.third_party_invite",
        /// Who sees what was sent.
        HistoryVisibility(RoomHistoryVisibility) = "m.room.history_visibility",
        /// Whether guests may join.
        GuestAccess(RoomGuestAccess) = "m.room.guest_access",
        /// The room's name.
        Name(RoomName) = "m.room.name",
        /// The room's topic.
        Topic(RoomTopic) = "m.room.topic",
        /// The room's avatar.
        Avatar(RoomAvatar) = "m.room.avatar",
        /// The room's aliases.
        CanonicalAlias(RoomCanonicalAlias) = "m.room.canonical_alias",
        /// What old rooms have of aliases.
        Aliases(RoomAliases) = "m.room.aliases",
        /// That messages are to be encrypted.
        Encryption(RoomEncryption) = "m.room.encryption",
        /// What is pinned.
        PinnedEvents(RoomPinnedEvents) = "m.room.pinned_events",
        /// Which servers may take part.
        ServerAcl(RoomServerAcl) = "m.room.server_acl",
        /// That another room replaces this one.
        Tombstone(RoomTombstone) = "m.room.tombstone",
        /// That an event's content is to be forgotten.
        Redaction(RoomRedaction) = "m.room.redaction",
        /// A message.
        Message(Message) = "m.room.message",
        /// A sticker.
        Sticker(Sticker) = "m.sticker",
        /// A reaction to an event.
        Reaction(Reaction) = "m.reaction",
        /// Something encrypted.
        Encrypted(Encrypted) = "m.room.encrypted",
        /// An answer to a request to verify keys.
        VerificationReady(VerificationReady) = "m.key.verification.ready",
        /// The start of a verification.
        VerificationStart(VerificationStart) = "m.key.verification.start",
        /// How short strings will be compared.
        VerificationAccept(VerificationAccept) = "m.key.verification.accept",
        /// A key for the verification.
        VerificationKey(VerificationKey) = "m.key.verification.key",
        /// The authentication codes of the keys that were verified.
        VerificationMac(VerificationMac) = "m.key.verification.mac",
        /// The end of a verification, with success.
        VerificationDone(VerificationDone) = "m.key.verification.done",
        /// The end of a verification, without.
        VerificationCancel(VerificationCancel) = "m.key.verification.cancel",
        /// A rule about users.
        PolicyRuleUser(PolicyRule) = "m.policy.rule.user",
        /// A rule about rooms.
        PolicyRuleRoom(PolicyRule) = "m.policy.rule.room",
        /// A rule about servers.
        PolicyRuleServer(PolicyRule) = "m.policy.rule.server",
        /// A room of the space.
        SpaceChild(SpaceChild) = "m.space.child",
        /// A space that the room is in.
        SpaceParent(SpaceParent) = "m.space.parent",
        /// A widget.
        Widget(Widget) = "m.widget",
        /// A widget, as clients have long sent it.
        LegacyWidget(Widget) = "im.vector.modular.widgets",
    }
}

contents! {
    /// The content of an event from one device to another.
    pub enum ToDeviceContent {
        /// Something encrypted.
        Encrypted(Encrypted) = "m.room.encrypted",
        /// A key to decrypt a room's events.
        RoomKey(RoomKey) = "m.room_key",
        /// A question for such a key.
        RoomKeyRequest(RoomKeyRequest) = "m.room_key_request",
        /// Such a key, forwarded.
        ForwardedRoomKey(ForwardedRoomKey) = "m.forwarded_room_key",
        /// Why such a key is not sent.
        RoomKeyWithheld(RoomKeyWithheld) = "m.room_key.withheld",
        /// The same, as clients sent it before MSC2399 was stable.
        LegacyRoomKeyWithheld(RoomKeyWithheld) = "org.matrix.room_key.withheld",
        /// Nothing, in a new session.
        Dummy(Dummy) = "m.dummy",
        /// A question for a secret.
        SecretRequest(SecretRequest) = "m.secret.request",
        /// A secret.
        SecretSend(SecretSend) = "m.secret.send",
        /// A request to verify keys.
        VerificationRequest(VerificationRequest) = "m.key.verification.request",
        /// An answer to it.
        VerificationReady(VerificationReady) = "m.key.verification.ready",
        /// The start of a verification.
        VerificationStart(VerificationStart) = "m.key.verification.start",
        /// How short strings will be compared.
        VerificationAccept(VerificationAccept) = "m.key.verification.accept",
        /// A key for the verification.
        VerificationKey(VerificationKey) = "m.key.verification.key",
        /// The authentication codes of the keys that were verified.
        VerificationMac(VerificationMac) = "m.key.verification.mac",
        /// The end of a verification, with success.
        VerificationDone(VerificationDone) = "m.key.verification.done",
        /// The end of a verification, without.
        VerificationCancel(VerificationCancel) = "m.key.verification.cancel",
    }
}

contents! {
    /// What a client keeps with the server, of the user or of one of the user's rooms.
    pub enum AccountDataContent {
        /// Which identity server to use.
        IdentityServer(IdentityServer) = "m.identity_server",
        /// Which terms the user has agreed to.
        AcceptedTerms(AcceptedTerms) = "m.accepted_terms",
        /// The user's direct chats.
        Direct(Direct) = "m.direct",
        /// Whose messages are not shown.
        IgnoredUserList(IgnoredUserList) = "m.ignored_user_list",
        /// What to notify of.
        PushRules(PushRules) = "m.push_rules",
        /// The tags of a room.
        Tags(Tags) = "m.tag",
        /// What has been read of a room.
        FullyRead(FullyRead) = "m.fully_read",
        /// Whether a room counts as unread.
        MarkedUnread(MarkedUnread) = "m.marked_unread",
        /// Which key clients take for secrets.
        SecretStorageDefaultKey(SecretStorageDefaultKey) = "m.secret_storage.default_key",
        /// The private key of the key backup.
        MegolmBackup(StoredSecret) = "m.megolm_backup.v1",
        /// The private master key.
        CrossSigningMaster(StoredSecret) = "m.cross_signing.master",
        /// The private self-signing key.
        CrossSigningSelfSigning(StoredSecret) = "m.cross_signing.self_signing",
        /// The private user-signing key.
        CrossSigningUserSigning(StoredSecret) = "m.cross_signing.user_signing",
        /// The user's own widgets.
        Widgets(Widgets) = "m.widgets",
    }
    prefix {
        /// The description of a key for secrets, whose ID follows the prefix.
        SecretStorageKey(SecretStorageKey) = "m.secret_storage.key.",
    }
}

contents! {
    /// The content of an event that is not kept.
    pub enum EphemeralContent {
        /// Who types.
        Typing(Typing) = "m.typing",
        /// Who has read what.
        Receipts(Receipts) = "m.receipt",
        /// Who is there.
        Presence(Presence) = "m.presence",
    }
}

contents! {
    /// The content of what servers tell one another beside events.
    pub enum EduContent {
        /// Who types.
        Typing(TypingEdu) = "m.typing",
        /// Who is there.
        Presence(PresenceEdu) = "m.presence",
        /// Who has read what.
        Receipts(ReceiptEdu) = "m.receipt",
        /// A device of a user.
        DeviceListUpdate(DeviceListUpdate) = "m.device_list_update",
        /// The cross-signing keys of a user.
        SigningKeyUpdate(SigningKeyUpdate) = "m.signing_key_update",
        /// Events from a device to devices.
        DirectToDevice(DirectToDevice) = "m.direct_to_device",
    }
}
