use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use matrix_qr_verify::{CODE_VERSION, Error, MAX_CODE_BYTES, Mode, QrCode, Secret};
use proptest::prelude::*;
use serde_json::Value;

fn base64(text: &Value) -> Vec<u8> {
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(&alphabet::STANDARD, config).decode(text.as_str().unwrap()).unwrap()
}

#[test]
fn msc1543_every_vector_both_ways() {
    let vectors: Value = serde_json::from_str(include_str!("../data/qr_verification.json")).unwrap();
    let mut done = (0, 0);
    for vector in vectors["vectors"].as_array().unwrap() {
        let bytes = base64(&vector["raw_b64"]);
        if let Some(error) = vector["error"].as_str() {
            let kind = match error {
                "header" => "not_matrix",
                "mode 3" => "unknown_mode",
                "version 1" => "unknown_version",
                "truncated" => "truncated",
                other => panic!("{other}"),
            };
            assert_eq!(QrCode::parse(&bytes).unwrap_err().kind(), kind);
            done.1 += 1;
            continue;
        }
        let code = QrCode::parse(&bytes).unwrap();
        assert_eq!(vector["version"], CODE_VERSION);
        assert_eq!(vector["mode"], code.mode().as_byte());
        assert_eq!(vector["id"], code.flow_id());
        assert_eq!(code.first_key()[..], base64(&vector["key1"]));
        assert_eq!(code.second_key()[..], base64(&vector["key2"]));
        assert_eq!(code.secret().as_bytes(), base64(&vector["secret"]));
        let made = QrCode::new(
            code.mode(),
            vector["id"].as_str().unwrap(),
            *code.first_key(),
            *code.second_key(),
            Secret::from_bytes(&base64(&vector["secret"])),
        );
        assert_eq!(made.to_bytes().unwrap(), bytes);
        done.0 += 1;
    }
    assert_eq!(done, (3, 4));
}

fn code(flow_id: &str, secret: &[u8]) -> QrCode {
    QrCode::new(Mode::OwnDeviceNew, flow_id, [1; 32], [2; 32], Secret::from_bytes(secret))
}

#[test]
fn msc1543_a_code_cut_anywhere_says_where() {
    let bytes = code("abc", b"s").to_bytes().unwrap();
    assert_eq!(bytes.len(), 78);
    let field = |length: usize| match QrCode::parse(&bytes[..length]).unwrap_err() {
        Error::Truncated { length: found, field } => {
            assert_eq!(found, length);
            field
        }
        other => other.kind(),
    };
    for length in 0..bytes.len() {
        let expected = match length {
            0..6 => "not_matrix",
            6 => "the version",
            7 => "the mode",
            8..10 => "the length of the ID",
            10..13 => "the ID",
            13..45 => "the first key",
            45..77 => "the second key",
            _ => "secret_too_short",
        };
        assert_eq!(field(length), expected, "{length}");
    }
}

#[test]
fn msc1543_limits_of_codes() {
    let bytes = code("abc", b"1234567").to_bytes().unwrap();
    assert!(QrCode::parse_with(&bytes, 7).is_ok());
    assert_eq!(QrCode::parse_with(&bytes, 8).unwrap_err(), Error::SecretTooShort { length: 7, min: 8 });
    assert_eq!(QrCode::parse_with(&bytes[..77], 0).unwrap_err().kind(), "secret_too_short");
    assert_eq!(code("abc", b"").to_bytes().unwrap_err().kind(), "secret_too_short");
    let fits = "x".repeat(MAX_CODE_BYTES - 75);
    let bytes = code(&fits, b"s").to_bytes().unwrap();
    assert_eq!((bytes.len(), QrCode::parse(&bytes).is_ok()), (MAX_CODE_BYTES, true));
    assert_eq!(code(&fits, b"ss").to_bytes().unwrap_err(), Error::TooLong(MAX_CODE_BYTES + 1));
    assert_eq!(QrCode::parse(&[b'M'; MAX_CODE_BYTES + 1]).unwrap_err().kind(), "too_long");
    assert_eq!(code(&"x".repeat(65_536), b"s").to_bytes().unwrap_err(), Error::FlowIdTooLong(65_536));
    let mut bytes = code("abc", b"s").to_bytes().unwrap();
    bytes[11] = 0xff;
    assert_eq!(QrCode::parse(&bytes).unwrap_err(), Error::InvalidUtf8(11));
    for byte in 3..=255 {
        assert_eq!(Mode::from_byte(byte), None);
    }
}

#[test]
fn secrets_are_not_shown_and_compared_whole() {
    let code = code("abc", b"very secret");
    assert!(format!("{code:?}").contains("secret: Secret(..)"));
    assert_eq!(Secret::from_bytes(b"ab"), Secret::from_bytes(b"ab"));
    for other in [&b"a"[..], b"abc", b"ac", b"bb", b""] {
        assert_ne!(Secret::from_bytes(b"ab"), Secret::from_bytes(other));
    }
}

proptest! {
    #[test]
    fn msc1543_what_is_written_is_read(
        mode in 0_u8..3,
        flow_id in "[ -~é日]{0,80}",
        keys in any::<([u8; 32], [u8; 32])>(),
        secret in prop::collection::vec(any::<u8>(), 1..40),
    ) {
        let code = QrCode::new(Mode::from_byte(mode).unwrap(), flow_id, keys.0, keys.1, Secret::from_bytes(&secret));
        let bytes = code.to_bytes().unwrap();
        prop_assert_eq!(QrCode::parse(&bytes).unwrap(), code);
    }

    #[test]
    fn msc1543_what_is_read_is_written_the_same(mut bytes in prop::collection::vec(any::<u8>(), 0..200), good in any::<bool>()) {
        if good {
            bytes.splice(0..0, *b"MATRIX\x02\x01\x00\x03");
        }
        if let Ok(code) = QrCode::parse(&bytes) {
            prop_assert_eq!(code.to_bytes().unwrap(), bytes);
        }
    }
}
