use std::collections::BTreeMap;

use matrix_canonicaljson::Object;

use super::{
    content::{SecretRequest, SecretSend},
    request_id::RequestId,
};
use crate::secret::Secret;

/// As many requests wait for the user at once; further ones are met with silence.
pub const MAX_PENDING: usize = 100;

/// Who sent an `m.secret.request`, and what the caller knows of the device that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requester<'a> {
    /// The sender of the event.
    pub user_id: &'a str,
    /// Whether the device of that user that the content names is verified.
    pub verified: bool,
}

/// Decides which requests for secrets are answered: the answering side of secret sharing.
///
/// Only devices of the own user that are verified are given a secret, and only one that this device has. All others
/// hear nothing, so that they learn nothing. What is offered may be put to the user first; until it is
/// [answered](Answering::answer), the device that asks may withdraw.
///
/// ```
/// use matrix_ssss::{Answering, Decision, Requester, Secret};
///
/// let mut answering = Answering::new("@alice:example.org", "OLD");
/// let request: matrix_canonicaljson::Object = r#"{"action": "request", "name": "m.cross_signing.master",
///     "requesting_device_id": "NEW", "request_id": "1"}"#.parse()?;
/// let from = Requester { user_id: "@alice:example.org", verified: true };
/// let Decision::Offer(offer) = answering.on_request(&from, &request, |name| name == "m.cross_signing.master") else {
///     panic!("it is to be answered");
/// };
/// assert_eq!(offer.device_id, "NEW");
/// let content = answering.answer(offer, Secret::new("swordfish")).expect("it was not withdrawn");
/// assert_eq!(content.request_id.as_str(), "1");
/// # Ok::<(), matrix_canonicaljson::Error>(())
/// ```
#[derive(Debug)]
pub struct Answering {
    user_id: String,
    device_id: String,
    /// The names of the secrets that are offered, by device and request.
    pending: BTreeMap<(String, RequestId), String>,
}

/// What a request for a secret leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Decision {
    /// The secret may be sent: see [`Answering::answer`].
    Offer(Offer),
    /// The device no longer asks: a question that is put to the user can go.
    Withdrawn {
        /// The device.
        device_id: String,
        /// Its request.
        request_id: RequestId,
    },
    /// Nothing is sent.
    Silent(Silence),
}

/// A secret that may be sent to a device.
#[derive(Debug, PartialEq, Eq)]
pub struct Offer {
    /// The device, of the own user, to which alone the answer is to be sent, encrypted with Olm.
    pub device_id: String,
    /// Its request.
    pub request_id: RequestId,
    /// The name of the secret.
    pub name: String,
}

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Silence {
    /// The content lacks a field, or has one that makes no sense.
    Malformed,
    /// It is another user's.
    OtherUser,
    /// It is this device's own.
    OwnDevice,
    /// The device is not verified.
    NotVerified,
    /// There is no such secret here.
    UnknownSecret,
    /// It withdraws what is not, or no longer, offered.
    NothingToWithdraw,
    /// Too many requests wait: [`MAX_PENDING`].
    TooMany,
}

impl Answering {
    /// Answers for this device of this user.
    pub fn new(user_id: &str, device_id: &str) -> Self {
        Self { user_id: user_id.to_owned(), device_id: device_id.to_owned(), pending: BTreeMap::new() }
    }

    /// Takes in an `m.secret.request`; `knows` says whether there is a secret of that name here.
    ///
    /// A request that comes again is offered again.
    pub fn on_request(
        &mut self,
        from: &Requester<'_>,
        content: &Object,
        knows: impl FnOnce(&str) -> bool,
    ) -> Decision {
        self.decide(from, content, knows).unwrap_or_else(Decision::Silent)
    }

    /// Makes the content of the `m.secret.send` that answers; `None` if the device has withdrawn.
    pub fn answer(&mut self, offer: Offer, secret: Secret) -> Option<SecretSend> {
        let request_id = offer.request_id.clone();
        self.pending.remove(&(offer.device_id, offer.request_id))?;
        Some(SecretSend { request_id, secret })
    }

    /// Leaves a request unanswered, as the user wishes.
    pub fn decline(&mut self, offer: Offer) {
        self.pending.remove(&(offer.device_id, offer.request_id));
    }

    fn decide(
        &mut self,
        from: &Requester<'_>,
        content: &Object,
        knows: impl FnOnce(&str) -> bool,
    ) -> Result<Decision, Silence> {
        let request = SecretRequest::from_object(content).map_err(|_| Silence::Malformed)?;
        if from.user_id != self.user_id {
            return Err(Silence::OtherUser);
        }
        let (name, device_id, request_id) = match request {
            SecretRequest::Request { name, requesting_device_id, request_id } => {
                (name, requesting_device_id, request_id)
            }
            SecretRequest::Cancellation { requesting_device_id: device_id, request_id } => {
                let key = (device_id, request_id);
                self.pending.remove(&key).ok_or(Silence::NothingToWithdraw)?;
                return Ok(Decision::Withdrawn { device_id: key.0, request_id: key.1 });
            }
        };
        if device_id == self.device_id {
            return Err(Silence::OwnDevice);
        }
        if !from.verified {
            return Err(Silence::NotVerified);
        }
        if !knows(&name) {
            return Err(Silence::UnknownSecret);
        }
        let key = (device_id.clone(), request_id.clone());
        if self.pending.len() >= MAX_PENDING && !self.pending.contains_key(&key) {
            return Err(Silence::TooMany);
        }
        self.pending.insert(key, name.clone());
        Ok(Decision::Offer(Offer { device_id, request_id, name }))
    }
}
