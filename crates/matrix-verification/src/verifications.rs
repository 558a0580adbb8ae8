use std::collections::BTreeMap;

use matrix_identifiers::OwnedUserId;

use crate::{
    cancel_code::CancelCode,
    error::Error,
    flow::{Flow, Step},
    flow_id::FlowId,
    incoming::{Incoming, Via},
    message::Message,
    method::Method,
    outgoing::{Outgoing, Recipients},
    party_keys::Party,
    request_received::RequestReceived,
    session::cancel_content,
    time::IDLE_TIMEOUT_MS,
};

/// Names a verification among all: the user at the other side, and its ID.
pub type FlowKey = (OwnedUserId, FlowId);

/// How many verifications with one user go on at once at most, before others of that user's are ignored.
pub const MAX_FLOWS_OF_USER: usize = 16;
/// How many verifications go on at once at most, before those of other users are ignored.
pub const MAX_FLOWS: usize = 256;
/// How many verifications that are over are remembered at most; further ones take the place of those heard of longest
/// ago.
pub const MAX_OVER: usize = 1_024;

/// What to do when an event of a verification is redacted or edited by the other side, as a client may choose.
///
/// Source: MSC2241.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnChangedEvent {
    /// Cancel with `m.unexpected_message`.
    #[default]
    Cancel,
    /// Go on.
    Ignore,
}

/// All verifications of a device: finds the one that a message is for, and does what concerns more than one.
///
/// Take a flow out with [`take`](Self::take) to do what the user wants, and put it back with [`put`](Self::put).
#[derive(Debug)]
pub struct Verifications {
    own: Party,
    methods: Vec<Method>,
    on_changed_event: OnChangedEvent,
    flows: BTreeMap<FlowKey, Flow>,
    /// Those that are over, with the time at which they were last heard of, in milliseconds.
    over: BTreeMap<FlowKey, i64>,
}

/// What came of a message, or of the clock.
#[derive(Debug, Default)]
#[must_use]
pub struct Received {
    /// The verifications that are new or have moved.
    pub moved: Vec<FlowKey>,
    /// Those of them that came to an end, with how.
    pub over: Vec<Flow>,
    /// What to send, in this order.
    pub send: Vec<Outgoing>,
    /// Why a message was ignored, where that is worth a line in a log.
    pub ignored: Option<Error>,
}

impl Verifications {
    /// Begins for a device that knows these methods.
    pub fn new(own: Party, methods: &[Method], on_changed_event: OnChangedEvent) -> Self {
        let (flows, over) = (BTreeMap::new(), BTreeMap::new());
        Self { own, methods: methods.to_vec(), on_changed_event, flows, over }
    }

    /// Returns a verification that goes on.
    pub fn get(&self, key: &FlowKey) -> Option<&Flow> {
        self.flows.get(key)
    }

    /// Iterates over the verifications that go on.
    pub fn iter(&self) -> impl Iterator<Item = (&FlowKey, &Flow)> {
        self.flows.iter()
    }

    /// Takes a verification out, to do what the user wants.
    pub fn take(&mut self, key: &FlowKey) -> Option<Flow> {
        self.flows.remove(key)
    }

    /// Puts a verification in, or back. One that is over is only remembered, and given back.
    pub fn put(&mut self, flow: impl Into<Flow>) -> Option<Flow> {
        let flow = flow.into();
        let key = (flow.other_user().to_owned(), flow.flow_id().clone());
        let last_ms = match &flow {
            Flow::Done(done) => done.last_ms,
            Flow::Cancelled(cancelled) => cancelled.last_ms,
            _ => {
                self.flows.insert(key, flow);
                return None;
            }
        };
        self.flows.remove(&key);
        self.remember(key, last_ms);
        Some(flow)
    }

