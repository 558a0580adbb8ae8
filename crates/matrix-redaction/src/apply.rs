use matrix_identifiers::UserId;
use matrix_roomversion::{RedactionCheck, RedactionRules};

/// Who sent a redaction, and with what power.
#[derive(Clone, Copy, Debug)]
pub struct Redactor<'a> {
    /// The redaction's `sender`.
    pub sender: &'a UserId,
    /// The sender's power level in the state before the redaction; `i64::MAX` for a creator in room 12.
    pub power_level: i64,
    /// The `redact` level in that state: 50 where `m.room.power_levels` does not say.
    pub redact_level: i64,
}

/// Returns whether a redaction that the authorization rules accepted may be applied to an event.
///
/// In rooms 1 and 2 the authorization rules decided that already (rule 11), so it may. From room 3 on the sender
/// needs the redact level, or a user ID on the same server as the sender of the event to be redacted;
/// see [handling redactions](https://spec.matrix.org/v1.19/rooms/v3/#handling-redactions). As long as one of the
/// two events is missing, nothing can be decided and the redaction is not shown to clients.
///
/// The caller sees to it that both events are of one room and that neither was rejected.
///
/// ```
/// use matrix_identifiers::UserId;
/// use matrix_redaction::{Redactor, may_apply};
/// use matrix_roomversion::RoomVersion;
///
/// let rules = &RoomVersion::V12.rules().redaction;
/// let bob = Redactor { sender: UserId::parse("@bob:example.org")?, power_level: 0, redact_level: 50 };
/// assert!(may_apply(&bob, UserId::parse("@alice:example.org")?, rules));
/// assert!(!may_apply(&bob, UserId::parse("@alice:example.com")?, rules));
/// # Ok::<(), matrix_identifiers::Error>(())
/// ```
pub fn may_apply(redactor: &Redactor<'_>, target_sender: &UserId, rules: &RedactionRules) -> bool {
    match rules.check {
        RedactionCheck::AuthorizationRule => true,
        RedactionCheck::LevelOrServer => {
            redactor.power_level >= redactor.redact_level
                || redactor.sender.server_name() == target_sender.server_name()
        }
    }
}
