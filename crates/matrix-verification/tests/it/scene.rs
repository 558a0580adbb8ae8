//! Two devices with a network between them that can be told to misbehave.

use std::collections::VecDeque;

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{EventId, RoomId};
use matrix_verification::{
    Flow, Incoming, Message, Method, Outgoing, PartyKeys, RequestReceived, RequestSent, RoomRequest, Step,
    Via, sas::SasOptions,
};
use rand::rngs::StdRng;

use super::{NOW, alices_keys, bobs_keys, rng};

pub(crate) const METHODS: &[Method] = &[Method::Sas];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Transport {
    ToDevice,
    Room,
    EncryptedRoom,
}

/// Everything that a user can see: the emoji and the numbers.
type Shown = (Option<Vec<u8>>, Option<[u16; 3]>);

/// A device and its user.
pub(crate) struct Side {
    pub(crate) own: PartyKeys,
    /// The other side's keys, as a server has told them.
    pub(crate) other: PartyKeys,
    pub(crate) options: SasOptions,
    pub(crate) starts: bool,
    pub(crate) flow: Option<Flow>,
    pub(crate) shown: Option<Shown>,
    rng: StdRng,
}

/// What happens to a message on its way.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    Drop,
    Repeat,
    /// It comes after the next one.
    Late,
    /// A place of the content, by its number, gets another value, or goes.
    Tamper(usize, Option<Value>),
    /// The old type with the content, or the content with another type.
    Retype(&'static str),
}

pub(crate) struct World {
    pub(crate) sides: [Side; 2],
    pub(crate) transport: Transport,
    pub(crate) now_ms: i64,
    queue: VecDeque<(usize, Outgoing)>,
    /// All that was sent, with who did.
    pub(crate) sent: Vec<(usize, Outgoing)>,
    events: usize,
}

impl Side {
    fn new(own: PartyKeys, other: PartyKeys, starts: bool, seed: u8) -> Self {
        let options = SasOptions::default();
        Self { own, other, options, starts, flow: None, shown: None, rng: rng(seed) }
    }

    /// Gives it other random numbers.
    pub(crate) fn reseed(&mut self, seed: u8) {
        self.rng = rng(seed);
    }

    /// Whether it believes the other side's keys now.
    pub(crate) fn verified(&self) -> Option<&matrix_verification::VerifiedKeys> {
        match self.flow.as_ref()? {
            Flow::Verified(state) => Some(state.keys()),
            Flow::Done(done) => Some(done.keys()),
            _ => None,
        }
    }

    pub(crate) fn name(&self) -> String {
        let shown = format!("{:?}", self.flow);
        shown.split(['(', ' ', '{']).nth(1).unwrap_or("None").to_owned()
    }

    /// What the device and its user do where nothing has to be compared.
    fn act(&mut self, now_ms: i64) -> Vec<Outgoing> {
        let (own, other, options) = (self.own.clone(), self.other.clone(), self.options);
        let Some(flow) = self.flow.take() else { return Vec::new() };
        let step = match flow {
            Flow::RequestReceived(state) => match state.accept(METHODS, now_ms) {
                Ok((state, outgoing)) => step(state, outgoing),
                Err(refused) => cancelled(refused.cancel()),
            },
            Flow::Ready(state) if self.starts => {
                let keys = match state.fix_keys(own, other) {
                    Ok(keys) => keys,
                    // The device is not known.
                    Err(error) => return self.take(cancelled(state.cancel(error.cancel_code()))),
                };
                match state.start_sas(keys, options, &mut self.rng, now_ms) {
                    Ok((state, outgoing)) => step(state, outgoing),
                    Err(refused) => cancelled(refused.cancel()),
                }
            }
            Flow::SasStartReceived(state) => {
                let keys = match state.fix_keys(own, other) {
                    Ok(keys) => keys,
                    Err(error) => return self.take(cancelled(state.cancel(error.cancel_code()))),
                };
                match state.accept(keys, options, &mut self.rng, now_ms) {
                    Ok((state, outgoing)) => step(state, outgoing),
                    Err(refused) => cancelled(refused.cancel()),
                }
            }
            other => Step { flow: other, send: Vec::new() },
        };
        self.take(step)
    }

