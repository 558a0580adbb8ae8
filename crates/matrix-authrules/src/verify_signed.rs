use matrix_canonicaljson::{Mode, Object};
use matrix_signatures::{PublicKey, verify_json};

/// Tells whether a third-party invite's `signed` object, given as JSON text, bears a valid Ed25519 signature by
/// any of `public_keys` (base64, padded or not). Which entity and key ID the signature stands under does not
/// matter.
///
/// This is rule 5.4.1.7 of room 12 (feature `third-party-invite`).
pub fn verify_signed(signed: &str, public_keys: &[Box<str>]) -> bool {
    let Ok(signed) = Object::parse(signed.as_bytes(), Mode::Lenient) else { return false };
    let Some(signatures) = signed.get("signatures").and_then(|value| value.as_object()) else { return false };
    let keys: Vec<PublicKey> = public_keys.iter().filter_map(|key| PublicKey::from_base64(key).ok()).collect();
    signatures.iter().any(|(entity, by_key)| {
        by_key.as_object().is_some_and(|by_key| {
            by_key.iter().any(|(key_id, _)| {
                keys.iter().any(|key| verify_json(&signed, entity, key_id, key).is_ok())
            })
        })
    })
}
