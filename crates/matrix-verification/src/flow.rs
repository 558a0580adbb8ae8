use matrix_identifiers::{EventId, UserId};

use crate::{
    cancel_code::CancelCode,
    cancelled::Cancelled,
    error::Error,
    flow_id::FlowId,
    incoming::{Incoming, Via},
    message::Message,
    method::Method,
    other_method::{MethodReceived, MethodSent},
    outgoing::Outgoing,
    party_keys::Party,
    ready::{self, Ready},
    request_received::RequestReceived,
    request_sent::RequestSent,
    sas::{AcceptSent, KeySent, MacSent, ShowSas, StartReceived, StartSent},
    session::Session,
    verified::{Done, Verified},
};

/// A verification, wherever it stands.
///
/// What the user can do is a method of the state within; what arrives can lead anywhere, so messages and the clock
/// give another `Flow`.
#[derive(Debug)]
#[non_exhaustive]
#[allow(
    clippy::large_enum_variant,
    reason = "a handful exist at a time, and each is moved a handful of times"
)]
pub enum Flow {
    /// This device has asked and waits for an answer.
    RequestSent(RequestSent),
    /// Another device asks: show it to the user.
    RequestReceived(RequestReceived),
    /// Both agree to verify; either side may begin a method.
    Ready(Ready),
    /// This device has begun SAS.
    SasStartSent(StartSent),
    /// The other device has begun SAS: accept it.
    SasStartReceived(StartReceived),
    /// This device has accepted SAS and waits for the key.
    SasAcceptSent(AcceptSent),
    /// This device has sent its key first and waits for the other.
    SasKeySent(KeySent),
    /// Show the short string to the user, and ask whether the other one is the same.
    SasShow(ShowSas),
    /// The user has confirmed; the other side's MACs are to come.
    SasMacSent(MacSent),
    /// This device has begun a method that is implemented elsewhere.
    MethodSent(MethodSent),
    /// The other device has begun a method that is implemented elsewhere.
    MethodReceived(MethodReceived),
    /// Keys are verified; the other side has not said so yet.
    Verified(Verified),
    /// Over, with success.
    Done(Done),
    /// Over, without.
    Cancelled(Cancelled),
}

/// What comes of a message, of the clock or of the user.
#[derive(Debug)]
#[must_use]
pub struct Step {
    /// Where the verification stands now.
    pub flow: Flow,
    /// What to send, in this order.
    pub send: Vec<Outgoing>,
}

macro_rules! each_state {
    ($flow:expr, $state:ident => $active:expr, $ended:ident => $over:expr) => {
        match $flow {
            Flow::RequestSent($state) => $active,
            Flow::RequestReceived($state) => $active,
            Flow::Ready($state) => $active,
            Flow::SasStartSent($state) => $active,
            Flow::SasStartReceived($state) => $active,
            Flow::SasAcceptSent($state) => $active,
            Flow::SasKeySent($state) => $active,
            Flow::SasShow($state) => $active,
            Flow::SasMacSent($state) => $active,
            Flow::MethodSent($state) => $active,
            Flow::MethodReceived($state) => $active,
            Flow::Verified($state) => $active,
            Flow::Done($ended) => $over,
            Flow::Cancelled($ended) => $over,
        }
    };
}

impl Flow {
    /// Begins with a start message that answers no request of this device, as old clients send it.
    ///
    /// # Errors
    ///
    /// [`Error::NotForUs`] unless it came as a to-device message from another device, the one that it names, or what is wrong with its
    /// content. A method that is not among `methods` is no error: the step is then a cancellation to send.
    pub fn from_start(
        own: &Party,
        methods: &[Method],
        incoming: &Incoming<'_>,
        now_ms: i64,
    ) -> Result<Step, Error> {
        let Message::Start(start) = Message::parse(incoming.event_type, incoming.content)? else {
            return Err(Error::NotVerification(incoming.event_type.to_owned()));
        };
        let other = Party::new(incoming.sender, &start.from_device);
        let Via::ToDevice { sender_device } = incoming.via else { return Err(Error::NotForUs) };
        if other == *own || sender_device.is_some_and(|device_id| *device_id != *other.device_id) {
            return Err(Error::NotForUs);
        }
        let flow_id = incoming.flow_id().ok_or(Error::MissingField("transaction_id"))?;
        let mut session = Session::new(own.clone(), other, flow_id, now_ms);
        _ = session.remember(incoming);
        Ok(ready::started(session, methods, start))
    }

    /// Returns the ID of the verification.
    pub fn flow_id(&self) -> &FlowId {
        each_state!(self, state => state.flow_id(), ended => ended.flow_id())
    }

