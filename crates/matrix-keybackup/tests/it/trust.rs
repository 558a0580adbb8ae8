use matrix_keybackup::{AuthData, Error, Signer, TrustedSigners, Verification};
use matrix_signatures::SigningKey;

use super::{key, object};

const ALICE: &str = "@alice:example.org";

fn device(id: &str, fill: u8) -> SigningKey {
    SigningKey::from_seed(id, &[fill; 32]).unwrap()
}

/// A master key, whose version is its public half.
fn master(fill: u8) -> SigningKey {
    let public = device("x", fill).public_key().to_base64();
    device(&public, fill)
}

fn signed(by: &[&SigningKey]) -> AuthData {
    let mut auth_data = AuthData::new(*key(1).public_key());
    for signing_key in by {
        auth_data.sign(ALICE, signing_key).unwrap();
    }
    AuthData::from_object(auth_data.content()).unwrap()
}

#[test]
fn msc1219_trusted_when_a_trusted_key_has_signed() {
    let auth_data = signed(&[&master(1), &device("DEVICE", 2)]);
    let nobody = TrustedSigners::new(ALICE);
    let by_master = nobody.clone().with_master(master(1).public_key());
    let by_device = nobody.clone().with_device("DEVICE", device("DEVICE", 2).public_key());
    assert!(!auth_data.trust(&nobody, None).is_trusted());
    for (signers, signer) in [(&by_master, Signer::Master), (&by_device, Signer::Device("DEVICE".to_owned()))]
    {
        let trust = auth_data.trust(signers, None);
        assert!(trust.is_trusted());
        assert_eq!(trust.signers().collect::<Vec<_>>(), [&signer]);
        assert_eq!(trust.signatures.len(), 2);
        assert!(trust.signatures.iter().any(|check| check.verification == Verification::Untrusted));
    }
}

#[test]
fn msc1219_trusted_when_the_private_key_matches() {
    let auth_data = signed(&[]);
    let nobody = TrustedSigners::new(ALICE);
    assert!(auth_data.trust(&nobody, Some(&key(1))).is_trusted());
    assert!(!auth_data.trust(&nobody, Some(&key(2))).is_trusted());
    assert!(!auth_data.trust(&nobody, None).is_trusted());
}

#[test]
fn a_forged_signature_is_no_trust_and_harms_none() {
    // The server swaps the public key for its own.
    let mut content = signed(&[&master(1)]).content().clone();
    content.insert("public_key", key(9).public_key().to_base64());
    let swapped = AuthData::from_object(&content).unwrap();
    let signers = TrustedSigners::new(ALICE).with_master(master(1).public_key());
    let trust = swapped.trust(&signers, None);
    assert!(!trust.is_trusted());
    assert_eq!(trust.signatures[0].verification, Verification::Invalid(Signer::Master));

    let mut one_good = swapped;
    one_good.sign(ALICE, &device("DEVICE", 2)).unwrap();
    let signers = signers.with_device("DEVICE", device("DEVICE", 2).public_key());
    let trust = one_good.trust(&signers, None);
    assert!(trust.is_trusted());
    assert_eq!(trust.signers().collect::<Vec<_>>(), [&Signer::Device("DEVICE".to_owned())]);
}

#[test]
fn signatures_count_for_the_own_user_and_the_named_key_only() {
    let mut auth_data = AuthData::new(*key(1).public_key());
    auth_data.sign("@mallory:example.org", &device("DEVICE", 2)).unwrap();
    let signers = TrustedSigners::new(ALICE).with_device("DEVICE", device("DEVICE", 2).public_key());
    assert_eq!(auth_data.trust(&signers, None).signatures, []);
    // The right key under another ID.
    auth_data.sign(ALICE, &device("OTHER", 2)).unwrap();
    assert!(!auth_data.trust(&signers, None).is_trusted());
    // Another key under the right ID.
    let mut auth_data = AuthData::new(*key(1).public_key());
    auth_data.sign(ALICE, &device("DEVICE", 3)).unwrap();
    assert!(!auth_data.trust(&signers, None).is_trusted());
}

#[test]
fn signatures_cover_members_that_are_not_known() {
    let mut content = object(&format!(r#"{{"public_key":"{}","org.x":7}}"#, key(1).public_key()));
    let mut auth_data = AuthData::from_object(&content).unwrap();
    auth_data.sign(ALICE, &device("DEVICE", 2)).unwrap();
    let signers = TrustedSigners::new(ALICE).with_device("DEVICE", device("DEVICE", 2).public_key());
    assert!(auth_data.trust(&signers, None).is_trusted());
    content = auth_data.content().clone();
    content.insert("org.x", 8_u8);
    assert!(!AuthData::from_object(&content).unwrap().trust(&signers, None).is_trusted());
}

#[test]
fn malformed_signatures_are_no_trust() {
    for signatures in [
        r#"7"#,
        r#"{"@alice:example.org":7}"#,
        r#"{"@alice:example.org":{"ed25519:DEVICE":7}}"#,
        r#"{"@alice:example.org":{"DEVICE":"AA"}}"#,
        r#"{"@alice:example.org":{"curve25519:DEVICE":"AA"}}"#,
    ] {
        let content = format!(r#"{{"public_key":"{}","signatures":{signatures}}}"#, key(1).public_key());
        let auth_data = AuthData::from_object(&object(&content)).unwrap();
        let signers = TrustedSigners::new(ALICE).with_device("DEVICE", device("DEVICE", 2).public_key());
        assert!(!auth_data.trust(&signers, None).is_trusted(), "{signatures}");
    }
}

#[test]
fn auth_data_needs_a_public_key() {
    for (json, kind) in [
        ("{}", "missing_field"),
        (r#"{"public_key":7}"#, "invalid_field"),
        (r#"{"public_key":"*"}"#, "invalid_base64"),
        (r#"{"public_key":"AAAA"}"#, "invalid_length"),
    ] {
        assert_eq!(AuthData::from_object(&object(json)).unwrap_err().kind(), kind, "{json}");
    }
    let content = object(&format!(r#"{{"public_key":"{}","signatures":7}}"#, key(1).public_key()));
    let error = AuthData::from_object(&content).unwrap().sign(ALICE, &device("DEVICE", 2)).unwrap_err();
    assert!(matches!(error, Error::Signature(_)));
    assert_eq!(error.kind(), "invalid_field");
}
