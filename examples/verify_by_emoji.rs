//! Alice and Bob verify each other by emoji: two devices in one process, from the request to the end.
//!
//!     cargo run --example verify_by_emoji

use std::collections::VecDeque;
use std::error::Error;

use matrix_crosssigning::{CrossSigningKeys, DeviceKeys, KeySet, TrustGraph};
use matrix_identifiers::{DeviceId, OwnedUserId, UserId};
use matrix_signatures::{SigningKey, sign_json};
use matrix_verification::{
    Flow, Incoming, Method, OnChangedEvent, Outgoing, Party, PartyKeys, RequestSent, Step, Verifications,
    Via, new_transaction_id, sas::SasOptions,
};
use rand::{SeedableRng as _, rngs::StdRng};

const METHODS: &[Method] = &[Method::Sas];

/// A user with a device, and what the device knows of everybody's keys.
struct Client {
    party: Party,
    keys: CrossSigningKeys,
    graph: TrustGraph,
    verifications: Verifications,
    rng: StdRng,
}

impl Client {
    fn new(user_id: &UserId, device_id: &str, seed: u8) -> Result<Self, Box<dyn Error>> {
        let party = Party::new(user_id, DeviceId::parse(device_id)?);
        // A real client uses the operating system's randomness; here every run is to be the same.
        let mut rng = StdRng::from_seed([seed; 32]);
        let keys = CrossSigningKeys::generate(&mut rng)?;
        let verifications = Verifications::new(party.clone(), METHODS, OnChangedEvent::default());
        Ok(Self { party, keys, graph: TrustGraph::new(user_id), verifications, rng })
    }

    /// What the client uploads of its user's keys, signed.
    fn published(&self, seed: u8) -> Result<KeySet, Box<dyn Error>> {
        let Party { user_id, device_id } = &self.party;
        let key = SigningKey::from_seed(device_id.as_str(), &[seed; 32])?;
        let mut device = format!(
            r#"{{"user_id":"{user_id}","device_id":"{device_id}","algorithms":[],"keys":{{"ed25519:{device_id}":"{}"}}}}"#,
            key.public_key()
        )
        .parse()?;
        sign_json(&mut device, user_id.as_str(), &key)?;
        let device = self.keys.self_signing.sign_device(&DeviceKeys::parse(device)?);
        Ok(KeySet::from_identity(&self.keys.to_public(user_id)).with_device(device)?)
    }

    /// The keys of both sides, as this client knows them now.
    fn fixed(&self, other: &Party) -> Result<[PartyKeys; 2], Box<dyn Error>> {
        let own = PartyKeys::from_graph(&self.graph, self.party.clone())?;
        Ok([own, PartyKeys::from_graph(&self.graph, other.clone())?])
    }

