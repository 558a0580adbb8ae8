//! The messages, read from their contents.

use std::collections::BTreeMap;

use matrix_canonicaljson::Object;
use matrix_identifiers::{OwnedDeviceId, OwnedUserId};

use crate::{cancel_code::CancelCode, error::Error, fields, method::Method};

/// The most entries of a list or map that are read; a message with more is refused.
pub const MAX_ITEMS: usize = 100;

/// A message of the framework or of SAS.
///
/// Source: [key verification framework](https://spec.matrix.org/v1.19/client-server-api/#key-verification-framework),
/// [messages specific to SAS](https://spec.matrix.org/v1.19/client-server-api/#verification-messages-specific-to-sas).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Message {
    /// `m.key.verification.request`, or the `m.room.message` of that `msgtype`.
    Request(Request),
    /// `m.key.verification.ready`.
    Ready(ReadyContent),
    /// `m.key.verification.start`.
    Start(Start),
    /// `m.key.verification.accept`.
    Accept(Accept),
    /// `m.key.verification.key`.
    Key(Key),
    /// `m.key.verification.mac`.
    Mac(Mac),
    /// `m.key.verification.done`.
    Done,
    /// `m.key.verification.cancel`.
    Cancel(Cancel),
}

/// Asks for a verification.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The device that asks.
    pub from_device: OwnedDeviceId,
    /// What it can do.
    pub methods: Vec<Method>,
    /// When it asked, in milliseconds since the Unix epoch: of to-device messages alone.
    pub timestamp: Option<i64>,
    /// Whom it asks: in rooms alone.
    pub to: Option<OwnedUserId>,
}

/// Accepts a request.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadyContent {
    /// The device that accepts.
    pub from_device: OwnedDeviceId,
    /// What it can do.
    pub methods: Vec<Method>,
}

/// Begins a method.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// The device that begins.
    pub from_device: OwnedDeviceId,
    /// The method.
    pub method: Method,
    /// The method to verify the other way with, where the method goes one way only.
    pub next_method: Option<Method>,
    /// What SAS needs, if the method is that.
    pub sas: Option<StartSas>,
    /// The whole content, as received and with `m.relates_to`.
    pub content: Object,
}

/// What a device that begins SAS can do, by the names it gave.
#[derive(Clone, Debug, PartialEq)]
pub struct StartSas {
    /// The key agreement protocols.
    pub key_agreement_protocols: Vec<String>,
    /// The hashes.
    pub hashes: Vec<String>,
    /// The MACs.
    pub message_authentication_codes: Vec<String>,
    /// The ways to show the short string.
    pub short_authentication_string: Vec<String>,
}

/// Accepts SAS, with what was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Accept {
    /// The key agreement protocol.
    pub key_agreement_protocol: String,
    /// The hash.
    pub hash: String,
    /// The MAC.
    pub message_authentication_code: String,
    /// The ways to show the short string.
    pub short_authentication_string: Vec<String>,
    /// The hash of the key that is to come and of the start message.
    pub commitment: String,
}

/// Sends an ephemeral key.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The key in base64, as sent.
    pub key: String,
}

/// Sends the MACs of long-term keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Mac {
    /// The MAC of each key, by key ID.
    pub mac: BTreeMap<String, String>,
    /// The MAC of the list of key IDs.
    pub keys: String,
}

/// Ends a verification without success.
#[derive(Clone, Debug, PartialEq)]
pub struct Cancel {
    /// Why, for machines.
    pub code: CancelCode,
    /// Why, for humans.
    pub reason: Option<String>,
}

impl Message {
    /// Reads a message of that type. Unknown fields do no harm.
    ///
    /// # Errors
    ///
    /// [`Error::NotVerification`] for other types; [`Error::MissingField`], [`Error::InvalidField`],
    /// [`Error::InvalidIdentifier`] or [`Error::TooManyItems`] for what is malformed.
    pub fn parse(event_type: &str, content: &Object) -> Result<Self, Error> {
        Ok(match event_type {
            "m.key.verification.request" => Self::Request(Request::read(content)?),
            "m.room.message" if content.get_str("msgtype") == Some("m.key.verification.request") => {
                Self::Request(Request::read(content)?)
            }
            "m.key.verification.ready" => Self::Ready(ReadyContent::read(content)?),
            "m.key.verification.start" => Self::Start(Start::read(content)?),
            "m.key.verification.accept" => Self::Accept(Accept::read(content)?),
            "m.key.verification.key" => Self::Key(Key { key: fields::string(content, "key")?.to_owned() }),
            "m.key.verification.mac" => Self::Mac(Mac::read(content)?),
            "m.key.verification.done" => Self::Done,
            "m.key.verification.cancel" => Self::Cancel(Cancel::read(content)?),
            other => return Err(Error::NotVerification(other.to_owned())),
        })
    }

