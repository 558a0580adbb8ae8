use matrix_canonicaljson::Object;
use matrix_signatures::PublicKey;
use matrix_verification::{Cancelled, FixedKeys, Method, MethodSent, Outgoing, Ready, Refused, VerifiedKeys};

use crate::{
    code::QrCode,
    error::Error,
    mode::{MasterKeyTrust, Mode},
    show::own_master,
};

/// A scanned code that was not taken: the state as it was, and why. The user may scan again, or
/// [`cancel`](Self::cancel): a key that differs is a reason to.
#[derive(Debug)]
pub struct NotScanned {
    /// The state, unchanged.
    pub state: Box<Ready>,
    /// Why the code was not taken.
    pub error: Error,
}

impl NotScanned {
    /// Cancels with the code of the error: `m.key_mismatch` where a key differs.
    pub fn cancel(self) -> (Cancelled, Outgoing) {
        let code = self.error.cancel_code();
        self.state.cancel(code)
    }
}

/// Checks the bytes of a scanned code against the keys that this device knows, and begins `m.reciprocate.v1`.
///
/// Whatever the other side says later, what the state's [`verified`](MethodSent::verified) names is verified now: of
/// another user the master key; between own devices, the key of the new device by the one that trusts the master key,
/// and the master key by the new device.
///
/// Source: [QR codes](https://spec.matrix.org/v1.19/client-server-api/#qr-codes), MSC1543.
///
/// # Errors
///
/// Whatever is wrong with the code: see [`Error`].
pub fn scan(
    bytes: &[u8],
    ready: Ready,
    keys: &FixedKeys,
    trust: MasterKeyTrust,
    now_ms: i64,
) -> Result<(MethodSent, Outgoing), NotScanned> {
    let (verified, secret) = match check(bytes, &ready, keys, trust) {
        Ok(checked) => checked,
        Err(error) => return Err(NotScanned { state: Box::new(ready), error }),
    };
    let fields = Object::from([("secret", secret)]);
    ready
        .start_method(Method::Reciprocate, fields, verified, now_ms)
        .map_err(|Refused { state, error }| NotScanned { state, error: error.into() })
}

/// The keys that a code verifies, and its secret as it is sent back.
fn check(
    bytes: &[u8],
    ready: &Ready,
    keys: &FixedKeys,
    trust: MasterKeyTrust,
) -> Result<(VerifiedKeys, String), Error> {
    if !ready.can_scan_qr_code() {
        return Err(Error::NotAnnounced);
    }
    ready.fix_keys(keys.own.clone(), keys.other.clone())?;
    let code = QrCode::parse(bytes)?;
    if code.flow_id() != ready.flow_id().as_str() {
        return Err(Error::WrongFlow);
    }
    let (own, other) = (&keys.own, &keys.other);
    let same_user = own.party().user_id == other.party().user_id;
    if same_user == (code.mode() == Mode::OtherUser) {
        return Err(Error::WrongMode(code.mode()));
    }
    let party = other.party().clone();
    let verified = match code.mode() {
        Mode::OtherUser => {
            let theirs = other.master_key().ok_or(Error::MissingKey("the other user's master key"))?;
            let ours = own.master_key().ok_or(Error::MissingKey("the own master key"))?;
            same(code.first_key(), theirs, "the other user's master key")?;
            same(code.second_key(), ours, "the own master key")?;
            VerifiedKeys::new(party, None, Some(*theirs))?
        }
        Mode::OwnDeviceTrustsMaster => {
            let master = own_master(keys)?;
            same(code.first_key(), master, "the master key")?;
            same(code.second_key(), own.device_key(), "this device's key")?;
            VerifiedKeys::new(party, None, Some(*master))?
        }
        Mode::OwnDeviceNew => {
            let master = own_master(keys)?;
            if trust == MasterKeyTrust::NotYet {
                return Err(Error::MasterKeyUntrusted);
            }
            same(code.first_key(), other.device_key(), "the other device's key")?;
            same(code.second_key(), master, "the master key")?;
            VerifiedKeys::new(party, Some(*other.device_key()), None)?
        }
    };
    Ok((verified, code.secret().to_base64()))
}

fn same(found: &[u8; 32], known: &PublicKey, what: &'static str) -> Result<(), Error> {
    if found == known.as_bytes() { Ok(()) } else { Err(Error::KeyMismatch(what)) }
}
