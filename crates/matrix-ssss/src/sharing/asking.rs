use std::collections::BTreeSet;

use matrix_canonicaljson::Object;

use super::{
    content::{SecretRequest, SecretSend},
    request_id::RequestId,
};
use crate::{names, secret::Secret};

/// An event to be sent to one device of the own user, in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceMessage {
    /// The device.
    pub device_id: String,
    /// Its type, `m.secret.request`.
    pub event_type: &'static str,
    /// Its content.
    pub content: Object,
}

/// Where an `m.secret.send` came from, as the caller's Olm session has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendSource<'a> {
    /// The user of the device.
    pub user_id: &'a str,
    /// The device whose keys the event was encrypted with, not one that the event names.
    pub device_id: &'a str,
    /// Whether it came encrypted with Olm at all.
    pub encrypted: bool,
    /// Whether the device is verified as the own user's.
    pub verified: bool,
}

/// Asks the own user's other devices for a secret: the asking side of secret sharing.
///
/// One of these is one request. [`Asking::on_send`] takes it in and gives it back as long as it waits, so that no
/// second answer can be accepted.
///
/// ```
/// use matrix_ssss::{Asked, Asking, RequestId, SendSource, names};
///
/// let id = RequestId::from_random(&[7; 24]);
/// let (asking, requests) = Asking::start("@alice:example.org", "NEW", names::MASTER_KEY, id.clone(), ["OLD", "OLDER"]);
/// assert_eq!(requests.len(), 2);
///
/// let from = SendSource { user_id: "@alice:example.org", device_id: "OLD", encrypted: true, verified: true };
/// let answer = matrix_canonicaljson::Object::from([("request_id", id.as_str()), ("secret", "swordfish")]);
/// let Asked::Received { secret, cancellations } = asking.on_send(&from, answer, |secret| !secret.is_empty()) else {
///     panic!("it is the answer");
/// };
/// assert_eq!(secret.as_str(), "swordfish");
/// assert_eq!(cancellations.len(), 1);
/// assert_eq!(cancellations[0].device_id, "OLDER");
/// ```
#[derive(Debug)]
pub struct Asking {
    user_id: String,
    device_id: String,
    name: String,
    request_id: RequestId,
    asked: BTreeSet<String>,
}

/// What became of a request when an answer came in.
#[derive(Debug)]
#[must_use = "it holds the request, or the secret and the messages to be sent"]
pub enum Asked {
    /// It goes on.
    Waiting {
        /// The request.
        asking: Asking,
        /// Why the answer was ignored.
        ignored: Ignored,
    },
    /// The secret is there, and the request over.
    Received {
        /// The secret.
        secret: Secret,
        /// To be sent, one to each other device that was asked.
        cancellations: Vec<DeviceMessage>,
    },
}

/// Why an `m.secret.send` is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ignored {
    /// It was not encrypted.
    NotEncrypted,
    /// It is another user's.
    OtherUser,
    /// Its device was not asked.
    NotAsked,
    /// Its device is not verified.
    NotVerified,
    /// Its content lacks a field, or has one of another type.
    Malformed,
    /// It answers another request.
    OtherRequest,
    /// It is not the secret, as the caller found out.
    Invalid,
}

impl Asking {
    /// Starts a request: the messages are to be sent. The own device is never asked, no device twice.
    pub fn start<'a>(
        user_id: &str,
        device_id: &str,
        name: &str,
        request_id: RequestId,
        devices: impl IntoIterator<Item = &'a str>,
    ) -> (Self, Vec<DeviceMessage>) {
        let mut asking = Self {
            user_id: user_id.to_owned(),
            device_id: device_id.to_owned(),
            name: name.to_owned(),
            request_id,
            asked: BTreeSet::new(),
        };
        let messages = asking.ask(devices);
        (asking, messages)
    }

    /// Asks more devices, under the same ID. Those that were asked are asked again, as they may have been away.
    pub fn ask<'a>(&mut self, devices: impl IntoIterator<Item = &'a str>) -> Vec<DeviceMessage> {
        let devices: BTreeSet<&str> =
            devices.into_iter().filter(|device| *device != self.device_id).collect();
        let content = SecretRequest::Request {
            name: self.name.clone(),
            requesting_device_id: self.device_id.clone(),
            request_id: self.request_id.clone(),
        };
        self.asked.extend(devices.iter().map(|device| (*device).to_owned()));
        devices.into_iter().map(|device| message(device, &content)).collect()
    }

    /// Takes in an `m.secret.send`, decrypted.
    ///
    /// The first valid answer is accepted: encrypted, from a verified device of the own user that was asked, to this
    /// request, and found to be the secret by `is_valid`; a private key, for one, has to fit the public one. All
    /// others are ignored.
    pub fn on_send(
        self,
        from: &SendSource<'_>,
        content: Object,
        is_valid: impl FnOnce(&str) -> bool,
    ) -> Asked {
        match self.judge(from, content, is_valid) {
            Ok(secret) => {
                let cancellations = self.cancellations(Some(from.device_id));
                Asked::Received { secret, cancellations }
            }
            Err(ignored) => Asked::Waiting { asking: self, ignored },
        }
    }

    /// Gives up: the messages are to be sent to all devices that were asked.
    pub fn cancel(self) -> Vec<DeviceMessage> {
        self.cancellations(None)
    }

    /// Returns the ID of the request.
    pub fn request_id(&self) -> &RequestId {
        &self.request_id
    }

    /// Returns the name of the secret.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn judge(
        &self,
        from: &SendSource<'_>,
        content: Object,
        is_valid: impl FnOnce(&str) -> bool,
    ) -> Result<Secret, Ignored> {
        // Taken apart first, so that the secret is wiped whatever becomes of it.
        let send = SecretSend::from_object(content).map_err(|_| Ignored::Malformed);
        let expect = |holds: bool, otherwise| if holds { Ok(()) } else { Err(otherwise) };
        expect(from.encrypted, Ignored::NotEncrypted)?;
        expect(from.user_id == self.user_id, Ignored::OtherUser)?;
        expect(self.asked.contains(from.device_id), Ignored::NotAsked)?;
        expect(from.verified, Ignored::NotVerified)?;
        let send = send?;
        expect(send.request_id == self.request_id, Ignored::OtherRequest)?;
        expect(is_valid(send.secret.as_str()), Ignored::Invalid)?;
        Ok(send.secret)
    }

    fn cancellations(&self, but: Option<&str>) -> Vec<DeviceMessage> {
        let content = SecretRequest::Cancellation {
            requesting_device_id: self.device_id.clone(),
            request_id: self.request_id.clone(),
        };
        let others = self.asked.iter().filter(|device| Some(device.as_str()) != but);
        others.map(|device| message(device, &content)).collect()
    }
}

fn message(device_id: &str, content: &SecretRequest) -> DeviceMessage {
    DeviceMessage {
        device_id: device_id.to_owned(),
        event_type: names::REQUEST,
        content: content.to_object(),
    }
}
