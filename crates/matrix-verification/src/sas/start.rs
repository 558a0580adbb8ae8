use matrix_canonicaljson::Object;
use rand_core::CryptoRng;

use crate::{
    error::Error,
    flow::Step,
    message::{Message, Start, StartSas},
    method::Method,
    outgoing::Outgoing,
    party_keys::{FixedKeys, PartyKeys},
    ready,
    sas::{
        commitment::commitment,
        exchange::{AcceptSent, KeySent},
        key_agreement::EphemeralKey,
        negotiate::SasOptions,
    },
    session::Session,
    state::{self, Refused, State},
};

/// This device has begun SAS. The other one accepts, or has begun as well: then one of the two start messages counts.
#[derive(Debug)]
pub struct StartSent {
    session: Session,
    ours: Vec<Method>,
    keys: FixedKeys,
    options: SasOptions,
    /// The content of the start message, which the commitment covers.
    content: Object,
    /// Sent once the other device has committed to its own.
    key: EphemeralKey,
}

state::state!(StartSent);

impl StartSent {
    pub(crate) fn new(
        session: Session,
        ours: Vec<Method>,
        keys: FixedKeys,
        options: SasOptions,
        key: EphemeralKey,
    ) -> (Self, Outgoing) {
        let outgoing = session.outgoing_from_device("m.key.verification.start", options.start_content());
        let content = outgoing.content.clone();
        (Self { session, ours, keys, options, content, key }, outgoing)
    }
}

impl State for StartSent {
    state::state_items!(SasStartSent);

    fn handle(self, message: Message) -> Step {
        match message {
            Message::Accept(accept) => match self.options.check(&accept) {
                Ok(agreed) => {
                    let Self { session, keys, content, key, .. } = self;
                    KeySent::begin(session, keys, agreed, key, content, accept.commitment)
                }
                Err(error) => self.end(error.cancel_code()),
            },
            Message::Start(start) => {
                let ours = self.ours.clone();
                ready::crossed(self, &Method::Sas, &ours, start)
            }
            _ => self.unexpected(),
        }
    }
}

/// The other device has begun SAS: [`accept`](Self::accept) it.
#[derive(Debug)]
pub struct StartReceived {
    session: Session,
    start: Start,
    sas: StartSas,
}

state::state!(StartReceived);

impl StartReceived {
    pub(crate) fn new(session: Session, start: Start, sas: StartSas) -> Self {
        Self { session, start, sas }
    }

    /// Puts together the keys of both sides, which stay the same from here on.
    ///
    /// # Errors
    ///
    /// [`Error::WrongParty`] if they are not those of the two devices.
    pub fn fix_keys(&self, own: PartyKeys, other: PartyKeys) -> Result<FixedKeys, Error> {
        self.session.check_keys(&own, &other)?;
        Ok(FixedKeys { own, other })
    }

    /// Accepts with the best that both devices know, and commits to a new key.
    ///
    /// # Errors
    ///
    /// [`Error::NoCommonSas`] or [`Error::WrongParty`], with the state given back to be cancelled.
    pub fn accept<R: CryptoRng + ?Sized>(
        self,
        keys: FixedKeys,
        options: SasOptions,
        rng: &mut R,
        now_ms: i64,
    ) -> Result<(AcceptSent, Outgoing), Refused<Self>> {
        let agreed = options.choose(&self.sas).and_then(|agreed| {
            self.session.check_keys(&keys.own, &keys.other)?;
            Ok(agreed)
        });
        let agreed = match agreed {
            Ok(agreed) => agreed,
            Err(error) => return Err(Refused::new(self, error)),
        };
        let Self { mut session, start, .. } = self;
        session.touch(now_ms);
        let key = EphemeralKey::generate(rng);
        let commitment = commitment(&key.public_key().to_base64(), &start.content);
        let outgoing = session.outgoing("m.key.verification.accept", agreed.accept_content(&commitment));
        Ok((AcceptSent::new(session, keys, agreed, key), outgoing))
    }
}

impl State for StartReceived {
    state::state_items!(SasStartReceived);

    fn handle(self, _: Message) -> Step {
        self.unexpected()
    }
}
