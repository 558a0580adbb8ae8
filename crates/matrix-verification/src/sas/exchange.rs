use matrix_canonicaljson::Object;

use crate::{
    cancel_code::CancelCode,
    error::Error,
    flow::Step,
    message::Message,
    outgoing::Outgoing,
    party_keys::{FixedKeys, Party},
    sas::{
        SasBytes,
        commitment::commitment,
        compare::ShowSas,
        key_agreement::{EphemeralKey, EphemeralPublicKey, SasParty, SharedSecret},
        mac,
        negotiate::Agreed,
    },
    session::Session,
    state::{self, State},
};

/// This device has accepted SAS and has committed to its key; the other one sends its key now.
#[derive(Debug)]
pub struct AcceptSent {
    session: Session,
    keys: FixedKeys,
    agreed: Agreed,
    key: EphemeralKey,
}

state::state!(AcceptSent);

impl AcceptSent {
    pub(crate) fn new(session: Session, keys: FixedKeys, agreed: Agreed, key: EphemeralKey) -> Self {
        Self { session, keys, agreed, key }
    }

    /// Returns what was agreed on.
    pub fn agreed(&self) -> Agreed {
        self.agreed
    }
}

impl State for AcceptSent {
    state::state_items!(SasAcceptSent);

    fn handle(self, message: Message) -> Step {
        let Message::Key(theirs) = message else { return self.unexpected() };
        let Self { session, keys, agreed, key } = self;
        let outgoing = key_message(&session, &key.public_key());
        let parties = [session.other.clone(), session.own.clone()];
        match agree(key, &theirs.key, Role::Accepter, &parties, agreed, session.flow_id.as_str()) {
            Ok((secret, sas)) => Step::new(ShowSas::new(session, keys, agreed, secret, sas), vec![outgoing]),
            Err(error) => session.end(error.cancel_code()),
        }
    }
}

/// This device has begun SAS and has sent its key; the other one sends the key that it has committed to.
#[derive(Debug)]
pub struct KeySent {
    session: Session,
    keys: FixedKeys,
    agreed: Agreed,
    key: EphemeralKey,
    start_content: Object,
    commitment: String,
}

state::state!(KeySent);

impl KeySent {
    /// The other device has committed to its key: send the own one.
    pub(crate) fn begin(
        session: Session,
        keys: FixedKeys,
        agreed: Agreed,
        key: EphemeralKey,
        start_content: Object,
        commitment: String,
    ) -> Step {
        let outgoing = key_message(&session, &key.public_key());
        Step::new(Self { session, keys, agreed, key, start_content, commitment }, vec![outgoing])
    }

    /// Returns what was agreed on.
    pub fn agreed(&self) -> Agreed {
        self.agreed
    }
}

impl State for KeySent {
    state::state_items!(SasKeySent);

    fn handle(self, message: Message) -> Step {
        let Message::Key(theirs) = message else { return self.unexpected() };
        if !mac::same(&self.commitment, &commitment(&theirs.key, &self.start_content)) {
            return self.end(CancelCode::MismatchedCommitment);
        }
        let Self { session, keys, agreed, key, .. } = self;
        let parties = [session.own.clone(), session.other.clone()];
        match agree(key, &theirs.key, Role::Starter, &parties, agreed, session.flow_id.as_str()) {
            Ok((secret, sas)) => Step::new(ShowSas::new(session, keys, agreed, secret, sas), Vec::new()),
            Err(error) => session.end(error.cancel_code()),
        }
    }
}

/// On which side this device is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Starter,
    Accepter,
}

/// Agrees on the secret and derives the short string. The parties are the starter and the accepter.
fn agree(
    key: EphemeralKey,
    theirs: &str,
    role: Role,
    [starter, accepter]: &[Party; 2],
    agreed: Agreed,
    transaction_id: &str,
) -> Result<(SharedSecret, SasBytes), Error> {
    let theirs = EphemeralPublicKey::from_base64(theirs)?;
    let ours = key.public_key();
    let (starters, accepters) = match role {
        Role::Starter => (&ours, &theirs),
        Role::Accepter => (&theirs, &ours),
    };
    let secret = key.agree(&theirs)?;
    let sas = secret.sas_bytes(
        agreed.key_agreement,
        sas_party(starter, starters),
        sas_party(accepter, accepters),
        transaction_id,
    );
    Ok((secret, sas))
}

fn sas_party<'a>(party: &'a Party, public_key: &'a EphemeralPublicKey) -> SasParty<'a> {
    SasParty { user_id: &party.user_id, device_id: &party.device_id, public_key }
}

fn key_message(session: &Session, key: &EphemeralPublicKey) -> Outgoing {
    session.outgoing("m.key.verification.key", Object::from([("key", key.to_base64())]))
}
