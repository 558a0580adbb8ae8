use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{DeviceId, EventId, OwnedDeviceId, OwnedRoomId, OwnedUserId, RoomId, UserId};

use crate::{
    cancel_code::CancelCode,
    cancelled::{Cancelled, CancelledBy},
    error::Error,
    flow::{Flow, Step},
    flow_id::{FlowId, MAX_TRANSACTION_ID},
    incoming::Incoming,
    message::{Cancel, Message},
    method::Method,
    outgoing::{Outgoing, Recipients},
    party_keys::Party,
    ready::{self, Ready},
    session::{Session, cancel_content, names},
    time::{IDLE_TIMEOUT_MS, MAX_REQUEST_AGE_MS},
};

/// This device has asked for a verification: one device, several devices, or a user in a room.
///
/// The first device that answers is verified with; the others are told.
#[derive(Debug)]
pub struct RequestSent {
    own: Party,
    other_user: OwnedUserId,
    /// The devices that were asked; empty in a room.
    devices: Vec<OwnedDeviceId>,
    methods: Vec<Method>,
    flow_id: FlowId,
    created_ms: i64,
}

/// A request that is to be sent to a room, whose event ID will identify the verification.
#[derive(Debug)]
pub struct RoomRequest {
    own: Party,
    other_user: OwnedUserId,
    room_id: OwnedRoomId,
    methods: Vec<Method>,
    body: String,
}

impl RoomRequest {
    /// Asks a user in a room, which should be a direct chat. `body` is what clients show that don't know better.
    ///
    /// # Errors
    ///
    /// [`Error::NoCommonMethod`] if no method is given that can be started; [`Error::NotForUs`] for the own user, whose
    /// devices are asked with to-device messages.
    pub fn new(
        own: Party,
        other_user: &UserId,
        room_id: &RoomId,
        methods: &[Method],
        body: impl Into<String>,
    ) -> Result<Self, Error> {
        check_methods(methods)?;
        if *other_user == *own.user_id {
            return Err(Error::NotForUs);
        }
        Ok(Self {
            own,
            other_user: other_user.to_owned(),
            room_id: room_id.to_owned(),
            methods: methods.to_vec(),
            body: body.into(),
        })
    }

    /// Writes the event to send, an `m.room.message`.
    pub fn outgoing(&self) -> Outgoing {
        let content = Object::from([
            ("body", Value::from(self.body.as_str())),
            ("from_device", self.own.device_id.as_str().into()),
            ("methods", names(self.methods.iter().map(Method::as_str))),
            ("msgtype", "m.key.verification.request".into()),
            ("to", self.other_user.as_str().into()),
        ]);
        Outgoing { event_type: "m.room.message", content, to: Recipients::Room(self.room_id.clone()) }
    }

    /// Goes on once the event is sent and has its ID.
    pub fn sent(self, event_id: &EventId, now_ms: i64) -> RequestSent {
        RequestSent {
            own: self.own,
            other_user: self.other_user,
            devices: Vec::new(),
            methods: self.methods,
            flow_id: FlowId::InRoom { room_id: self.room_id, event_id: event_id.to_owned() },
            created_ms: now_ms,
        }
    }
}

impl RequestSent {
    /// Asks devices of a user, which may be the own one; this device itself is left out. The transaction ID comes from
    /// [`new_transaction_id`](crate::new_transaction_id).
    ///
    /// # Errors
    ///
    /// [`Error::NoDevices`], [`Error::NoCommonMethod`] if no method is given that can be started,
    /// [`Error::InvalidField`] if the transaction ID is longer than [`MAX_TRANSACTION_ID`].
    pub fn to_devices(
        own: Party,
        other_user: &UserId,
        devices: impl IntoIterator<Item = OwnedDeviceId>,
        methods: &[Method],
        transaction_id: impl Into<String>,
        now_ms: i64,
    ) -> Result<(Self, Outgoing), Error> {
        check_methods(methods)?;
        let is_own = |id: &OwnedDeviceId| *other_user == *own.user_id && *id == own.device_id;
        let devices: Vec<OwnedDeviceId> = devices.into_iter().filter(|id| !is_own(id)).collect();
        if devices.is_empty() {
            return Err(Error::NoDevices);
        }
        let timestamp = matrix_canonicaljson::Integer::new(now_ms)
            .ok_or(Error::InvalidField { field: "timestamp", expected: "within the range of JSON" })?;
        let transaction_id = transaction_id.into();
        if transaction_id.len() > MAX_TRANSACTION_ID {
            return Err(Error::InvalidField { field: "transaction_id", expected: "of 255 bytes at most" });
        }
        let flow_id = FlowId::ToDevice(transaction_id);
        let mut content = Object::from([
            ("from_device", Value::from(own.device_id.as_str())),
            ("methods", names(methods.iter().map(Method::as_str))),
            ("timestamp", timestamp.into()),
        ]);
        flow_id.write(&mut content);
        let request = Self {
            own,
            other_user: other_user.to_owned(),
            devices,
            methods: methods.to_vec(),
            flow_id,
            created_ms: now_ms,
        };
        let to = request.recipients(None);
        Ok((request, Outgoing { event_type: "m.key.verification.request", content, to }))
    }

    /// Returns the ID of the verification.
    pub fn flow_id(&self) -> &FlowId {
        &self.flow_id
    }

    /// Returns the own side.
    pub fn own(&self) -> &Party {
        &self.own
    }

    /// Returns the user who was asked.
    pub fn other_user(&self) -> &UserId {
        &self.other_user
    }

    /// Returns the devices that were asked; none in a room.
    pub fn devices(&self) -> &[OwnedDeviceId] {
        &self.devices
    }

