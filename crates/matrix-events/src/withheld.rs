//! Keys that are not sent, and telling so (MSC2399): once, and what it explains.

use std::collections::{BTreeMap, BTreeSet};

use matrix_identifiers::{DeviceId, OwnedDeviceId, OwnedRoomId, OwnedUserId, RoomId, UserId};

use crate::content::{RoomKeyWithheld, WithheldCode};

/// What other devices were told about keys that they are not sent, so that each is told once (MSC2399).
///
/// A device hears once of each session. That there is no Olm session with it
/// ([`NoOlm`](WithheldCode::NoOlm)) concerns every Megolm session, so that it hears of it once in all, until one was
/// made: else its mailbox would fill.
///
/// To go on after a restart, [`tell`](Self::tell) it again what was sent.
///
/// ```
/// use matrix_events::{Wire, WithheldNotices, content::RoomKeyWithheld};
/// use matrix_identifiers::{DeviceId, UserId};
///
/// let notice = RoomKeyWithheld::read_strict(
///     br#"{"algorithm": "m.megolm.v1.aes-sha2", "code": "m.no_olm", "sender_key": "c2VuZGVy"}"#,
/// )?;
/// let (bob, device) = (UserId::parse("@bob:example.org")?, DeviceId::parse("PHONE")?);
/// let mut notices = WithheldNotices::new();
/// assert!(notices.tell(bob, device, &notice));
/// assert!(!notices.tell(bob, device, &notice));
/// notices.made_olm_session(bob, device);
/// assert!(notices.tell(bob, device, &notice));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct WithheldNotices(BTreeMap<(OwnedUserId, OwnedDeviceId), Told>);

/// What one device was told.
#[derive(Clone, Debug, Default)]
struct Told {
    sessions: BTreeSet<(OwnedRoomId, Box<str>)>,
    no_olm: bool,
}

impl WithheldNotices {
    /// Starts with nothing told.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns whether a notice is to be sent to a device, and takes note that it is: `false` where the device was told
    /// before, whatever the code, and for a notice that names neither a session nor the lack of an Olm session.
    #[must_use = "a notice for which this is false is not to be sent"]
    pub fn tell(&mut self, user_id: &UserId, device_id: &DeviceId, notice: &RoomKeyWithheld) -> bool {
        let session = match (&notice.code, &notice.room_id, &notice.session_id) {
            (WithheldCode::NoOlm, _, _) => None,
            (_, Some(room_id), Some(session_id)) => Some((room_id.clone(), session_id.as_str().into())),
            _ => return false,
        };
        let told = self.0.entry((user_id.into(), device_id.into())).or_default();
        match session {
            Some(session) => told.sessions.insert(session),
            None => !std::mem::replace(&mut told.no_olm, true),
        }
    }

    /// Takes note that there is an Olm session with a device: should there be none again, the device will be told again.
    pub fn made_olm_session(&mut self, user_id: &UserId, device_id: &DeviceId) {
        if let Some(told) = self.0.get_mut(&(user_id.into(), device_id.into())) {
            told.no_olm = false;
        }
    }

    /// Forgets a session that is not used any more.
    pub fn forget_session(&mut self, room_id: &RoomId, session_id: &str) {
        let session = (room_id.into(), session_id.into());
        self.0.values_mut().for_each(|told| _ = told.sessions.remove(&session));
        self.0.retain(|_, told| told.no_olm || !told.sessions.is_empty());
    }
}

/// A message that a device cannot read for want of its key.
#[derive(Clone, Copy, Debug)]
pub struct UnreadableMessage<'a> {
    /// The room.
    pub room_id: &'a RoomId,
    /// The Megolm session.
    pub session_id: &'a str,
    /// The message's place in the session.
    pub index: u32,
    /// The place from which on the device has the session's key; `None` where it has none.
    pub first_known_index: Option<u32>,
    /// The Curve25519 key of the device that sent the message, where it is known.
    pub sender_key: Option<&'a str>,
    /// Whether the message came before the notice.
    pub is_before_notice: bool,
}

impl RoomKeyWithheld {
    /// Returns whether the notice says why a message cannot be read (MSC2399).
    ///
    /// One about a session is about all of it or, where its key came later after all, about what is before the place
    /// where that begins. [`NoOlm`](WithheldCode::NoOlm) is about everything that the device with the `sender_key` has
    /// sent before. That the notice comes from the user who sent the message is for the caller to see to.
    #[must_use]
    pub fn explains(&self, message: &UnreadableMessage<'_>) -> bool {
        if self.code == WithheldCode::NoOlm {
            return message.is_before_notice && message.sender_key == Some(&*self.sender_key);
        }
        self.room_id.as_deref() == Some(message.room_id)
            && self.session_id.as_deref() == Some(message.session_id)
            && message.first_known_index.is_none_or(|first| message.index < first)
    }
}