    fn take(&mut self, step: Step) -> Vec<Outgoing> {
        if let Flow::SasShow(state) = &step.flow {
            let emoji = state.emoji().map(|emoji| emoji.map(|emoji| emoji.index()).to_vec());
            self.shown = Some((emoji, state.decimal()));
        }
        self.flow = Some(step.flow);
        step.send
    }
}

fn step(state: impl Into<Flow>, outgoing: Outgoing) -> Step {
    Step { flow: state.into(), send: vec![outgoing] }
}

fn cancelled((cancelled, outgoing): (matrix_verification::Cancelled, Outgoing)) -> Step {
    step(cancelled, outgoing)
}

impl World {
    /// Alice is about to ask Bob; she begins SAS.
    pub(crate) fn new(transport: Transport) -> Self {
        let (alice, bob) = (alices_keys(), bobs_keys());
        Self {
            sides: [Side::new(alice.clone(), bob.clone(), true, 1), Side::new(bob, alice, false, 2)],
            transport,
            now_ms: NOW,
            queue: VecDeque::new(),
            sent: Vec::new(),
            events: 0,
        }
    }

    /// Alice asks.
    pub(crate) fn request(&mut self) {
        let (own, other) = (self.sides[0].own.party().clone(), self.sides[0].other.party().clone());
        let (state, outgoing) = match self.transport {
            Transport::ToDevice => {
                RequestSent::to_devices(own, &other.user_id, [other.device_id], METHODS, "abc", self.now_ms)
                    .unwrap()
            }
            _ => {
                let room_id = RoomId::parse("!room:example.org").unwrap();
                let request = RoomRequest::new(own, &other.user_id, room_id, METHODS, "Verify me").unwrap();
                let outgoing = request.outgoing();
                (request.sent(EventId::parse("$0").unwrap(), self.now_ms), outgoing)
            }
        };
        self.sides[0].flow = Some(state.into());
        self.send(0, vec![outgoing]);
    }

    /// Runs until nothing moves, with what happens to each message by its number.
    pub(crate) fn run(&mut self, fault: &dyn Fn(usize) -> Option<Fault>) {
        self.request();
        self.go_on(fault);
    }

    pub(crate) fn go_on(&mut self, fault: &dyn Fn(usize) -> Option<Fault>) {
        for _ in 0..100 {
            let Some((from, outgoing)) = self.queue.pop_front() else {
                if !self.compare() {
                    return;
                }
                continue;
            };
            let number = self.events;
            self.events += 1;
            let to = 1 - from;
            match fault(number) {
                None => self.deliver(from, &outgoing, number),
                Some(Fault::Drop) => {}
                Some(Fault::Repeat) => {
                    self.deliver(from, &outgoing, number);
                    self.deliver(from, &outgoing, number + 1000);
                }
                Some(Fault::Late) => {
                    let place = self.queue.len().min(1);
                    self.queue.insert(place, (from, outgoing));
                    if place == 0 {
                        // Nothing else is under way: let the other side go on first.
                        let sent = self.sides[to].act(self.now_ms);
                        self.send(to, sent);
                    }
                }
                Some(Fault::Tamper(place, value)) => {
                    let mut outgoing = outgoing;
                    let mut places = Vec::new();
                    list(&outgoing.content, &mut Vec::new(), &mut places);
                    if !places.is_empty() {
                        change(&mut outgoing.content, &places[place % places.len()].clone(), value);
                    }
                    self.deliver(from, &outgoing, number);
                }
                Some(Fault::Retype(event_type)) => {
                    let outgoing = Outgoing { event_type, ..outgoing };
                    self.deliver(from, &outgoing, number);
                }
            }
        }
    }

