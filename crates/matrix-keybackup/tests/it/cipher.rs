use matrix_keybackup::{BackupPublicKey, EncryptedSession, Error};

use super::key;

/// The points of small order on the curve and its twist, as they may be written.
const SMALL_ORDER: [&str; 7] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];

fn point(hex: &str) -> BackupPublicKey {
    let byte = |at: usize| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap();
    BackupPublicKey::from_bytes(&core::array::from_fn(byte))
}

fn encrypted() -> EncryptedSession {
    key(1).public_key().encrypt_with_ephemeral(b"{\"a\":1}", &[2; 32]).unwrap()
}

#[test]
fn results_that_are_not_contributory_are_refused_both_ways() {
    for hex in SMALL_ORDER {
        let public = point(hex);
        assert_eq!(
            public.encrypt_with_ephemeral(b"x", &[2; 32]).unwrap_err(),
            Error::NonContributory,
            "{hex}"
        );
        let session = EncryptedSession { ephemeral: public, ..encrypted() };
        assert_eq!(key(1).decrypt_bytes(&session).unwrap_err(), Error::NonContributory, "{hex}");
    }
}

#[test]
fn another_key_does_not_decrypt() {
    assert_eq!(key(2).decrypt_bytes(&encrypted()).unwrap_err(), Error::MacMismatch);
}

#[test]
fn every_byte_of_the_mac_counts() {
    for at in 0..8 {
        let mut session = encrypted();
        session.mac[at] ^= 0x80;
        assert_eq!(key(1).decrypt_bytes(&session).unwrap_err(), Error::MacMismatch, "{at}");
    }
}

#[test]
fn a_mac_has_exactly_8_bytes() {
    for (mac, kind) in [
        ("", "invalid_length"),
        ("Og", "invalid_length"),
        ("OibmACbORg", "invalid_length"),
        ("OibmACbORhIA", "invalid_length"),
        ("OibmACbORhIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "invalid_length"),
        ("Oibm_CbORhI", "invalid_base64"),
    ] {
        let mut object = encrypted().to_object();
        object.insert("mac", mac);
        assert_eq!(EncryptedSession::from_object(&object).unwrap_err().kind(), kind, "{mac:?}");
    }
}

/// The deployed MAC covers nothing, so a change is not noticed.
#[test]
fn the_deployed_mac_authenticates_nothing() {
    let plaintext = [b'x'; 40];
    let mut session = key(1).public_key().encrypt_with_ephemeral(&plaintext, &[2; 32]).unwrap();
    session.ciphertext[0] ^= 1;
    let forged = key(1).decrypt_bytes(&session).unwrap();
    assert_eq!(forged.as_bytes().len(), 40);
    assert_ne!(forged.as_bytes(), plaintext);
}

#[test]
fn broken_ciphertexts_are_refused() {
    for ciphertext in [vec![], vec![7; 15], vec![7; 17], vec![7; 16]] {
        let session = EncryptedSession { ciphertext, ..encrypted() };
        assert_eq!(key(1).decrypt_bytes(&session).unwrap_err(), Error::InvalidPadding);
    }
}

#[test]
fn plaintexts_are_padded_to_the_next_block() {
    for (length, padded) in [(0, 16), (1, 16), (15, 16), (16, 32), (17, 32), (1000, 1008)] {
        let plaintext = vec![b'x'; length];
        let session = key(1).public_key().encrypt_with_ephemeral(&plaintext, &[2; 32]).unwrap();
        assert_eq!(session.ciphertext.len(), padded);
        assert_eq!(key(1).decrypt_bytes(&session).unwrap().as_bytes(), plaintext);
    }
}

#[test]
fn malformed_sessions_name_the_field() {
    let change = |field: &str, value: Option<&str>| {
        let mut object = encrypted().to_object();
        match value {
            Some(value) => _ = object.insert(field, value),
            None => _ = object.remove(field),
        }
        EncryptedSession::from_object(&object).unwrap_err()
    };
    assert_eq!(change("ephemeral", None), Error::MissingField("ephemeral"));
    assert_eq!(change("ciphertext", None), Error::MissingField("ciphertext"));
    assert_eq!(change("mac", None), Error::MissingField("mac"));
    assert_eq!(change("ciphertext", Some("*")), Error::InvalidBase64("ciphertext"));
    let short = Error::InvalidLength { field: "ephemeral", length: 3, expected: 32 };
    assert_eq!(change("ephemeral", Some("AAAA")), short);
}
