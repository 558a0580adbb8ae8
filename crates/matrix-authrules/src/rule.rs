use matrix_roomversion::RuleNumbering;

macro_rules! rules {
    ($($(#[doc = $doc:literal])* $name:ident: $numbers:tt, $reason:literal;)*) => {
        /// An authorization rule that can refuse an event, named by what it asks.
        ///
        /// The same rule has different numbers in different room versions: [`Rule::number`] knows them. It is
        /// always the number of the item that says "reject" (or "allow if and only if"). Where a list of
        /// conditions to allow ends in "otherwise, reject", the number is that last item's.
        ///
        /// Numbers are those of the rendered pages, where list items count up whatever the source says: the
        /// rules about `auth_events` are 3.1 to 3.4 in room 12, and 10.11 follows 10.10.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[doc = $doc])* $name,)*
        }

        impl Rule {
            /// Every rule, in the order of the specification.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Returns what is wrong with an event that this rule refuses, as half a sentence.
            pub const fn reason(self) -> &'static str {
                match self {
                    $(Self::$name => $reason,)*
                }
            }

            const fn numbers(self) -> [&'static str; 8] {
                match self {
                    $(Self::$name => $numbers,)*
                }
            }
        }
    };
}

// The columns: rooms 1-2, 3-5, 6, 7, 8-9, 10, 11, 12, as in `RuleNumbering`. Empty: no such rule there.
#[rustfmt::skip]
rules! {
    /// `m.room.create` has previous events.
    CreatePrevEvents: ["1.1", "1.1", "1.1", "1.1", "1.1", "1.1", "1.1", "1.1"],
        "the create event has previous events";
    /// `m.room.create`: the room ID's domain is not the sender's.
    CreateRoomIdDomain: ["1.2", "1.2", "1.2", "1.2", "1.2", "1.2", "1.2", ""],
        "the domain of the room ID is not that of the sender";
    /// `m.room.create` of a room 12 carries a `room_id`.
    CreateRoomId: ["", "", "", "", "", "", "", "1.2"],
        "the create event has a room ID";
    /// `m.room.create` names a version that is not known.
    CreateRoomVersion: ["1.3", "1.3", "1.3", "1.3", "1.3", "1.3", "1.3", "1.3"],
        "the room version is not a known one";
    /// `m.room.create` has no `creator`.
    CreateCreator: ["1.4", "1.4", "1.4", "1.4", "1.4", "1.4", "", ""],
        "the create event has no `creator`";
    /// `m.room.create`: `additional_creators` is no array of user IDs.
    CreateAdditionalCreators: ["", "", "", "", "", "", "", "1.4"],
        "`additional_creators` is not an array of user IDs";
    /// The room ID is not that of an accepted create event.
    RoomIdOfNoCreateEvent: ["", "", "", "", "", "", "", "2"],
        "the room ID is not that of an accepted create event";
    /// `auth_events` names a type and state key twice.
    AuthEventsDuplicate: ["2.1", "2.1", "2.1", "2.1", "2.1", "2.1", "2.1", "3.1"],
        "two of the auth events have the same type and state key";
    /// `auth_events` names an event that does not authorize this one.
    AuthEventsNotSelected: ["2.2", "2.2", "2.2", "2.2", "2.2", "2.2", "2.2", "3.2"],
        "one of the auth events has a type and state key that does not authorize this event";
    /// `auth_events` names a rejected event.
    AuthEventsRejected: ["2.3", "2.3", "2.3", "2.3", "2.3", "2.3", "2.3", "3.3"],
        "one of the auth events was rejected";
    /// `auth_events` does not name the create event.
    AuthEventsNoCreate: ["2.4", "2.4", "2.4", "2.4", "2.4", "2.4", "2.4", ""],
        "there is no create event among those that authorize this one";
    /// `auth_events` names an event of another room.
    AuthEventsOtherRoom: ["2.5", "2.5", "2.5", "2.5", "2.5", "2.5", "2.5", "3.4"],
        "one of the auth events belongs to another room";
    /// The room does not federate and the sender is of another server.
    Federate: ["3", "3", "3", "3", "3", "3", "3", "4"],
        "the room does not federate and the sender is not on the server that created it";
    /// `m.room.aliases` is no state event.
    AliasesStateKey: ["4.1", "4.1", "", "", "", "", "", ""],
        "the aliases event has no state key";
    /// `m.room.aliases` of another server.
    AliasesDomain: ["4.2", "4.2", "", "", "", "", "", ""],
        "the state key is not the sender's domain";
    /// `m.room.member` lacks a `state_key` or `membership`.
    MemberFields: ["5.1", "5.1", "4.1", "4.1", "4.1", "4.1", "4.1", "5.1"],
        "the member event has no state key or no `membership`";
    /// Joining: for somebody else.
    JoinSender: ["5.2.2", "5.2.2", "4.2.2", "4.2.2", "4.3.2", "4.3.2", "4.3.2", "5.3.2"],
        "nobody joins for somebody else";
    /// Joining: banned.
    JoinBanned: ["5.2.3", "5.2.3", "4.2.3", "4.2.3", "4.3.3", "4.3.3", "4.3.3", "5.3.3"],
        "the sender is banned";
    /// Joining a restricted room: nobody who may invite has authorised it.
    JoinAuthoriser: ["", "", "", "", "4.3.5.2", "4.3.5.2", "4.3.5.2", "5.3.5.2"],
        "`join_authorised_via_users_server` is not a joined user who may invite";
    /// Joining: the join rule does not let the sender in.
    JoinOtherwise: ["5.2.6", "5.2.6", "4.2.6", "4.2.6", "4.3.7", "4.3.7", "4.3.7", "5.3.7"],
        "the join rule does not let the sender in";
    /// Third-party invite: the target is banned.
    ThirdPartyInviteBanned: ["5.3.1.1", "5.3.1.1", "4.3.1.1", "4.3.1.1", "4.4.1.1", "4.4.1.1", "4.4.1.1", "5.4.1.1"],
        "the invited user is banned";
    /// Third-party invite: no `signed`.
    ThirdPartyInviteSigned: ["5.3.1.2", "5.3.1.2", "4.3.1.2", "4.3.1.2", "4.4.1.2", "4.4.1.2", "4.4.1.2", "5.4.1.2"],
        "`third_party_invite` has no `signed`";
    /// Third-party invite: no `mxid` or `token`.
    ThirdPartyInviteFields: ["5.3.1.3", "5.3.1.3", "4.3.1.3", "4.3.1.3", "4.4.1.3", "4.4.1.3", "4.4.1.3", "5.4.1.3"],
        "`signed` has no `mxid` or no `token`";
    /// Third-party invite: of another user.
    ThirdPartyInviteMxid: ["5.3.1.4", "5.3.1.4", "4.3.1.4", "4.3.1.4", "4.4.1.4", "4.4.1.4", "4.4.1.4", "5.4.1.4"],
        "`mxid` is not the state key";
    /// Third-party invite: no `m.room.third_party_invite` with this token.
    ThirdPartyInviteToken: ["5.3.1.5", "5.3.1.5", "4.3.1.5", "4.3.1.5", "4.4.1.5", "4.4.1.5", "4.4.1.5", "5.4.1.5"],
        "the room has no third-party invite with this token";
    /// Third-party invite: by another sender.
    ThirdPartyInviteSender: ["5.3.1.6", "5.3.1.6", "4.3.1.6", "4.3.1.6", "4.4.1.6", "4.4.1.6", "4.4.1.6", "5.4.1.6"],
        "the third-party invite has another sender";
    /// Third-party invite: no good signature.
    ThirdPartyInviteSignature: ["5.3.1.8", "5.3.1.8", "4.3.1.8", "4.3.1.8", "4.4.1.8", "4.4.1.8", "4.4.1.8", "5.4.1.8"],
        "no signature of `signed` is by a key of the third-party invite";
    /// Inviting: the sender is not in the room.
    InviteSenderNotJoined: ["5.3.2", "5.3.2", "4.3.2", "4.3.2", "4.4.2", "4.4.2", "4.4.2", "5.4.2"],
        "the sender is not in the room";
    /// Inviting: the target is in the room, or banned.
    InviteTarget: ["5.3.3", "5.3.3", "4.3.3", "4.3.3", "4.4.3", "4.4.3", "4.4.3", "5.4.3"],
        "the invited user is in the room already, or banned";
    /// Inviting: below the invite level.
    InviteOtherwise: ["5.3.5", "5.3.5", "4.3.5", "4.3.5", "4.4.5", "4.4.5", "4.4.5", "5.4.5"],
        "the sender is below the invite level";
    /// Leaving: not in the room and not asked in.
    LeaveMembership: ["5.4.1", "5.4.1", "4.4.1", "4.4.1", "4.5.1", "4.5.1", "4.5.1", "5.5.1"],
        "the sender has nothing to leave or decline";
    /// Kicking and unbanning: the sender is not in the room.
    LeaveSenderNotJoined: ["5.4.2", "5.4.2", "4.4.2", "4.4.2", "4.5.2", "4.5.2", "4.5.2", "5.5.2"],
        "the sender is not in the room";
    /// Unbanning: below the ban level.
    LeaveBanned: ["5.4.3", "5.4.3", "4.4.3", "4.4.3", "4.5.3", "4.5.3", "4.5.3", "5.5.3"],
        "the sender is below the ban level and the user is banned";
    /// Kicking and unbanning: below the kick level, or not above the target.
    LeaveOtherwise: ["5.4.5", "5.4.5", "4.4.5", "4.4.5", "4.5.5", "4.5.5", "4.5.5", "5.5.5"],
        "the sender is below the kick level or not above the user";
    /// Banning: the sender is not in the room.
    BanSenderNotJoined: ["5.5.1", "5.5.1", "4.5.1", "4.5.1", "4.6.1", "4.6.1", "4.6.1", "5.6.1"],
        "the sender is not in the room";
    /// Banning: below the ban level, or not above the target.
    BanOtherwise: ["5.5.3", "5.5.3", "4.5.3", "4.5.3", "4.6.3", "4.6.3", "4.6.3", "5.6.3"],
        "the sender is below the ban level or not above the user";
    /// Knocking: the join rule does not have it.
    KnockJoinRule: ["", "", "", "4.6.1", "4.7.1", "4.7.1", "4.7.1", "5.7.1"],
        "the join rule does not allow knocking";
    /// Knocking: for somebody else.
    KnockSender: ["", "", "", "4.6.2", "4.7.2", "4.7.2", "4.7.2", "5.7.2"],
        "nobody knocks for somebody else";
    /// Knocking: banned, invited or in the room.
    KnockOtherwise: ["", "", "", "4.6.4", "4.7.4", "4.7.4", "4.7.4", "5.7.4"],
        "the sender is banned, invited or in the room already";
    /// `membership` is an unknown word.
    MembershipUnknown: ["5.6", "5.6", "4.6", "4.7", "4.8", "4.8", "4.8", "5.8"],
        "the membership is unknown";
    /// The sender is not in the room.
    SenderNotJoined: ["6", "6", "5", "5", "5", "5", "5", "6"],
        "the sender is not in the room";
    /// `m.room.third_party_invite`: below the invite level.
    ThirdPartyInviteLevel: ["7.1", "7.1", "6.1", "6.1", "6.1", "6.1", "6.1", "7.1"],
        "the sender is below the invite level";
    /// Below the level that the event's type requires.
    RequiredLevel: ["8", "8", "7", "7", "7", "7", "7", "8"],
        "the sender is below the level that this type of event requires";
    /// A state key that is another user's ID.
    StateKeyOfOther: ["9", "9", "8", "8", "8", "8", "8", "9"],
        "the state key starts with `@` and is not the sender";
    /// `m.room.power_levels`: a setting is no integer.
    PowerLevelsIntegers: ["", "", "", "", "", "9.1", "9.1", "10.1"],
        "a level that stands for itself is not an integer";
    /// `m.room.power_levels`: `events` or `notifications` holds something else than integers.
    PowerLevelsMaps: ["", "", "", "", "", "9.2", "9.2", "10.2"],
        "`events` or `notifications` is not an object of integers";
    /// `m.room.power_levels`: `users` holds something else than levels of users.
    PowerLevelsUsers: ["10.1", "10.1", "9.1", "9.1", "9.1", "9.3", "9.3", "10.3"],
        "`users` is not an object of levels under user IDs, or a level is no finite number";
    /// `m.room.power_levels`: `users` names a creator.
    PowerLevelsCreators: ["", "", "", "", "", "", "", "10.4"],
        "`users` names a creator of the room";
    /// `m.room.power_levels` before room 10: a setting is nothing that could be compared.
    SettingUnreadable: ["10.3", "10.3", "9.3", "9.3", "9.3", "", "", ""],
        "a level that stands for itself is no level, so it cannot be compared";
    /// `m.room.power_levels`: a setting was above the sender.
    SettingOldLevel: ["10.3.1", "10.3.1", "9.3.1", "9.3.1", "9.3.1", "9.5.1", "9.5.1", "10.6.1"],
        "a level that stands for itself was above the sender's and changes";
    /// `m.room.power_levels`: a setting would be above the sender.
    SettingNewLevel: ["10.3.2", "10.3.2", "9.3.2", "9.3.2", "9.3.2", "9.5.2", "9.5.2", "10.6.2"],
        "a level that stands for itself would be above the sender's";
    /// `m.room.power_levels`: an entry of `events` or `notifications` was above the sender.
    EventsOldLevel: ["10.4.1", "10.4.1", "9.4.1", "9.4.1", "9.4.1", "9.6.1", "9.6.1", "10.7.1"],
        "the level of an event or notification was above the sender's and changes";
    /// `m.room.power_levels`: an entry of `events` or `notifications` would be above the sender.
    EventsNewLevel: ["10.5.1", "10.5.1", "9.5.1", "9.5.1", "9.5.1", "9.7.1", "9.7.1", "10.8.1"],
        "the level of an event or notification would be above the sender's";
    /// `m.room.power_levels`: another user's level was not below the sender's.
    UsersOldLevel: ["10.6.1", "10.6.1", "9.6.1", "9.6.1", "9.6.1", "9.8.1", "9.8.1", "10.9.1"],
        "another user's level was not below the sender's and changes";
    /// `m.room.power_levels`: a user's level would be above the sender's.
    UsersNewLevel: ["10.7.1", "10.7.1", "9.7.1", "9.7.1", "9.7.1", "9.9.1", "9.9.1", "10.10.1"],
        "a user's level would be above the sender's";
    /// `m.room.redaction`: below the redact level and of another server.
    RedactionOtherwise: ["11.3", "", "", "", "", "", "", ""],
        "the sender is below the redact level and the redacted event is of another server";
}

impl Rule {
    /// Returns the rule's number in the text of the given room versions, such as `"5.3.2"`, or `None` where
    /// those have no such rule.
    pub fn number(self, numbering: RuleNumbering) -> Option<&'static str> {
        self.numbers().get(numbering as usize).copied().filter(|number| !number.is_empty())
    }
}
