use matrix_canonicaljson::Object;
use rand_core::CryptoRng;

use crate::{
    cancel_code::CancelCode,
    error::Error,
    flow::Step,
    message::{Message, Start},
    method::Method,
    other_method::{MethodReceived, MethodSent},
    outgoing::Outgoing,
    party_keys::{FixedKeys, PartyKeys, VerifiedKeys},
    sas::{EphemeralKey, SasOptions, StartReceived, StartSent},
    session::Session,
    state::{self, Refused, State},
};

/// Both devices agree to verify, and either may begin a method. QR codes may be shown and scanned meanwhile.
#[derive(Debug)]
pub struct Ready {
    session: Session,
    ours: Vec<Method>,
    theirs: Vec<Method>,
}

state::state!(Ready);

impl Ready {
    pub(crate) fn new(session: Session, ours: Vec<Method>, theirs: Vec<Method>) -> Self {
        Self { session, ours, theirs }
    }

    /// Becomes ready with what corresponds of both sides, or cancels if that is nothing.
    pub(crate) fn agree(session: Session, ours: &[Method], theirs: &[Method]) -> Step {
        let ours = Method::corresponding(ours, theirs);
        let ready = Self::new(session, ours, theirs.to_vec());
        if Method::any_can_start(&ready.ours) { ready.stay() } else { ready.end(CancelCode::UnknownMethod) }
    }

    /// Returns which of this device's methods are of use with the other's.
    pub fn methods(&self) -> &[Method] {
        &self.ours
    }

    /// Returns whether this device may show a code: it can, the other can scan it, and both can reciprocate.
    pub fn can_show_qr_code(&self) -> bool {
        self.can(&Method::QrCodeShow) && self.can(&Method::Reciprocate)
    }

    /// Returns whether this device may scan a code of the other.
    pub fn can_scan_qr_code(&self) -> bool {
        self.can(&Method::QrCodeScan) && self.can(&Method::Reciprocate)
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

    /// Begins SAS.
    ///
    /// # Errors
    ///
    /// [`Error::NoCommonMethod`] if the other device does not know SAS, [`Error::WrongParty`] if the keys are not those
    /// of the two devices; both with the state given back.
    pub fn start_sas<R: CryptoRng + ?Sized>(
        self,
        keys: FixedKeys,
        options: SasOptions,
        rng: &mut R,
        now_ms: i64,
    ) -> Result<(StartSent, Outgoing), Refused<Self>> {
        if let Err(error) = self.check_start(&Method::Sas, &keys) {
            return Err(Refused::new(self, error));
        }
        let Self { mut session, ours, .. } = self;
        session.touch(now_ms);
        Ok(StartSent::new(session, ours, keys, options, EphemeralKey::generate(rng)))
    }

    /// Begins a method that is implemented elsewhere, with its own fields. `verified` are the keys that this device has
    /// verified by beginning, as by scanning a code.
    ///
    /// # Errors
    ///
    /// [`Error::NoCommonMethod`] if it is not among [`methods`](Self::methods), [`Error::WrongParty`] if the verified
    /// keys are not the other side's; both with the state given back.
    pub fn start_method(
        self,
        method: Method,
        fields: Object,
        verified: VerifiedKeys,
        now_ms: i64,
    ) -> Result<(MethodSent, Outgoing), Refused<Self>> {
        if !self.can(&method) || matches!(method, Method::Sas | Method::QrCodeShow | Method::QrCodeScan) {
            return Err(Refused::new(self, Error::NoCommonMethod));
        }
        if let Err(error) = verified.check_party(&self.session.other) {
            return Err(Refused::new(self, error));
        }
        let Self { mut session, ours, .. } = self;
        session.touch(now_ms);
        let mut content = fields;
        content.insert("method", method.as_str());
        let outgoing = session.outgoing_from_device("m.key.verification.start", content);
        Ok((MethodSent::new(session, ours, method, verified), outgoing))
    }

    fn can(&self, method: &Method) -> bool {
        self.ours.contains(method) && self.theirs.contains(&method.counterpart())
    }

    fn check_start(&self, method: &Method, keys: &FixedKeys) -> Result<(), Error> {
        if !self.can(method) {
            return Err(Error::NoCommonMethod);
        }
        self.session.check_keys(&keys.own, &keys.other)
    }
}

impl State for Ready {
    state::state_items!(Ready);

    fn handle(self, message: Message) -> Step {
        match message {
            Message::Start(start) => started(self.session, &self.ours, start),
            _ => self.unexpected(),
        }
    }
}

/// The other device has begun a method, which this device can or cannot.
pub(crate) fn started(session: Session, methods: &[Method], start: Start) -> Step {
    if !methods.contains(&start.method) {
        return session.end(CancelCode::UnknownMethod);
    }
    match (&start.method, start.sas.clone()) {
        (Method::Sas, Some(sas)) => StartReceived::new(session, start, sas).stay(),
        (Method::Sas | Method::QrCodeShow | Method::QrCodeScan, _) => session.end(CancelCode::UnknownMethod),
        _ => MethodReceived::new(session, start).stay(),
    }
}

/// What becomes of a start message of the other device after this device has sent one.
pub(crate) fn crossed<S: State>(state: S, method: &Method, methods: &[Method], start: Start) -> Step {
    use crate::tie_break::{TieBreak, tie_break};
    let session = state.session();
    match tie_break((&session.own, method), (&session.other, &start.method)) {
        TieBreak::First => state.stay(),
        TieBreak::Second => started(session.clone(), methods, start),
        TieBreak::Cancel(code) => state.end(code),
    }
}
