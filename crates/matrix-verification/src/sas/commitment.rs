use matrix_canonicaljson::Object;
use sha2::{Digest as _, Sha256};

use crate::encoding;

/// Commits to a key that is sent later: SHA-256 of the key in base64, as it will be sent, and of the canonical JSON of
/// the start message's content, in unpadded base64.
///
/// The content is the one that was received, with fields that this device does not know, and with `m.relates_to` also
/// where that stood outside of an encrypted event.
///
/// Source: [`m.key.verification.accept`](https://spec.matrix.org/v1.19/client-server-api/#mkeyverificationaccept), MSC2241.
pub fn commitment(public_key: &str, start_content: &Object) -> String {
    let mut hash = Sha256::new();
    hash.update(public_key);
    hash.update(start_content.to_canonical());
    encoding::encode(&hash.finalize())
}