    /// The users compare, if both see something: those who see the same confirm.
    fn compare(&mut self) -> bool {
        let same = self.sides[0].shown == self.sides[1].shown;
        for side in 0..2 {
            if !matches!(self.sides[side].flow, Some(Flow::SasShow(_)))
                || self.sides[1 - side].shown.is_none()
            {
                continue;
            }
            let Some(Flow::SasShow(state)) = self.sides[side].flow.take() else { panic!() };
            let step = match same {
                true => state.confirm(self.now_ms),
                false => cancelled(state.mismatch()),
            };
            let sent = self.sides[side].take(step);
            self.send(side, sent);
            return true;
        }
        false
    }

    fn send(&mut self, from: usize, outgoing: Vec<Outgoing>) {
        self.sent.extend(outgoing.iter().map(|outgoing| (from, outgoing.clone())));
        self.queue.extend(outgoing.into_iter().map(|outgoing| (from, outgoing)));
    }

    pub(crate) fn deliver(&mut self, from: usize, outgoing: &Outgoing, number: usize) {
        let to = 1 - from;
        let sender = self.sides[from].own.party().clone();
        let event_id = format!("${number}");
        let mut content = outgoing.content.clone();
        let relation = match self.transport {
            Transport::EncryptedRoom => content.remove("m.relates_to"),
            _ => None,
        };
        let via = match self.transport {
            Transport::ToDevice => Via::ToDevice { sender_device: Some(&sender.device_id) },
            _ => Via::Room {
                room_id: RoomId::parse("!room:example.org").unwrap(),
                event_id: EventId::parse(&event_id).unwrap(),
                origin_server_ts: self.now_ms,
                relates_to: relation.as_ref().and_then(Value::as_object),
            },
        };
        let incoming =
            Incoming { sender: &sender.user_id, event_type: outgoing.event_type, content: &content, via };
        let (now_ms, side) = (self.now_ms, &mut self.sides[to]);
        let mut sent = match side.flow.take() {
            Some(flow) => side.take(flow.on_message(&incoming, now_ms)),
            None => {
                if let Ok(state) = RequestReceived::new(side.own.party(), &incoming, now_ms) {
                    side.flow = Some(state.into());
                }
                Vec::new()
            }
        };
        let is_cancel = |event_type: &str| event_type == "m.key.verification.cancel";
        assert!(
            !is_cancel(outgoing.event_type) || !sent.iter().any(|sent| is_cancel(sent.event_type)),
            "a cancellation was answered by another: {outgoing:?}"
        );
        sent.extend(side.act(now_ms));
        self.send(to, sent);
    }

    /// The types of the messages that a side has sent.
    pub(crate) fn types(&self, side: usize) -> Vec<&'static str> {
        let own = self.sent.iter().filter(|(from, _)| *from == side);
        own.map(|(_, outgoing)| outgoing.event_type.trim_start_matches("m.key.verification.")).collect()
    }

    /// The code of the last cancellation.
    pub(crate) fn code(&self) -> Option<String> {
        let cancels = self.sent.iter().rev().filter(|(_, outgoing)| outgoing.event_type.ends_with("cancel"));
        cancels.map(|(_, outgoing)| outgoing.content.get_str("code").unwrap().to_owned()).next()
    }

    pub(crate) fn both_done(&self) -> bool {
        self.sides.iter().all(|side| matches!(side.flow, Some(Flow::Done(_))))
    }
}

/// All places of an object.
fn list(object: &Object, path: &mut Vec<String>, out: &mut Vec<Vec<String>>) {
    for (key, value) in object {
        path.push(key.to_owned());
        out.push(path.clone());
        if let Some(inner) = value.as_object() {
            list(inner, path, out);
        }
        path.pop();
    }
}

fn change(object: &mut Object, path: &[String], value: Option<Value>) {
    match (path, value) {
        ([last], Some(value)) => _ = object.insert(last.as_str(), value),
        ([last], None) => _ = object.remove(last),
        ([first, rest @ ..], value) => change(object.get_object_mut(first).unwrap(), rest, value),
        ([], _) => {}
    }
}

/// No message of ours is refused by our own reader.
pub(crate) fn check_sent(world: &World) {
    for (_, outgoing) in &world.sent {
        Message::parse(outgoing.event_type, &outgoing.content).unwrap();
    }
}
