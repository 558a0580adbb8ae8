use crate::{error::Error, mode::Mode, secret::Secret};

const HEADER: &[u8; 6] = b"MATRIX";

/// The version of the format.
pub const CODE_VERSION: u8 = 2;
/// The most bytes that a symbol can hold, with the least error correction.
pub const MAX_CODE_BYTES: usize = 2953;
/// The most bytes of an ID: its length has two bytes.
pub const MAX_FLOW_ID_BYTES: usize = u16::MAX as usize;

/// What stands in a code, whatever it is drawn as.
///
/// The keys are 32 bytes, nothing more: whether they are points of the curve is not the format's business, and both
/// are compared with keys that are known to be.
///
/// ```
/// use matrix_qr_verify::{Mode, QrCode, Secret};
///
/// let code = QrCode::new(Mode::OtherUser, "$event", [1; 32], [2; 32], Secret::from_bytes(b"12345678"));
/// let bytes = code.to_bytes()?;
/// assert!(bytes.starts_with(b"MATRIX\x02\x00\x00\x06$event"));
/// assert_eq!(QrCode::parse(&bytes)?, code);
/// # Ok::<(), matrix_qr_verify::Error>(())
/// ```
///
/// Source: [QR code format](https://spec.matrix.org/v1.19/client-server-api/#qr-code-format), MSC1543.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrCode {
    mode: Mode,
    flow_id: String,
    first_key: [u8; 32],
    second_key: [u8; 32],
    secret: Secret,
}

impl QrCode {
    /// Puts a code together.
    pub fn new(
        mode: Mode,
        flow_id: impl Into<String>,
        first_key: [u8; 32],
        second_key: [u8; 32],
        secret: Secret,
    ) -> Self {
        Self { mode, flow_id: flow_id.into(), first_key, second_key, secret }
    }

    /// Reads the bytes of a code. What remains after the keys is the secret, of any length but none.
    ///
    /// # Errors
    ///
    /// [`Error::NotMatrix`], [`Error::UnknownVersion`], [`Error::UnknownMode`], [`Error::Truncated`],
    /// [`Error::TooLong`], [`Error::InvalidUtf8`] or [`Error::SecretTooShort`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        Self::parse_with(bytes, 1)
    }

    /// Reads the bytes of a code whose secret has at least so many bytes. No secret at all is never taken.
    ///
    /// # Errors
    ///
    /// As for [`parse`](Self::parse).
    pub fn parse_with(bytes: &[u8], min_secret_bytes: usize) -> Result<Self, Error> {
        if bytes.len() > MAX_CODE_BYTES {
            return Err(Error::TooLong(bytes.len()));
        }
        let ends = |field| move || Error::Truncated { length: bytes.len(), field };
        let rest = bytes.strip_prefix(HEADER).ok_or(Error::NotMatrix)?;
        let (version, rest) = rest.split_first().ok_or_else(ends("the version"))?;
        if *version != CODE_VERSION {
            return Err(Error::UnknownVersion(*version));
        }
        let (mode, rest) = rest.split_first().ok_or_else(ends("the mode"))?;
        let mode = Mode::from_byte(*mode).ok_or(Error::UnknownMode(*mode))?;
        let (length, rest) = rest.split_first_chunk().ok_or_else(ends("the length of the ID"))?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (flow_id, rest) = rest.split_at_checked(length).ok_or_else(ends("the ID"))?;
        let (first_key, rest) = rest.split_first_chunk().ok_or_else(ends("the first key"))?;
        let (second_key, secret) = rest.split_first_chunk().ok_or_else(ends("the second key"))?;
        let min = min_secret_bytes.max(1);
        if secret.len() < min {
            return Err(Error::SecretTooShort { length: secret.len(), min });
        }
        let flow_id =
            str::from_utf8(flow_id).map_err(|error| Error::InvalidUtf8(10 + error.valid_up_to()))?;
        Ok(Self::new(mode, flow_id, *first_key, *second_key, Secret::from_bytes(secret)))
    }

    /// Writes the bytes of the code. They hold the secret: whoever sees them can pretend to have scanned it.
    ///
    /// # Errors
    ///
    /// [`Error::FlowIdTooLong`], [`Error::SecretTooShort`] if there is none, or [`Error::TooLong`] if no symbol holds
    /// it.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        let too_long = |_| Error::FlowIdTooLong(self.flow_id.len());
        let length = u16::try_from(self.flow_id.len()).map_err(too_long)?;
        if self.secret.as_bytes().is_empty() {
            return Err(Error::SecretTooShort { length: 0, min: 1 });
        }
        let parts: [&[u8]; 7] = [
            HEADER,
            &[CODE_VERSION, self.mode.as_byte()],
            &length.to_be_bytes(),
            self.flow_id.as_bytes(),
            &self.first_key,
            &self.second_key,
            self.secret.as_bytes(),
        ];
        let bytes = parts.concat();
        if bytes.len() > MAX_CODE_BYTES { Err(Error::TooLong(bytes.len())) } else { Ok(bytes) }
    }

    /// Returns the mode.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Returns the transaction ID, or the event ID of the request.
    pub fn flow_id(&self) -> &str {
        &self.flow_id
    }

    /// Returns the first key, which is of the side that shows the code.
    pub fn first_key(&self) -> &[u8; 32] {
        &self.first_key
    }

    /// Returns the second key, which is what that side believes of the other.
    pub fn second_key(&self) -> &[u8; 32] {
        &self.second_key
    }

    /// Returns the secret.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }
}