    /// Returns when the request expires, in milliseconds since the Unix epoch.
    pub fn deadline_ms(&self) -> i64 {
        self.created_ms.saturating_add(MAX_REQUEST_AGE_MS.min(IDLE_TIMEOUT_MS))
    }

    /// Takes a message. The first device to send `m.key.verification.ready`, or to begin a method right away, is the
    /// other side from then on, and the other devices that were asked are told `m.accepted`; the first to cancel ends
    /// it for all of them.
    pub fn on_message(self, incoming: &Incoming<'_>, now_ms: i64) -> Step {
        if *incoming.sender != *self.other_user || incoming.flow_id().as_ref() != Some(&self.flow_id) {
            return self.stay();
        }
        let known = incoming.sender_device();
        if incoming.is_room_request() || known.is_some_and(|device_id| !self.was_asked(device_id)) {
            return self.stay();
        }
        let message = match Message::parse(incoming.event_type, &incoming.content_with_relation()) {
            Ok(message) => message,
            Err(Error::NotVerification(_)) => return self.stay(),
            Err(_) if incoming.is_cancellation() => Message::Cancel(Cancel::unreadable()),
            Err(error) => return self.cancel(error.cancel_code()),
        };
        if let Some(device_id) = message.from_device()
            && (!self.was_asked(device_id) || known.is_some_and(|known| *known != **device_id))
        {
            return self.stay();
        }
        match message {
            Message::Cancel(cancel) => self.declined(cancel, incoming),
            _ if now_ms >= self.deadline_ms() => self.cancel(CancelCode::Timeout),
            Message::Ready(ready) => {
                let (session, tell) = self.answered(ready.from_device, incoming, now_ms);
                let theirs = Method::corresponding(&ready.methods, &self.methods);
                let step = Ready::agree(session, &self.methods, &theirs);
                step.after(tell)
            }
            Message::Start(start) => {
                let (session, tell) = self.answered(start.from_device.clone(), incoming, now_ms);
                ready::started(session, &self.methods, start).after(tell)
            }
            _ => self.cancel(CancelCode::UnexpectedMessage),
        }
    }

    /// Looks at the clock: from the deadline on, cancels with `m.timeout`.
    pub fn on_time(self, now_ms: i64) -> Step {
        if now_ms >= self.deadline_ms() { self.cancel(CancelCode::Timeout) } else { self.stay() }
    }

    /// Cancels, and tells everybody who was asked.
    pub fn cancel(self, code: CancelCode) -> Step {
        let outgoing = self.cancellation(&code, None);
        Step::new(self.ended(CancelledBy::Us, code, None), outgoing.into_iter().collect())
    }

    pub(crate) fn has_event(&self, event_id: &EventId) -> bool {
        matches!(&self.flow_id, FlowId::InRoom { event_id: request, .. } if **request == *event_id)
    }

    fn was_asked(&self, device_id: &DeviceId) -> bool {
        let own = *self.other_user == *self.own.user_id && *device_id == *self.own.device_id;
        !own && (self.devices.is_empty() || self.devices.iter().any(|asked| **asked == *device_id))
    }

    /// A session with the device that has answered, and what to tell the others.
    fn answered(
        &self,
        device_id: OwnedDeviceId,
        incoming: &Incoming<'_>,
        now_ms: i64,
    ) -> (Session, Option<Outgoing>) {
        let tell =
            self.cancellation(&CancelCode::Accepted, Some(&device_id)).filter(|_| !self.devices.is_empty());
        let other = Party { user_id: self.other_user.clone(), device_id };
        let mut session = Session::new(self.own.clone(), other, self.flow_id.clone(), self.created_ms);
        session.touch(now_ms);
        _ = session.remember(incoming);
        (session, tell)
    }

    /// One device has declined: so have all. Whoever declined is not told, where that is known.
    fn declined(self, cancel: Cancel, incoming: &Incoming<'_>) -> Step {
        let tell =
            self.cancellation(&cancel.code, incoming.sender_device()).filter(|_| !self.devices.is_empty());
        Step::new(self.ended(CancelledBy::Them, cancel.code, cancel.reason), tell.into_iter().collect())
    }

    fn cancellation(&self, code: &CancelCode, except: Option<&DeviceId>) -> Option<Outgoing> {
        let to = self.recipients(except);
        if matches!(&to, Recipients::Devices { device_ids, .. } if device_ids.is_empty()) {
            return None;
        }
        let content = cancel_content(&self.flow_id, code);
        Some(Outgoing { event_type: "m.key.verification.cancel", content, to })
    }

    fn recipients(&self, except: Option<&DeviceId>) -> Recipients {
        match &self.flow_id {
            FlowId::ToDevice(_) => {
                let device_ids = self.devices.iter().filter(|id| except != Some(id)).cloned().collect();
                Recipients::Devices { user_id: self.other_user.clone(), device_ids }
            }
            FlowId::InRoom { room_id, .. } => Recipients::Room(room_id.clone()),
        }
    }

    fn ended(self, by: CancelledBy, code: CancelCode, reason: Option<String>) -> Cancelled {
        let last_ms = self.created_ms;
        Cancelled { other_user: self.other_user, flow_id: self.flow_id, by, code, reason, last_ms }
    }

    fn stay(self) -> Step {
        Step { flow: Flow::RequestSent(self), send: Vec::new() }
    }
}

impl From<RequestSent> for Flow {
    fn from(state: RequestSent) -> Self {
        Self::RequestSent(state)
    }
}

fn check_methods(methods: &[Method]) -> Result<(), Error> {
    if Method::any_can_start(methods) { Ok(()) } else { Err(Error::NoCommonMethod) }
}
