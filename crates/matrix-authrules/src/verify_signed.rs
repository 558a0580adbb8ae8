use matrix_canonicaljson::{Mode, Object, Value};
use matrix_signatures::{PublicKey, Signature, signing_bytes};

/// Tells whether the `signed` object of a third-party invite, given as JSON text, has an Ed25519 signature by
/// one of `public_keys`.
///
/// Under which server's name and key ID the signature stands does not matter. Keys are base64 of the standard
/// or the URL-safe alphabet, padded or not, as
/// [`m.room.third_party_invite`](https://spec.matrix.org/v1.19/client-server-api/#mroomthird_party_invite) allows
/// since version 1.15 of the specification. Keys and signatures that cannot be read are passed over.
///
/// With the feature `third-party-invite`; without it an embedder brings its own
/// [`VerifyInvite`](crate::VerifyInvite).
pub fn verify_signed(signed: &str, public_keys: &[Box<str>]) -> bool {
    // A `signed` object in a room of version 6 or later is strict JSON already, which lenient reading keeps.
    let Ok(signed) = Object::parse(signed.as_bytes(), Mode::Lenient) else { return false };
    let keys: Vec<PublicKey> = public_keys.iter().filter_map(|key| public_key(key)).collect();
    let message = signing_bytes(&signed);
    signatures(&signed).any(|signature| keys.iter().any(|key| key.verify(&message, &signature)))
}

fn public_key(text: &str) -> Option<PublicKey> {
    PublicKey::from_base64(&text.replace('-', "+").replace('_', "/")).ok()
}

/// The Ed25519 signatures of an object, by whomever.
fn signatures(object: &Object) -> impl Iterator<Item = Signature> {
    let entities = object.get("signatures").and_then(Value::as_object).into_iter().flat_map(|all| all.iter());
    entities
        .filter_map(|(_, signatures)| signatures.as_object())
        .flat_map(|signatures| signatures.iter())
        .filter(|(key_id, _)| key_id.starts_with("ed25519:"))
        .filter_map(|(_, signature)| Signature::from_base64(signature.as_str()?).ok())
}
