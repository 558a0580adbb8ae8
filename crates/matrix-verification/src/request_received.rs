use matrix_canonicaljson::Object;

use crate::{
    cancel_code::CancelCode,
    cancelled::{Cancelled, CancelledBy},
    error::Error,
    flow::{Flow, Step},
    incoming::{Incoming, Via},
    message::Message,
    method::Method,
    outgoing::Outgoing,
    party_keys::Party,
    ready::Ready,
    session::{Session, names},
    state::{self, Refused, State},
    time::{is_request_current, prompt_until_ms},
};

/// Another device asks for a verification: to be shown to the user until
/// [`deadline_ms`](Self::deadline_ms), who accepts or declines.
///
/// If no method is in common the user is told so, and may still decline; another device of the user may know better,
/// so nothing is declined by itself.
#[derive(Debug)]
pub struct RequestReceived {
    session: Session,
    methods: Vec<Method>,
    timestamp_ms: i64,
    received_ms: i64,
}

impl RequestReceived {
    /// Takes a request that has arrived.
    ///
    /// # Errors
    ///
    /// Where it is to be ignored: [`Error::NotForUs`] if it names another user, comes from this device, or from the own
    /// user in a room; [`Error::NotCurrent`] if it is too old or too far ahead; [`Error::NotVerification`] if it is no
    /// request; or what is wrong with its content.
    pub fn new(own: &Party, incoming: &Incoming<'_>, now_ms: i64) -> Result<Self, Error> {
        let Message::Request(request) = Message::parse(incoming.event_type, incoming.content)? else {
            return Err(Error::NotVerification(incoming.event_type.to_owned()));
        };
        let other = Party::new(incoming.sender, &request.from_device);
        let timestamp_ms = match incoming.via {
            Via::ToDevice { .. } if incoming.event_type == "m.room.message" => {
                return Err(Error::NotVerification(incoming.event_type.to_owned()));
            }
            Via::ToDevice { sender_device } => {
                if sender_device.is_some_and(|device_id| *device_id != *other.device_id) {
                    return Err(Error::NotForUs);
                }
                request.timestamp.ok_or(Error::MissingField("timestamp"))?
            }
            Via::Room { .. } if !incoming.is_room_request() => {
                return Err(Error::NotVerification(incoming.event_type.to_owned()));
            }
            Via::Room { origin_server_ts, .. } => {
                if request.to.ok_or(Error::MissingField("to"))? != own.user_id || other.user_id == own.user_id
                {
                    return Err(Error::NotForUs);
                }
                origin_server_ts
            }
        };
        if other == *own {
            return Err(Error::NotForUs);
        }
        if !is_request_current(timestamp_ms, now_ms) {
            return Err(Error::NotCurrent { timestamp_ms, now_ms });
        }
        let flow_id = incoming.flow_id().ok_or(Error::MissingField("transaction_id"))?;
        let mut session = Session::new(own.clone(), other, flow_id, now_ms);
        _ = session.remember(incoming);
        Ok(Self { session, methods: request.methods, timestamp_ms, received_ms: now_ms })
    }

    /// Returns the ID of the verification.
    pub fn flow_id(&self) -> &crate::FlowId {
        &self.session.flow_id
    }

    /// Returns the own side.
    pub fn own(&self) -> &Party {
        &self.session.own
    }

    /// Returns the side that asks.
    pub fn other(&self) -> &Party {
        &self.session.other
    }

    /// Returns what the other device can do.
    pub fn methods(&self) -> &[Method] {
        &self.methods
    }

    /// Returns which of this device's methods are of use with the other's. If none is, tell the user that there is no
    /// way to verify here.
    pub fn usable_methods(&self, ours: &[Method]) -> Vec<Method> {
        Method::corresponding(ours, &self.methods)
    }

    /// Returns until when the request is shown, in milliseconds since the Unix epoch.
    pub fn deadline_ms(&self) -> i64 {
        prompt_until_ms(self.timestamp_ms, self.received_ms)
    }

    /// Accepts the request with what this device can do.
    ///
    /// # Errors
    ///
    /// [`Error::NoCommonMethod`] with the request given back.
    pub fn accept(self, ours: &[Method], now_ms: i64) -> Result<(Ready, Outgoing), Refused<Self>> {
        let ours = self.usable_methods(ours);
        if !Method::any_can_start(&ours) {
            return Err(Refused::new(self, Error::NoCommonMethod));
        }
        let Self { mut session, methods, .. } = self;
        session.touch(now_ms);
        let content = Object::from([("methods", names(ours.iter().map(Method::as_str)))]);
        let outgoing = session.outgoing_from_device("m.key.verification.ready", content);
        let theirs = Method::corresponding(&methods, &ours);
        Ok((Ready::new(session, ours, theirs), outgoing))
    }

    /// Declines the request: `m.user`.
    pub fn decline(self) -> (Cancelled, Outgoing) {
        self.cancel(CancelCode::User)
    }

    /// Cancels with any code.
    pub fn cancel(self, code: CancelCode) -> (Cancelled, Outgoing) {
        state::cancel(self, code)
    }

    /// Takes a message. A cancellation, or in a room an answer by another device of the own user, means that there is
    /// nothing more to do here.
    pub fn on_message(self, incoming: &Incoming<'_>, now_ms: i64) -> Step {
        let own_event =
            matches!(incoming.via, Via::Room { .. }) && *incoming.sender == *self.session.own.user_id;
        if own_event && self.session.own.user_id != self.session.other.user_id {
            return self.own_other_device(incoming);
        }
        state::on_message(self, incoming, now_ms)
    }

    /// Looks at the clock: from the deadline on the request is no longer shown. Nobody is told.
    pub fn on_time(self, now_ms: i64) -> Step {
        if now_ms < self.deadline_ms() {
            return self.stay();
        }
        Step::new(self.session.ended(CancelledBy::Us, CancelCode::Timeout, None), Vec::new())
    }

    pub(crate) fn has_event(&self, event_id: &matrix_identifiers::EventId) -> bool {
        self.session.has_event(event_id)
    }

    /// In a room, one sees what the own other devices do.
    fn own_other_device(self, incoming: &Incoming<'_>) -> Step {
        if incoming.flow_id().as_ref() != Some(&self.session.flow_id) {
            return self.stay();
        }
        let code = match Message::parse(incoming.event_type, incoming.content) {
            Ok(Message::Ready(ready)) if ready.from_device != self.session.own.device_id => {
                CancelCode::Accepted
            }
            Ok(Message::Start(start)) if start.from_device != self.session.own.device_id => {
                CancelCode::Accepted
            }
            Ok(Message::Cancel(cancel)) => cancel.code,
            _ => return self.stay(),
        };
        Step::new(self.session.ended(CancelledBy::OwnOtherDevice, code, None), Vec::new())
    }
}

impl State for RequestReceived {
    state::state_items!(RequestReceived);

    /// Nothing but a cancellation comes before this device has answered.
    fn handle(self, _: Message) -> Step {
        self.unexpected()
    }
}

impl From<RequestReceived> for Flow {
    fn from(state: RequestReceived) -> Self {
        Self::RequestReceived(state)
    }
}

impl Refused<RequestReceived> {
    /// Cancels because of the error, with the code that says so.
    pub fn cancel(self) -> (Cancelled, Outgoing) {
        let code = self.error.cancel_code();
        self.state.cancel(code)
    }
}