    /// Takes a message.
    ///
    /// It goes to its verification, if there is one. A request or a direct start begins one; if the same device has
    /// begun another, all of them are cancelled. What refers to nothing known is answered `m.unknown_transaction`,
    /// but not in rooms, nor in answer to a start, a request or a cancellation, nor after an end that is not 10 minutes
    /// past. Beyond [`MAX_FLOWS_OF_USER`] and [`MAX_FLOWS`] what would begin one is ignored.
    pub fn on_message(&mut self, incoming: &Incoming<'_>, now_ms: i64) -> Received {
        if let Some(event_id) = incoming.changed_event() {
            return self.on_changed(incoming, &event_id, now_ms);
        }
        let Some(flow_id) = incoming.flow_id() else { return Received::default() };
        if let Some(key) = self.key_for(incoming, &flow_id) {
            return self.step(&key, now_ms, |flow| flow.on_message(incoming, now_ms));
        }
        let key = (incoming.sender.to_owned(), flow_id);
        if let Some(last_ms) = self.over.get_mut(&key) {
            *last_ms = now_ms.max(*last_ms);
            return Received::default();
        }
        match self.begin(incoming, &key, now_ms) {
            Ok(received) => received,
            Err(error) => Received { ignored: Some(error), ..Received::default() },
        }
    }

    /// Looks at the clock: what is out of time ends, what ended long ago is forgotten. Call it at the time that
    /// [`deadline_ms`](Self::deadline_ms) gives.
    pub fn on_time(&mut self, now_ms: i64) -> Received {
        self.forget(now_ms);
        let due = |flow: &Flow| flow.deadline_ms().is_some_and(|deadline_ms| deadline_ms <= now_ms);
        let keys: Vec<FlowKey> =
            self.flows.iter().filter(|(_, flow)| due(flow)).map(|(key, _)| key.clone()).collect();
        let mut all = Received::default();
        for key in keys {
            all.add(self.step(&key, now_ms, |flow| flow.on_time(now_ms)));
        }
        all
    }

    /// Returns when to look at the clock again, in milliseconds since the Unix epoch.
    pub fn deadline_ms(&self) -> Option<i64> {
        self.flows.values().filter_map(Flow::deadline_ms).min()
    }

    /// A verification belongs to the user at the other side; in a room, one also sees what the own devices send.
    fn key_for(&self, incoming: &Incoming<'_>, flow_id: &FlowId) -> Option<FlowKey> {
        let key = (incoming.sender.to_owned(), flow_id.clone());
        if self.flows.contains_key(&key) {
            return Some(key);
        }
        let own_event = matches!(incoming.via, Via::Room { .. }) && *incoming.sender == *self.own.user_id;
        self.flows.keys().find(|(_, id)| own_event && id == flow_id).cloned()
    }

    fn begin(&mut self, incoming: &Incoming<'_>, key: &FlowKey, now_ms: i64) -> Result<Received, Error> {
        let to_device = matches!(incoming.via, Via::ToDevice { .. });
        let message = Message::parse(incoming.event_type, incoming.content)?;
        if matches!(message, Message::Request(_) | Message::Start(_)) && self.is_full(&key.0) {
            return Err(Error::TooManyVerifications);
        }
        let step = match message {
            Message::Request(_) => Step::new(RequestReceived::new(&self.own, incoming, now_ms)?, Vec::new()),
            Message::Start(_) if to_device => Flow::from_start(&self.own, &self.methods, incoming, now_ms)?,
            Message::Cancel(_) | Message::Start(_) => return Ok(Received::default()),
            _ if to_device => return Ok(self.unknown_transaction(incoming, &message, key)),
            _ => return Err(Error::UnknownTransaction(key.1.to_string())),
        };
        let rivals = self.rivals(&step.flow);
        if rivals.is_empty() {
            return Ok(self.finish(key, step, now_ms));
        }
        let mut all = self.finish(key, step, now_ms);
        for key in rivals.into_iter().chain([key.clone()]) {
            all.add(self.step(&key, now_ms, |flow| flow.cancel(CancelCode::UnexpectedMessage)));
        }
        Ok(all)
    }

