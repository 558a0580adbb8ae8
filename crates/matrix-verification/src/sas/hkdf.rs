//! HKDF with SHA-256 and without salt (RFC 5869), for outputs of one block: all that SAS needs.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Derives 32 bytes from a secret; fewer are the beginning of them.
pub(crate) fn derive(secret: &[u8; 32], info: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    // No salt stands for 32 zeros, and HMAC fills its key up with zeros.
    let key = Zeroizing::new(hmac_sha256(&[0; 32], &[secret]));
    let mut message = info.to_vec();
    message.push(&[1]);
    Zeroizing::new(hmac_sha256(&key, &message))
}

pub(crate) fn hmac_sha256(key: &[u8; 32], message: &[&[u8]]) -> [u8; 32] {
    let mut block = Zeroizing::new([0; 64]);
    let (start, _) = block.split_at_mut(32);
    start.copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    for part in message {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
