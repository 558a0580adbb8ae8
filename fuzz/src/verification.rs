//! Messages of verification, of every type and in every state.

use std::sync::LazyLock;

use matrix_canonicaljson::{Mode, Object};
use matrix_identifiers::{DeviceId, EventId, RoomId, UserId};
use matrix_signatures::{PublicKey, SigningKey};
use matrix_verification::{
    Flow, Incoming, Message, Method, OnChangedEvent, Outgoing, Party, PartyKeys, RequestReceived,
    RequestSent, Step, Verifications, VerifiedKeys, Via, sas::SasOptions,
};
use rand::{SeedableRng as _, rngs::StdRng};

use crate::bytes::Bytes;

const NOW_MS: i64 = 1_700_000_000_000;
const METHODS: &[Method] = &[Method::Sas, Method::Reciprocate];
const TYPES: [&str; 10] = [
    "m.key.verification.request",
    "m.key.verification.ready",
    "m.key.verification.start",
    "m.key.verification.accept",
    "m.key.verification.key",
    "m.key.verification.mac",
    "m.key.verification.done",
    "m.key.verification.cancel",
    "m.room.message",
    "m.room.redaction",
];

static KEYS: LazyLock<[PartyKeys; 2]> = LazyLock::new(|| {
    let key = |fill| -> PublicKey { SigningKey::from_seed("x", &[fill; 32]).expect("a key").public_key() };
    let party = |user, device| {
        Party::new(UserId::parse(user).expect("a user"), DeviceId::parse(device).expect("a device"))
    };
    let keys = |party, fill| PartyKeys::new(party, key(fill), Some(key(fill + 10))).expect("keys");
    [keys(party("@alice:a", "PHONE"), 1), keys(party("@bob:b", "LAPTOP"), 2)]
});

/// Lets a message arrive in a state that a proper exchange has led to, and checks what it leads to: it never makes a
/// success that the other side's keys have not earned, never answers a cancellation but to the other devices, and what
/// is sent can be read.
///
/// The first byte chooses how far the exchange went and on which side, the second the message's type and way; the rest
/// is its content, of which `transaction_id`, and with a third choice the type, are filled in.
pub fn run(data: &[u8]) {
    let Some((head, json)) = data.split_first_chunk::<2>() else { return };
    let mut head = Bytes::new(head);
    let (stage, choice) = (head.below(18), head.next());
    let Ok(mut content) = Object::parse(json, Mode::Lenient) else { return };
    let event_type = TYPES[usize::from(choice & 0x0f) % TYPES.len()];
    if choice & 0x10 != 0 {
        content.insert("transaction_id", "abc");
    }
    check_message(event_type, &content);
    let (side, steps) = (stage % 2, stage / 2);
    let Some(flow) = exchange(steps, side) else { return };
    let [own, other] = if side == 0 { &*KEYS } else { &[KEYS[1].clone(), KEYS[0].clone()] };
    let room = choice & 0x20 != 0;
    let via = match room {
        false => Via::ToDevice { sender_device: None },
        true => Via::Room {
            room_id: RoomId::parse("!r:x").expect("a room"),
            event_id: EventId::parse("$1").expect("an event"),
            origin_server_ts: NOW_MS,
            relates_to: content.get_object("outer"),
        },
    };
    let incoming = Incoming { sender: &other.party().user_id, event_type, content: &content, via };
    let (was_verified, has_asked) = (matches!(flow, Flow::Verified(_)), matches!(flow, Flow::RequestSent(_)));
    let step = flow.on_message(&incoming, NOW_MS);
    let is_cancel = event_type == "m.key.verification.cancel";
    assert!(!is_cancel || has_asked || step.send.is_empty(), "a cancellation is answered by {:?}", step.send);
    check_step(step, event_type, was_verified, other);
    check_all(own, &incoming);
}

fn check_message(event_type: &str, content: &Object) {
    match Message::parse(event_type, content) {
        Ok(Message::Start(start)) => assert_eq!(&start.content, content),
        Ok(_) => {}
        Err(error) => assert!(!error.to_string().is_empty() && !error.cancel_code().as_str().is_empty()),
    }
}

