use matrix_canonicaljson::Object;
use matrix_signatures::PublicKey;

use crate::{
    cancel_code::CancelCode,
    cancelled::Cancelled,
    error::Error,
    flow::Step,
    message::{Mac, Message},
    outgoing::Outgoing,
    party_keys::{FixedKeys, VerifiedKeys},
    sas::{
        Emoji, SasBytes, SharedSecret,
        mac::{self, MacInfo},
        negotiate::Agreed,
    },
    session::Session,
    state::{self, State},
    verified::Verified,
};

/// Both devices have derived the short string: show it, and ask the user whether the other device shows the same.
#[derive(Debug)]
pub struct ShowSas {
    session: Session,
    keys: FixedKeys,
    agreed: Agreed,
    secret: SharedSecret,
    sas: SasBytes,
    /// The other user may be faster.
    verified: Option<VerifiedKeys>,
}

state::state!(ShowSas);

impl ShowSas {
    pub(crate) fn new(
        session: Session,
        keys: FixedKeys,
        agreed: Agreed,
        secret: SharedSecret,
        sas: SasBytes,
    ) -> Self {
        Self { session, keys, agreed, secret, sas, verified: None }
    }

    /// Returns what was agreed on.
    pub fn agreed(&self) -> Agreed {
        self.agreed
    }

    /// Returns the seven emoji, if both devices can show them.
    pub fn emoji(&self) -> Option<[Emoji; 7]> {
        self.agreed.emoji.then(|| self.sas.emoji())
    }

    /// Returns the three numbers, if both devices can show them.
    pub fn decimal(&self) -> Option<[u16; 3]> {
        self.agreed.decimal.then(|| self.sas.decimal())
    }

    /// The user says that the strings are the same: sends the MACs of the own keys, and is done if those of the other
    /// side are there already. The flow is then [`Flow::SasMacSent`](crate::Flow::SasMacSent) or
    /// [`Flow::Verified`](crate::Flow::Verified).
    pub fn confirm(mut self, now_ms: i64) -> Step {
        self.session.touch(now_ms);
        let outgoing = self.mac_message();
        let Self { session, keys, agreed, secret, verified, .. } = self;
        match verified {
            Some(verified) => {
                let send = vec![outgoing, session.done()];
                Step::new(Verified::new(session, verified), send)
            }
            None => Step::new(MacSent { session, keys, agreed, secret }, vec![outgoing]),
        }
    }

    /// The user says that the strings differ: cancels with `m.mismatched_sas`.
    pub fn mismatch(self) -> (Cancelled, Outgoing) {
        self.cancel(CancelCode::MismatchedSas)
    }

    fn mac_message(&self) -> Outgoing {
        let (own, method) = (&self.keys.own, self.agreed.mac);
        let info = info(&self.session, Sender::Us);
        let mut macs = Object::new();
        let mut add = |key_id: &str, key: &PublicKey| {
            macs.insert(key_id, self.secret.mac(method, info, key_id, &key.to_base64()));
        };
        add(&own.device_key_id(), own.device_key());
        if let Some(master) = own.master_key() {
            add(&format!("ed25519:{master}"), master);
        }
        let keys = self.secret.keys_mac(method, info, macs.keys());
        let mut content = Object::from([("keys", keys)]);
        content.insert("mac", macs);
        self.session.outgoing("m.key.verification.mac", content)
    }
}

impl State for ShowSas {
    state::state_items!(SasShow);

    fn handle(mut self, message: Message) -> Step {
        let Message::Mac(mac) = message else { return self.unexpected() };
        if self.verified.is_some() {
            return self.unexpected();
        }
        match verify(&self.session, &self.keys, self.agreed, &self.secret, &mac) {
            Ok(verified) => {
                self.verified = Some(verified);
                self.stay()
            }
            Err(error) => self.end(error.cancel_code()),
        }
    }
}

/// The user has said that the strings are the same; the other side's MACs are to come.
#[derive(Debug)]
pub struct MacSent {
    session: Session,
    keys: FixedKeys,
    agreed: Agreed,
    secret: SharedSecret,
}

state::state!(MacSent);

impl State for MacSent {
    state::state_items!(SasMacSent);

    fn handle(self, message: Message) -> Step {
        let Message::Mac(mac) = message else { return self.unexpected() };
        match verify(&self.session, &self.keys, self.agreed, &self.secret, &mac) {
            Ok(verified) => {
                let done = self.session.done();
                Step::new(Verified::new(self.session, verified), vec![done])
            }
            Err(error) => self.end(error.cancel_code()),
        }
    }
}

/// Checks the other side's MACs of its keys. Keys that this device does not know can't be checked and are passed over;
/// the list of all key IDs has to be right, and one key at least be verified.
fn verify(
    session: &Session,
    keys: &FixedKeys,
    agreed: Agreed,
    secret: &SharedSecret,
    mac: &Mac,
) -> Result<VerifiedKeys, Error> {
    let info = info(session, Sender::Them);
    let right = secret.keys_mac(agreed.mac, info, mac.mac.keys().map(String::as_str));
    if !mac::same(&mac.keys, &right) {
        return Err(Error::MacMismatch("keys".to_owned()));
    }
    let check = |key_id: String, key: &PublicKey| match mac.mac.get(&key_id) {
        None => Ok(None),
        Some(received) if mac::same(received, &secret.mac(agreed.mac, info, &key_id, &key.to_base64())) => {
            Ok(Some(*key))
        }
        Some(_) => Err(Error::MacMismatch(key_id)),
    };
    let other = &keys.other;
    let device = check(other.device_key_id(), other.device_key())?;
    let master = match other.master_key() {
        Some(master) => check(format!("ed25519:{master}"), master)?,
        None => None,
    };
    VerifiedKeys::new(other.party().clone(), device, master)
}

/// Who sends a MAC.
#[derive(Clone, Copy)]
enum Sender {
    Us,
    Them,
}

fn info(session: &Session, sender: Sender) -> MacInfo<'_> {
    let (sender, receiver) = match sender {
        Sender::Us => (&session.own, &session.other),
        Sender::Them => (&session.other, &session.own),
    };
    MacInfo {
        sender_user: &sender.user_id,
        sender_device: &sender.device_id,
        receiver_user: &receiver.user_id,
        receiver_device: &receiver.device_id,
        transaction_id: session.flow_id.as_str(),
    }
}