    /// Does what a user would who always agrees, and who compares the emoji with those that the other has `seen`.
    fn act(
        &mut self,
        flow: Flow,
        seen: &mut Vec<(OwnedUserId, String)>,
        now_ms: i64,
    ) -> Result<Step, Box<dyn Error>> {
        let one = |flow: Flow, outgoing| Step { flow, send: vec![outgoing] };
        Ok(match flow {
            Flow::RequestReceived(state) => {
                let (state, outgoing) = state.accept(METHODS, now_ms).map_err(|refused| refused.error)?;
                one(state.into(), outgoing)
            }
            // Bob, who was asked, chooses the method.
            Flow::Ready(state) if self.party.user_id.localpart() == "bob" => {
                let [own, other] = self.fixed(state.other())?;
                let keys = state.fix_keys(own, other)?;
                let started = state.start_sas(keys, SasOptions::default(), &mut self.rng, now_ms);
                let (state, outgoing) = started.map_err(|refused| refused.error)?;
                one(state.into(), outgoing)
            }
            Flow::SasStartReceived(state) => {
                let [own, other] = self.fixed(state.other())?;
                let keys = state.fix_keys(own, other)?;
                let accepted = state.accept(keys, SasOptions::default(), &mut self.rng, now_ms);
                let (state, outgoing) = accepted.map_err(|refused| refused.error)?;
                one(state.into(), outgoing)
            }
            Flow::SasShow(state) => {
                let emoji = state.emoji().ok_or("no emoji in common")?;
                let line = emoji.map(|emoji| format!("{} {}", emoji.symbol(), emoji.name())).join("  ");
                let own = (self.party.user_id.clone(), line);
                if !seen.contains(&own) {
                    println!("{} sees  {}", own.0, own.1);
                    seen.push(own.clone());
                }
                // The two compare over the telephone, once the other one sees something as well.
                if !seen.iter().any(|(user_id, line)| *user_id != own.0 && *line == own.1) {
                    return Ok(Step { flow: state.into(), send: Vec::new() });
                }
                println!("{} confirms", own.0);
                state.confirm(now_ms)
            }
            other => Step { flow: other, send: Vec::new() },
        })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let now_ms = 1_700_000_000_000;
    let mut clients = [
        Client::new(UserId::parse("@alice:example.org")?, "PHONE", 1)?,
        Client::new(UserId::parse("@bob:example.net")?, "LAPTOP", 2)?,
    ];
    // Both learn from their servers what the other has published.
    for seed in [1, 2] {
        let published = clients.get(usize::from(seed) - 1).ok_or("a client")?.published(seed)?;
        for client in &mut clients {
            client.graph.update(published.clone());
        }
    }
    for client in &mut clients {
        client.graph.trust_own_master_key(&client.keys.master.public_key())?;
    }

    let [alice, bob] = &mut clients;
    let devices = [bob.party.device_id.clone()];
    let transaction_id = new_transaction_id(&mut alice.rng);
    let (state, request) = RequestSent::to_devices(
        alice.party.clone(),
        &bob.party.user_id,
        devices,
        METHODS,
        transaction_id,
        now_ms,
    )?;
    alice.verifications.put(state);
    run(&mut clients, request, now_ms)?;

    let [alice, bob] = &clients;
    for (client, other) in [(alice, bob), (bob, alice)] {
        let trust = client.graph.check_device(&other.party.user_id, &other.party.device_id)?;
        println!(
            "{} trusts {} {}: {trust:?}",
            client.party.user_id, other.party.user_id, other.party.device_id
        );
    }
    Ok(())
}

/// Carries messages to and fro until nothing is left to do.
fn run(clients: &mut [Client; 2], request: Outgoing, now_ms: i64) -> Result<(), Box<dyn Error>> {
    let mut queue = VecDeque::from([(0, request)]);
    let mut seen = Vec::new();
    while let Some((from, outgoing)) = queue.pop_front() {
        let [one, two] = &mut *clients;
        let (sender, receiver) = if from == 0 { (one, two) } else { (two, one) };
        println!("{} sends {}", sender.party.user_id, outgoing.event_type);
        let incoming = Incoming {
            sender: &sender.party.user_id,
            event_type: outgoing.event_type,
            content: &outgoing.content,
            via: Via::ToDevice { sender_device: Some(&sender.party.device_id) },
        };
        let received = receiver.verifications.on_message(&incoming, now_ms);
        queue.extend(received.send.into_iter().map(|outgoing| (1 - from, outgoing)));
        for (number, client) in clients.iter_mut().enumerate() {
            let keys: Vec<_> = client.verifications.iter().map(|(key, _)| key.clone()).collect();
            for key in keys {
                let flow = client.verifications.take(&key).ok_or("a flow")?;
                let step = client.act(flow, &mut seen, now_ms)?;
                queue.extend(step.send.into_iter().map(|outgoing| (number, outgoing)));
                sign(client, &step.flow)?;
                client.verifications.put(step.flow);
            }
        }
    }
    Ok(())
}

/// Signs a master key once it is verified; a real client uploads the signature as well.
fn sign(client: &mut Client, flow: &Flow) -> Result<(), Box<dyn Error>> {
    let Flow::Verified(state) = flow else { return Ok(()) };
    let user_id = &state.keys().party().user_id;
    let known = client.graph.user(user_id).ok_or("a user")?;
    let master = known.key(matrix_crosssigning::KeyRole::Master).ok_or("a master key")?;
    if state.keys().master_key() != Some(master.public_key()) || client.graph.is_user_verified(user_id) {
        return Ok(());
    }
    let signed = client.keys.user_signing.sign_master(&client.party.user_id, master)?;
    let mut set = KeySet::new(user_id).with_key(signed)?;
    if let Some(self_signing) = known.key(matrix_crosssigning::KeyRole::SelfSigning) {
        set = set.with_key(self_signing.clone())?;
    }
    for device in known.devices() {
        set = set.with_device(device.clone())?;
    }
    client.graph.update(set);
    Ok(())
}