fn check_step(step: Step, event_type: &str, was_verified: bool, other: &PartyKeys) {
    let keys: Option<&VerifiedKeys> = match &step.flow {
        Flow::Verified(state) => Some(state.keys()),
        Flow::Done(done) => Some(done.keys()),
        _ => None,
    };
    // A MAC can't be guessed, so no message leads to success but from there.
    assert!(keys.is_none() || was_verified, "{event_type} has verified {keys:?}");
    assert!(keys.is_none_or(|keys| keys.device_key() == Some(other.device_key())));
    for sent in &step.send {
        Message::parse(sent.event_type, &sent.content).expect("what is sent can be read");
    }
    if let (Flow::Cancelled(cancelled), [sent, ..]) = (&step.flow, &step.send[..]) {
        assert_eq!(sent.content.get_str("code"), Some(cancelled.code().as_str()));
    }
    let later = step.flow.on_time(NOW_MS + 60 * 60 * 1000);
    assert!(later.flow.is_over());
}

/// The same message where nothing is known yet.
fn check_all(own: &PartyKeys, incoming: &Incoming<'_>) {
    let mut all = Verifications::new(own.party().clone(), METHODS, OnChangedEvent::default());
    let first = all.on_message(incoming, NOW_MS);
    assert!(first.send.iter().all(|sent| sent.event_type == "m.key.verification.cancel"));
    assert!(!(incoming.event_type.ends_with("cancel") && !first.send.is_empty()));
    let again = all.on_message(incoming, NOW_MS);
    assert!(again.over.is_empty(), "the same message again ends nothing");
    let late = all.on_time(NOW_MS + 60 * 60 * 1000);
    assert_eq!(late.over.len(), late.moved.len());
    assert_eq!(all.iter().count(), 0);
}

/// The flow of one side after so many steps of a proper exchange.
fn exchange(steps: usize, side: usize) -> Option<Flow> {
    let mut rng = StdRng::from_seed([3; 32]);
    let [alice, bob] = &*KEYS;
    let devices = [bob.party().device_id.clone()];
    let user_id = &bob.party().user_id;
    let (state, first) =
        RequestSent::to_devices(alice.party().clone(), user_id, devices, METHODS, "abc", NOW_MS)
            .expect("a request");
    let mut flows = [Some(Flow::from(state)), None];
    let mut queue = std::collections::VecDeque::from([(0, first)]);
    for _ in 0..steps {
        let Some((from, outgoing)) = queue.pop_front() else { break };
        let to = 1 - from;
        let incoming = arriving(from, &outgoing);
        let step = match flows[to].take() {
            Some(flow) => flow.on_message(&incoming, NOW_MS),
            None => {
                let state = RequestReceived::new(KEYS[to].party(), &incoming, NOW_MS).expect("a request");
                Step { flow: state.into(), send: Vec::new() }
            }
        };
        queue.extend(step.send.into_iter().map(|sent| (to, sent)));
        flows[to] = Some(step.flow);
        for number in 0..2 {
            let Some(flow) = flows[number].take() else { continue };
            let step = act(flow, number, &mut rng);
            queue.extend(step.send.into_iter().map(|sent| (number, sent)));
            flows[number] = Some(step.flow);
        }
    }
    flows[side].take()
}

fn act(flow: Flow, number: usize, rng: &mut StdRng) -> Step {
    let (own, other) = (KEYS[number].clone(), KEYS[1 - number].clone());
    let one = |flow: Flow, outgoing| Step { flow, send: vec![outgoing] };
    match flow {
        Flow::RequestReceived(state) => {
            let (state, outgoing) = state.accept(METHODS, NOW_MS).expect("a common method");
            one(state.into(), outgoing)
        }
        Flow::Ready(state) if number == 0 => {
            let keys = state.fix_keys(own, other).expect("keys");
            let (state, outgoing) = state.start_sas(keys, SasOptions::default(), rng, NOW_MS).expect("SAS");
            one(state.into(), outgoing)
        }
        Flow::SasStartReceived(state) => {
            let keys = state.fix_keys(own, other).expect("keys");
            let (state, outgoing) = state.accept(keys, SasOptions::default(), rng, NOW_MS).expect("SAS");
            one(state.into(), outgoing)
        }
        Flow::SasShow(state) => state.confirm(NOW_MS),
        flow => Step { flow, send: Vec::new() },
    }
}

fn arriving<'a>(from: usize, outgoing: &'a Outgoing) -> Incoming<'a> {
    let sender = KEYS[from].party();
    let via = Via::ToDevice { sender_device: Some(&sender.device_id) };
    Incoming {
        sender: &KEYS[from].party().user_id,
        event_type: outgoing.event_type,
        content: &outgoing.content,
        via,
    }
}