    /// Whether a user may not begin one more. Strangers do not use up what the own devices need.
    fn is_full(&self, user_id: &OwnedUserId) -> bool {
        let of_user = self.flows.keys().filter(|(user, _)| user == user_id).count();
        of_user >= MAX_FLOWS_OF_USER || (self.flows.len() >= MAX_FLOWS && *user_id != self.own.user_id)
    }

    /// Remembers a verification that is over, and when it was last heard of.
    fn remember(&mut self, key: FlowKey, last_ms: i64) {
        self.over.insert(key, last_ms);
        if self.over.len() > MAX_OVER
            && let Some(oldest) = self.over.iter().min_by_key(|(_, last_ms)| **last_ms)
        {
            let oldest = oldest.0.clone();
            self.over.remove(&oldest);
        }
    }

    /// Forgets what was over long ago.
    fn forget(&mut self, now_ms: i64) {
        self.over.retain(|_, last_ms| now_ms.saturating_sub(*last_ms) < IDLE_TIMEOUT_MS);
    }

    /// The other verifications with the device that has begun a new one.
    fn rivals(&self, new: &Flow) -> Vec<FlowKey> {
        let Some(party) = new.other() else { return Vec::new() };
        let same = |flow: &Flow| flow.other() == Some(party) && !matches!(flow, Flow::Verified(_));
        self.flows.iter().filter(|(_, flow)| same(flow)).map(|(key, _)| key.clone()).collect()
    }

    fn unknown_transaction(&mut self, incoming: &Incoming<'_>, message: &Message, key: &FlowKey) -> Received {
        let Via::ToDevice { sender_device } = incoming.via else { return Received::default() };
        let device_id = sender_device.or(message.from_device().map(|id| &**id));
        let (user_id, flow_id) = key.clone();
        let to = match device_id {
            Some(device_id) => Recipients::Devices { user_id, device_ids: vec![device_id.to_owned()] },
            None => Recipients::AllDevices { user_id },
        };
        let content = cancel_content(&flow_id, &CancelCode::UnknownTransaction);
        let outgoing = Outgoing { event_type: "m.key.verification.cancel", content, to };
        let ignored = Some(Error::UnknownTransaction(flow_id.to_string()));
        Received { send: vec![outgoing], ignored, ..Received::default() }
    }

    /// The other side has redacted or edited an event of a verification.
    fn on_changed(
        &mut self,
        incoming: &Incoming<'_>,
        event_id: &matrix_identifiers::EventId,
        now_ms: i64,
    ) -> Received {
        let theirs = |(user_id, _): &FlowKey| **user_id == *incoming.sender;
        let key = self.flows.iter().find(|(key, flow)| theirs(key) && flow.has_event(event_id));
        match (key.map(|(key, _)| key.clone()), self.on_changed_event) {
            (Some(key), OnChangedEvent::Cancel) => {
                self.step(&key, now_ms, |flow| flow.cancel(CancelCode::UnexpectedMessage))
            }
            _ => Received::default(),
        }
    }

    fn step(&mut self, key: &FlowKey, now_ms: i64, act: impl FnOnce(Flow) -> Step) -> Received {
        match self.flows.remove(key) {
            Some(flow) => self.finish(key, act(flow), now_ms),
            None => Received::default(),
        }
    }

    fn finish(&mut self, key: &FlowKey, step: Step, now_ms: i64) -> Received {
        let over = self.put(step.flow);
        if over.is_some() {
            self.forget(now_ms);
            self.remember(key.clone(), now_ms);
        }
        Received {
            moved: vec![key.clone()],
            over: over.into_iter().collect(),
            send: step.send,
            ignored: None,
        }
    }
}

impl Received {
    fn add(&mut self, more: Self) {
        self.moved.extend(more.moved);
        self.over.extend(more.over);
        self.send.extend(more.send);
    }
}
