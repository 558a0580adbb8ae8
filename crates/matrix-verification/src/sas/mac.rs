use matrix_identifiers::{DeviceId, UserId};
use subtle::ConstantTimeEq as _;

use crate::{encoding, sas::SharedSecret, sas::hkdf};

/// What stands in place of a key ID when the list of key IDs is authenticated.
const KEY_IDS: &str = "KEY_IDS";

/// How long-term keys are authenticated. All compute the same and differ in base64 alone.
///
/// Source: [MAC calculation](https://spec.matrix.org/v1.19/client-server-api/#mac-calculation).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MacMethod {
    /// `hkdf-hmac-sha256.v2`, which everybody has to know.
    HkdfHmacSha256V2,
    /// `org.matrix.msc3783.hkdf-hmac-sha256`, the same before it was in the specification.
    Msc3783,
    /// `hkdf-hmac-sha256`, for old peers alone: with the base64 of libolm, which encoded in the place where it read.
    HkdfHmacSha256,
}

/// Between whom a MAC goes.
#[derive(Clone, Copy, Debug)]
pub struct MacInfo<'a> {
    /// The user whose keys are authenticated.
    pub sender_user: &'a UserId,
    /// The device that sends the MAC.
    pub sender_device: &'a DeviceId,
    /// The other user.
    pub receiver_user: &'a UserId,
    /// The device that receives the MAC.
    pub receiver_device: &'a DeviceId,
    /// The ID of the verification.
    pub transaction_id: &'a str,
}

impl MacMethod {
    /// All methods, the best first.
    pub const ALL: [Self; 3] = [Self::HkdfHmacSha256V2, Self::Msc3783, Self::HkdfHmacSha256];

    /// Returns the name as it is sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HkdfHmacSha256V2 => "hkdf-hmac-sha256.v2",
            Self::Msc3783 => "org.matrix.msc3783.hkdf-hmac-sha256",
            Self::HkdfHmacSha256 => "hkdf-hmac-sha256",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == name)
    }

    /// Returns the text of a MAC.
    pub fn encode(self, mac: &[u8; 32]) -> String {
        match self {
            Self::HkdfHmacSha256V2 | Self::Msc3783 => encoding::encode(mac),
            Self::HkdfHmacSha256 => libolm_base64(mac),
        }
    }
}

impl SharedSecret {
    /// Authenticates a key: `key` is its unpadded base64.
    pub fn mac(&self, method: MacMethod, info: MacInfo<'_>, key_id: &str, key: &str) -> String {
        let parts = [
            "MATRIX_KEY_VERIFICATION_MAC",
            info.sender_user.as_str(),
            info.sender_device.as_str(),
            info.receiver_user.as_str(),
            info.receiver_device.as_str(),
            info.transaction_id,
            key_id,
        ];
        let key_of_mac = hkdf::derive(self.as_bytes(), &parts.map(str::as_bytes));
        method.encode(&hkdf::hmac_sha256(&key_of_mac, &[key.as_bytes()]))
    }

    /// Authenticates the list of key IDs, which is sorted here.
    pub fn keys_mac<'a>(
        &self,
        method: MacMethod,
        info: MacInfo<'_>,
        key_ids: impl IntoIterator<Item = &'a str>,
    ) -> String {
        let mut key_ids: Vec<&str> = key_ids.into_iter().collect();
        key_ids.sort_unstable();
        self.mac(method, info, KEY_IDS, &key_ids.join(","))
    }
}

/// Compares a MAC that was received with the right one, in a time that does not depend on where they differ.
pub(crate) fn same(received: &str, right: &str) -> bool {
    received.trim_end_matches('=').as_bytes().ct_eq(right.as_bytes()).into()
}

/// What libolm made of 32 bytes: it wrote the text over the bytes that it had yet to read.
fn libolm_base64(mac: &[u8; 32]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut buffer = [0_u8; 44];
    let (start, _) = buffer.split_at_mut(32);
    start.copy_from_slice(mac);
    for group in 0..11 {
        let at = |offset: usize| {
            // Two bytes are left for the last group.
            let byte = buffer.get(3 * group + offset).filter(|_| 3 * group + offset < 32);
            u32::from(byte.copied().unwrap_or(0))
        };
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        let text = [18, 12, 6, 0].map(|shift| {
            let digit = (bits >> shift & 0x3f) as usize;
            ALPHABET.get(digit).copied().unwrap_or_default()
        });
        for (place, digit) in buffer.iter_mut().skip(4 * group).zip(text) {
            *place = digit;
        }
    }
    let (text, _) = buffer.split_at(43);
    text.iter().map(|byte| char::from(*byte)).collect()
}
