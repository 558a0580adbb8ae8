use matrix_canonicaljson::{Object, Value};

use super::request_id::RequestId;
use crate::{error::Error, fields, secret::Secret};

/// The content of `m.secret.request`, which is sent in the clear.
///
/// See [`m.secret.request`](https://spec.matrix.org/v1.19/client-server-api/#msecretrequest).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretRequest {
    /// A device asks for a secret.
    Request {
        /// The name of the secret.
        name: String,
        /// The device that asks.
        requesting_device_id: String,
        /// The ID of the request.
        request_id: RequestId,
    },
    /// A device no longer asks.
    Cancellation {
        /// The device that asked.
        requesting_device_id: String,
        /// The ID of its request.
        request_id: RequestId,
    },
}

impl SecretRequest {
    /// Reads the content.
    ///
    /// # Errors
    ///
    /// [`Error::MissingField`], or [`Error::InvalidField`], also for an unknown `action`.
    pub fn from_object(content: &Object) -> Result<Self, Error> {
        let requesting_device_id = fields::text(content, "requesting_device_id")?.to_owned();
        let request_id = RequestId::new(fields::text(content, "request_id")?);
        match fields::text(content, "action")? {
            "request" => {
                let name = fields::text(content, "name")?.to_owned();
                Ok(Self::Request { name, requesting_device_id, request_id })
            }
            "request_cancellation" => Ok(Self::Cancellation { requesting_device_id, request_id }),
            _ => Err(fields::invalid("action", "`request` or `request_cancellation`")),
        }
    }

    /// Writes the content.
    pub fn to_object(&self) -> Object {
        let (action, device, id) = match self {
            Self::Request { requesting_device_id, request_id, .. } => {
                ("request", requesting_device_id, request_id)
            }
            Self::Cancellation { requesting_device_id, request_id } => {
                ("request_cancellation", requesting_device_id, request_id)
            }
        };
        let mut content = Object::from([
            ("action", action),
            ("requesting_device_id", device.as_str()),
            ("request_id", id.as_str()),
        ]);
        if let Self::Request { name, .. } = self {
            content.insert("name", name.as_str());
        }
        content
    }
}

/// The content of `m.secret.send`, which is only ever sent encrypted with Olm.
///
/// See [`m.secret.send`](https://spec.matrix.org/v1.19/client-server-api/#msecretsend). The secret is wiped when this is
/// dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretSend {
    /// The ID of the request that this answers.
    pub request_id: RequestId,
    /// The secret.
    pub secret: Secret,
}

impl SecretSend {
    /// Reads the decrypted content, which is taken so that the secret is moved and not copied.
    ///
    /// # Errors
    ///
    /// [`Error::MissingField`] or [`Error::InvalidField`].
    pub fn from_object(mut content: Object) -> Result<Self, Error> {
        let secret = match content.remove("secret") {
            Some(Value::String(secret)) => Secret::new(secret),
            None => return Err(Error::MissingField("secret")),
            Some(_) => return Err(fields::invalid("secret", "a string")),
        };
        Ok(Self { request_id: RequestId::new(fields::text(&content, "request_id")?), secret })
    }

    /// Writes the content, which holds the secret: to be encrypted and dropped.
    pub fn to_object(&self) -> Object {
        Object::from([("request_id", self.request_id.as_str()), ("secret", self.secret.as_str())])
    }
}
