use matrix_canonicaljson::Object;
use matrix_crosssigning::{CrossSigningKey, DeviceKeys, KeyRole, MasterKey, check_signature};
use matrix_identifiers::UserId;
use matrix_signatures::{PublicKey, SigningKey, sign_json, signing_bytes, verify_json};

use super::object;

#[test]
fn msc1756_every_signed_object_of_the_vectors() {
    let vectors: serde_json::Value =
        serde_json::from_str(include_str!("../data/signed_json_cross_signing.json")).unwrap();
    let mut done = 0;
    for vector in vectors["vectors"].as_array().unwrap() {
        let text = |field: &str| vector[field].as_str().unwrap();
        let signed = object(&vector["object"].to_string());
        let key = PublicKey::from_base64(text("public_key")).unwrap();
        let (signer, key_id) = (text("signer"), text("key_id"));
        assert_eq!(signing_bytes(&signed), text("signed_bytes").as_bytes());
        verify_json(&signed, signer, key_id, &key).unwrap();
        if let Ok(signer) = UserId::parse(signer) {
            check_signature(&signed, signer, key_id, &key).unwrap();
            let mut tampered = signed.clone();
            tampered.insert("new", 1);
            let error = check_signature(&tampered, signer, key_id, &key).unwrap_err();
            assert_eq!(error.kind(), "invalid_signature");
        }
        check_kind(text("kind"), &signed);
        // The same signature comes of the seed, also of the published one with its spare bits.
        for seed in ["seed_b64", "seed_as_published"] {
            let Some(seed) = vector[seed].as_str() else { continue };
            let version = key_id.strip_prefix("ed25519:").unwrap();
            let secret = SigningKey::from_seed(version, &seed_of(seed)).unwrap();
            let mut unsigned = signed.clone();
            unsigned.remove("signatures");
            assert_eq!(sign_json(&mut unsigned, signer, &secret).unwrap().to_base64(), text("signature"));
            done += 1;
        }
    }
    assert_eq!(done, 8);
}

fn check_kind(kind: &str, signed: &Object) {
    let master = "J+5An10v1vzZpAXTYFokD1/PEVccFnLC61EfRXit0UY";
    let alice = UserId::parse("@alice:localhost").unwrap();
    let master = CrossSigningKey::new(alice, KeyRole::Master, PublicKey::from_base64(master).unwrap());
    match kind {
        "device_keys" => DeviceKeys::parse(signed.clone()).unwrap().check_self_signature().unwrap(),
        "cross_signing_ssk" => {
            let key = CrossSigningKey::parse(KeyRole::SelfSigning, signed.clone()).unwrap();
            key.check_signed_by_master(&master).unwrap();
        }
        "cross_signing_usk" => {
            let key = CrossSigningKey::parse(KeyRole::UserSigning, signed.clone()).unwrap();
            key.check_signed_by_master(&master).unwrap();
        }
        _ => {}
    }
}

/// Reads a seed as secret storage holds it.
fn seed_of(text: &str) -> [u8; 32] {
    use base64::{
        Engine as _, alphabet,
        engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
    };
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let seed: [u8; 32] =
        GeneralPurpose::new(&alphabet::STANDARD, config).decode(text).unwrap().try_into().unwrap();
    assert_eq!(MasterKey::from_secret(text).unwrap(), MasterKey::from_seed(&seed).unwrap());
    seed
}
