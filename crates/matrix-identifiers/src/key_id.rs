use alloc::format;

use crate::grammar::{Class, split_colon};
use crate::{DeviceId, Error};

identifier! {
    /// The ID of a key that a server signs with: `algorithm:version`, such as `ed25519:a_1`.
    ///
    /// The version consists of ASCII letters, digits and `_`. The algorithm is anything but empty: a
    /// verifier passes over those it does not know.
    ///
    /// Source: [signing details](https://spec.matrix.org/v1.19/appendices/#signing-details) and
    /// [publishing keys](https://spec.matrix.org/v1.19/server-server-api/#publishing-keys).
    ///
    /// ```
    /// use matrix_identifiers::ServerSigningKeyId;
    ///
    /// let id = ServerSigningKeyId::parse("ed25519:a_1")?;
    /// assert_eq!((id.algorithm(), id.version()), ("ed25519", "a_1"));
    /// # Ok::<(), matrix_identifiers::Error>(())
    /// ```
    ServerSigningKeyId, OwnedServerSigningKeyId, check_server, shown
}

impl ServerSigningKeyId {
    /// Returns what stands before the colon.
    #[must_use]
    pub fn algorithm(&self) -> &str {
        split_colon(&self.0).0
    }

    /// Returns what stands after the colon.
    #[must_use]
    pub fn version(&self) -> &str {
        split_colon(&self.0).1.unwrap_or_default()
    }
}

impl OwnedServerSigningKeyId {
    /// Joins an algorithm and a version.
    ///
    /// # Errors
    ///
    /// Fails where one of them is empty, the algorithm holds a colon, or the version holds anything but
    /// ASCII letters, digits and `_`.
    pub fn new(algorithm: &str, version: &str) -> Result<Self, Error> {
        let text = format!("{algorithm}:{version}");
        check_server(&text)?;
        Ok(Self::from_checked(text))
    }
}

identifier! {
    /// The ID of a key of a device: `algorithm:device`, such as `ed25519:JLAFKJWSCS`.
    ///
    /// Cross-signing keys use the same form, with the public key in unpadded base64 in the device's place.
    /// The algorithm ends at the first colon and is not empty; what follows is a [`DeviceId`], so anything.
    ///
    /// Source: [device keys](https://spec.matrix.org/v1.19/client-server-api/#device-keys).
    ///
    /// ```
    /// use matrix_identifiers::DeviceKeyId;
    ///
    /// let id = DeviceKeyId::parse("curve25519:JLAFKJWSCS")?;
    /// assert_eq!((id.algorithm(), id.device_id().as_str()), ("curve25519", "JLAFKJWSCS"));
    /// # Ok::<(), matrix_identifiers::Error>(())
    /// ```
    DeviceKeyId, OwnedDeviceKeyId, check_device, shown
}

impl DeviceKeyId {
    /// Returns what stands before the first colon.
    #[must_use]
    pub fn algorithm(&self) -> &str {
        split_colon(&self.0).0
    }

    /// Returns what stands after the first colon.
    #[must_use]
    pub fn device_id(&self) -> &DeviceId {
        DeviceId::from_checked(split_colon(&self.0).1.unwrap_or_default())
    }
}

impl OwnedDeviceKeyId {
    /// Joins an algorithm and a device ID.
    ///
    /// # Errors
    ///
    /// Fails where the algorithm is empty or holds a colon.
    pub fn new(algorithm: &str, device_id: &DeviceId) -> Result<Self, Error> {
        let text = format!("{algorithm}:{device_id}");
        if let Some(at) = algorithm.find(':') {
            return Err(Error::character_at(&text, at));
        }
        check_device(&text)?;
        Ok(Self::from_checked(text))
    }
}

fn check_server(text: &str) -> Result<(), Error> {
    let (algorithm, version) = split_colon(text);
    match version {
        _ if text.is_empty() => Err(Error::Empty),
        None => Err(Error::MissingColon),
        Some(_) if algorithm.is_empty() => Err(Error::MissingAlgorithm),
        Some("") => Err(Error::MissingKeyVersion),
        Some(_) => Class::KEY_VERSION.check(text, algorithm.len() + 1),
    }
}

fn check_device(text: &str) -> Result<(), Error> {
    match split_colon(text) {
        _ if text.is_empty() => Err(Error::Empty),
        (_, None) => Err(Error::MissingColon),
        ("", Some(_)) => Err(Error::MissingAlgorithm),
        (_, Some(_)) => Ok(()),
    }
}
