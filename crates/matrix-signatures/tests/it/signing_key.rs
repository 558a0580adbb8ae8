use matrix_signatures::{Error, SigningKey};

use super::{SEED_LINE, key, spec_key};

const SEED: &str = "YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1";

/// The crate of the key wipes it, with a feature that has to be on.
#[test]
fn the_secret_is_wiped_when_dropped() {
    fn wipes<T: zeroize::ZeroizeOnDrop>() -> bool {
        core::mem::needs_drop::<T>()
    }
    assert!(wipes::<ed25519_dalek::SigningKey>());
}

#[test]
fn debug_shows_no_secret() {
    let key = spec_key();
    assert_eq!(
        format!("{key:?}"),
        r#"SigningKey { key_id: "ed25519:1", public_key: PublicKey("XGX0JRS2Af3be3knz2fBiRbApjm2Dh61gXDJA8kcJNI"), .. }"#,
    );
    let shown = format!("{key:#?}");
    assert!(!shown.contains(SEED) && !shown.contains(&format!("{:?}", key.seed()[0..4].to_vec())));
}

#[test]
fn line_of_a_key_file_is_read_and_written() {
    let key =
        SigningKey::parse_line("  ed25519\ta_Bc9  YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1=\r\n").unwrap();
    assert_eq!((key.key_id(), key.version()), ("ed25519:a_Bc9", "a_Bc9"));
    assert_eq!(key.public_key(), spec_key().public_key());
    let line = key.to_line();
    assert_eq!(SigningKey::parse_line(&line).unwrap(), key);
    // The seed's spare bit is not the key's.
    assert_eq!(*line, "ed25519 a_Bc9 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA0");
}

#[test]
fn malformed_lines_are_refused_without_repeating_the_seed() {
    let cases = [
        ("", "invalid_key_line"),
        ("ed25519", "invalid_key_line"),
        ("ed25519 1", "invalid_key_line"),
        ("ed25519 1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1 x", "invalid_key_line"),
        ("curve25519 1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1", "unsupported_algorithm"),
        ("ed25519 a-b YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1", "invalid_key_version"),
        ("ed25519 1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW-3XA1", "invalid_base64"),
        ("ed25519 1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1==", "invalid_base64"),
        ("ed25519 1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3", "invalid_length"),
    ];
    for (line, kind) in cases {
        let error = SigningKey::parse_line(line).unwrap_err();
        assert_eq!(error.kind(), kind, "{line:?}");
        assert!(!format!("{error} {error:?}").contains("YJDBA9"), "{error:?}");
    }
}

#[test]
fn versions_other_than_servers_ones_are_taken_from_code() {
    assert_eq!(
        key("XGX0JRS2+/3", 1).key_id(),
        "ed25519:XGX0JRS2+/3",
        "cross-signing keys are named by their public half"
    );
    for version in ["", "a b", "a\n", "a\u{0}"] {
        assert_eq!(
            SigningKey::from_seed(version, &[1; 32]).unwrap_err(),
            Error::InvalidKeyVersion(version.to_owned())
        );
    }
}

#[test]
fn keys_are_equal_by_secret_and_version() {
    assert_eq!(key("1", 1), key("1", 1).clone());
    assert_ne!(key("1", 1), key("1", 2));
    assert_ne!(key("1", 1), key("2", 1));
    assert_eq!(SEED_LINE.parse::<SigningKey>().unwrap(), spec_key());
}

#[cfg(feature = "getrandom")]
#[test]
fn generated_keys_differ() {
    let (a, b) = (SigningKey::generate("1").unwrap(), SigningKey::generate("1").unwrap());
    assert_ne!(a, b);
    assert!(a.public_key().verify(b"x", &a.sign(b"x")) && !b.public_key().verify(b"x", &a.sign(b"x")));
    assert_eq!(SigningKey::generate("").unwrap_err().kind(), "invalid_key_version");
}