    /// Returns the user at the other side.
    pub fn other_user(&self) -> &UserId {
        match self {
            Self::RequestSent(state) => state.other_user(),
            Self::Done(done) => done.other_user(),
            Self::Cancelled(cancelled) => cancelled.other_user(),
            Self::RequestReceived(state) => &state.other().user_id,
            Self::Ready(state) => &state.other().user_id,
            Self::SasStartSent(state) => &state.other().user_id,
            Self::SasStartReceived(state) => &state.other().user_id,
            Self::SasAcceptSent(state) => &state.other().user_id,
            Self::SasKeySent(state) => &state.other().user_id,
            Self::SasShow(state) => &state.other().user_id,
            Self::SasMacSent(state) => &state.other().user_id,
            Self::MethodSent(state) => &state.other().user_id,
            Self::MethodReceived(state) => &state.other().user_id,
            Self::Verified(state) => &state.other().user_id,
        }
    }

    /// Returns the other side, once its device is known.
    pub fn other(&self) -> Option<&Party> {
        match self {
            Self::RequestSent(_) | Self::Done(_) | Self::Cancelled(_) => None,
            Self::RequestReceived(state) => Some(state.other()),
            Self::Ready(state) => Some(state.other()),
            Self::SasStartSent(state) => Some(state.other()),
            Self::SasStartReceived(state) => Some(state.other()),
            Self::SasAcceptSent(state) => Some(state.other()),
            Self::SasKeySent(state) => Some(state.other()),
            Self::SasShow(state) => Some(state.other()),
            Self::SasMacSent(state) => Some(state.other()),
            Self::MethodSent(state) => Some(state.other()),
            Self::MethodReceived(state) => Some(state.other()),
            Self::Verified(state) => Some(state.other()),
        }
    }

    /// Returns whether nothing more will come of it.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Cancelled(_))
    }

    /// Returns when something will happen for want of time, in milliseconds since the Unix epoch.
    pub fn deadline_ms(&self) -> Option<i64> {
        each_state!(self, state => Some(state.deadline_ms()), _ended => None)
    }

    /// Takes a message; see each state. What is over stays as it is.
    pub fn on_message(self, incoming: &Incoming<'_>, now_ms: i64) -> Step {
        each_state!(self, state => state.on_message(incoming, now_ms), ended => Step { flow: ended.into(), send: Vec::new() })
    }

    /// Looks at the clock; see each state. What is over stays as it is.
    pub fn on_time(self, now_ms: i64) -> Step {
        each_state!(self, state => state.on_time(now_ms), ended => Step { flow: ended.into(), send: Vec::new() })
    }

    /// Cancels, unless it is over.
    pub fn cancel(self, code: CancelCode) -> Step {
        match self {
            Self::RequestSent(state) => state.cancel(code),
            Self::Verified(_) | Self::Done(_) | Self::Cancelled(_) => Step { flow: self, send: Vec::new() },
            active => active.cancel_active(code),
        }
    }

    /// Returns whether an event of a room is the request or a message that was taken.
    pub fn has_event(&self, event_id: &EventId) -> bool {
        each_state!(self, state => state.has_event(event_id), _ended => false)
    }

    fn cancel_active(self, code: CancelCode) -> Step {
        let (cancelled, outgoing) = match self {
            Self::RequestReceived(state) => state.cancel(code),
            Self::Ready(state) => state.cancel(code),
            Self::SasStartSent(state) => state.cancel(code),
            Self::SasStartReceived(state) => state.cancel(code),
            Self::SasAcceptSent(state) => state.cancel(code),
            Self::SasKeySent(state) => state.cancel(code),
            Self::SasShow(state) => state.cancel(code),
            Self::SasMacSent(state) => state.cancel(code),
            Self::MethodSent(state) => state.cancel(code),
            Self::MethodReceived(state) => state.cancel(code),
            other => return Step { flow: other, send: Vec::new() },
        };
        Step { flow: Self::Cancelled(cancelled), send: vec![outgoing] }
    }
}

impl From<Cancelled> for Flow {
    fn from(cancelled: Cancelled) -> Self {
        Self::Cancelled(cancelled)
    }
}

impl From<Done> for Flow {
    fn from(done: Done) -> Self {
        Self::Done(done)
    }
}

impl Step {
    pub(crate) fn new(flow: impl Into<Flow>, send: Vec<Outgoing>) -> Self {
        Self { flow: flow.into(), send }
    }

    /// Sends something before the rest.
    pub(crate) fn after(mut self, first: Option<Outgoing>) -> Self {
        self.send.splice(0..0, first);
        self
    }
}