    /// Returns the device that the message names as its sender's.
    pub fn from_device(&self) -> Option<&OwnedDeviceId> {
        match self {
            Self::Request(request) => Some(&request.from_device),
            Self::Ready(ready) => Some(&ready.from_device),
            Self::Start(start) => Some(&start.from_device),
            _ => None,
        }
    }
}

impl Request {
    fn read(content: &Object) -> Result<Self, Error> {
        let to = content.contains_key("to").then(|| fields::user_id(content, "to")).transpose()?;
        let timestamp = match content.get("timestamp") {
            None => None,
            Some(value) => Some(
                value.as_i64().ok_or(Error::InvalidField { field: "timestamp", expected: "an integer" })?,
            ),
        };
        let from_device = fields::device_id(content, "from_device")?;
        Ok(Self { from_device, methods: methods(content)?, timestamp, to })
    }
}

impl ReadyContent {
    fn read(content: &Object) -> Result<Self, Error> {
        Ok(Self { from_device: fields::device_id(content, "from_device")?, methods: methods(content)? })
    }
}

impl Start {
    fn read(content: &Object) -> Result<Self, Error> {
        let method = Method::parse(fields::string(content, "method")?);
        let sas = if method == Method::Sas { Some(StartSas::read(content)?) } else { None };
        Ok(Self {
            from_device: fields::device_id(content, "from_device")?,
            method,
            next_method: fields::optional_string(content, "next_method")?.map(Method::parse),
            sas,
            content: content.clone(),
        })
    }
}

impl StartSas {
    fn read(content: &Object) -> Result<Self, Error> {
        Ok(Self {
            key_agreement_protocols: fields::strings(content, "key_agreement_protocols")?,
            hashes: fields::strings(content, "hashes")?,
            message_authentication_codes: fields::strings(content, "message_authentication_codes")?,
            short_authentication_string: fields::strings(content, "short_authentication_string")?,
        })
    }
}

impl Accept {
    /// Reads an acceptance. `method` is not looked at: deployed clients leave it out.
    fn read(content: &Object) -> Result<Self, Error> {
        let text = |field| fields::string(content, field).map(str::to_owned);
        Ok(Self {
            key_agreement_protocol: text("key_agreement_protocol")?,
            hash: text("hash")?,
            message_authentication_code: text("message_authentication_code")?,
            short_authentication_string: fields::strings(content, "short_authentication_string")?,
            commitment: text("commitment")?,
        })
    }
}

impl Mac {
    fn read(content: &Object) -> Result<Self, Error> {
        let invalid = Error::InvalidField { field: "mac", expected: "an object of strings" };
        let entries = fields::required(content, "mac")?.as_object().ok_or(invalid.clone())?;
        fields::check_count("mac", entries.len())?;
        let mut mac = BTreeMap::new();
        for (key_id, value) in entries {
            mac.insert(key_id.to_owned(), value.as_str().ok_or(invalid.clone())?.to_owned());
        }
        Ok(Self { mac, keys: fields::string(content, "keys")?.to_owned() })
    }
}

impl Cancel {
    /// What a cancellation comes to that cannot be read: it ends the verification all the same, and is not answered.
    pub(crate) fn unreadable() -> Self {
        Self { code: CancelCode::InvalidMessage, reason: None }
    }

    /// Reads a cancellation. `reason` should be there and is not missed.
    fn read(content: &Object) -> Result<Self, Error> {
        let code = CancelCode::parse(fields::string(content, "code")?);
        Ok(Self { code, reason: content.get_str("reason").map(str::to_owned) })
    }
}

fn methods(content: &Object) -> Result<Vec<Method>, Error> {
    Ok(fields::strings(content, "methods")?.iter().map(|name| Method::parse(name)).collect())
}
