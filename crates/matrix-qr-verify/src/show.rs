use matrix_signatures::PublicKey;
use matrix_verification::{
    CancelCode, Cancelled, FixedKeys, Method, MethodReceived, Outgoing, Ready, Step, VerifiedKeys,
};
use rand_core::CryptoRng;

use crate::{
    code::QrCode,
    error::Error,
    mode::{MasterKeyTrust, Mode},
    secret::Secret,
};

/// A code that this device shows while it is [`Ready`].
///
/// Once the other device has scanned it and says so, [`on_reciprocate`](Self::on_reciprocate) leads on.
///
/// Source: [QR codes](https://spec.matrix.org/v1.19/client-server-api/#qr-codes), MSC1543.
#[derive(Debug)]
pub struct ShownCode {
    code: QrCode,
    /// What the other device's user confirms by scanning.
    verified: VerifiedKeys,
}

/// The other device has scanned the code. Ask the user whether that device says that all is well, and
/// [`confirm`](Self::confirm) only then.
#[derive(Debug)]
pub struct Reciprocated {
    state: MethodReceived,
    verified: VerifiedKeys,
}

/// The other device claims to have scanned the code and has not: tell the user that somebody may be attacking, and
/// [`cancel`](Self::cancel).
#[derive(Debug)]
pub struct WrongSecret {
    state: Box<MethodReceived>,
    /// What is wrong.
    pub error: Error,
}

impl ShownCode {
    /// Makes a code for a verification, with a new secret.
    ///
    /// To another user it holds both master keys; to an own device the master key and that device's key, or, by a
    /// device that does not trust the master key yet, its own key and the master key as the server told it.
    ///
    /// # Errors
    ///
    /// [`Error::NotAnnounced`] if this device can't show or the other can't scan, [`Error::MissingKey`] if a key that
    /// belongs in the code is not known, [`Error::Verification`] if the keys are not those of the two devices.
    pub fn new<R: CryptoRng + ?Sized>(
        ready: &Ready,
        keys: &FixedKeys,
        trust: MasterKeyTrust,
        rng: &mut R,
    ) -> Result<Self, Error> {
        if !ready.can_show_qr_code() {
            return Err(Error::NotAnnounced);
        }
        ready.fix_keys(keys.own.clone(), keys.other.clone())?;
        let (own, other) = (&keys.own, &keys.other);
        let party = other.party().clone();
        let (mode, first, second, verified) = if own.party().user_id != other.party().user_id {
            let first = own.master_key().ok_or(Error::MissingKey("the own master key"))?;
            let second = other.master_key().ok_or(Error::MissingKey("the other user's master key"))?;
            (Mode::OtherUser, first, second, VerifiedKeys::new(party, None, Some(*second))?)
        } else {
            let master = own_master(keys)?;
            match trust {
                MasterKeyTrust::Trusted => {
                    let second = other.device_key();
                    let verified = VerifiedKeys::new(party, Some(*second), None)?;
                    (Mode::OwnDeviceTrustsMaster, master, second, verified)
                }
                MasterKeyTrust::NotYet => {
                    let verified = VerifiedKeys::new(party, None, Some(*master))?;
                    (Mode::OwnDeviceNew, own.device_key(), master, verified)
                }
            }
        };
        let (flow_id, secret) = (ready.flow_id().as_str(), Secret::generate(rng));
        let code = QrCode::new(mode, flow_id, *first.as_bytes(), *second.as_bytes(), secret);
        Ok(Self { code, verified })
    }

    /// Returns the code to draw.
    pub fn code(&self) -> &QrCode {
        &self.code
    }

    /// Takes the other device's `m.key.verification.start` with `m.reciprocate.v1`.
    ///
    /// # Errors
    ///
    /// [`WrongSecret`] if its secret is not the one in the code. The comparison takes the same time wherever they
    /// differ.
    pub fn on_reciprocate(&self, state: MethodReceived) -> Result<Reciprocated, WrongSecret> {
        match self.check(&state) {
            Ok(()) => Ok(Reciprocated { state, verified: self.verified.clone() }),
            Err(error) => Err(WrongSecret { state: Box::new(state), error }),
        }
    }

    fn check(&self, state: &MethodReceived) -> Result<(), Error> {
        if state.flow_id().as_str() != self.code.flow_id() {
            return Err(Error::WrongFlow);
        }
        state.check_method(&Method::Reciprocate).map_err(|_| Error::InvalidReciprocate)?;
        let text = state.start().content.get_str("secret").ok_or(Error::InvalidReciprocate)?;
        let secret = Secret::from_base64(text).ok_or(Error::InvalidReciprocate)?;
        if secret == *self.code.secret() { Ok(()) } else { Err(Error::SecretMismatch) }
    }
}

impl Reciprocated {
    /// Returns the keys that are verified by confirming.
    pub fn to_verify(&self) -> &VerifiedKeys {
        &self.verified
    }

    /// The user says that the other device has confirmed the scan: the keys are verified.
    ///
    /// # Errors
    ///
    /// None in practice: the keys are those of the device that the code was made for.
    pub fn confirm(self, now_ms: i64) -> Result<Step, Error> {
        self.state.finish(self.verified, now_ms).map_err(|refused| refused.error.into())
    }

    /// The user says that the other device shows an error, or nothing: cancels with `m.key_mismatch`.
    pub fn deny(self) -> (Cancelled, Outgoing) {
        self.state.cancel(CancelCode::KeyMismatch)
    }

    /// Cancels with any code.
    pub fn cancel(self, code: CancelCode) -> (Cancelled, Outgoing) {
        self.state.cancel(code)
    }

    /// Gives the state back, for a message or the clock; [`ShownCode::on_reciprocate`] leads here again.
    pub fn into_state(self) -> MethodReceived {
        self.state
    }
}

impl WrongSecret {
    /// Cancels with the code of the error.
    pub fn cancel(self) -> (Cancelled, Outgoing) {
        let code = self.error.cancel_code();
        self.state.cancel(code)
    }
}

/// The master key of the one user of both devices, on which this device's knowledge of both has to agree.
pub(crate) fn own_master(keys: &FixedKeys) -> Result<&PublicKey, Error> {
    match (keys.own.master_key(), keys.other.master_key()) {
        (Some(one), Some(other)) if one != other => Err(Error::KeyMismatch("the master key")),
        (one, other) => one.or(other).ok_or(Error::MissingKey("the master key")),
    }
}
