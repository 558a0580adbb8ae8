use matrix_ssss::{Error, RecoveryKey, SecretStorageKey};

use super::bytes;

const TEXT: &str = "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d";

/// Base58 of any bytes, by division of a long number.
fn base58(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let mut number = bytes.to_vec();
    let mut text = Vec::new();
    while number.iter().any(|byte| *byte != 0) {
        let mut rest = 0;
        for byte in &mut number {
            let value = rest * 256 + u32::from(*byte);
            *byte = u8::try_from(value / 58).unwrap();
            rest = value % 58;
        }
        text.push(char::from(DIGITS[rest as usize]));
    }
    text.extend(bytes.iter().take_while(|byte| **byte == 0).map(|_| '1'));
    text.iter().rev().collect()
}

fn with_parity(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.push(bytes.iter().fold(0, |parity, byte| parity ^ byte));
    bytes
}

fn kind(text: &str) -> &'static str {
    RecoveryKey::parse(text).unwrap_err().kind()
}

#[test]
fn any_white_space_is_passed_over() {
    let key = RecoveryKey::parse(TEXT).unwrap();
    let digits: String = TEXT.chars().filter(|char| *char != ' ').collect();
    for text in [
        digits.clone(),
        digits.chars().map(|digit| format!("{digit}\u{a0}\t")).collect(),
        format!("\r\n\u{2003}{digits}\u{3000}\n"),
        TEXT.replace(' ', "\u{2028}"),
    ] {
        assert_eq!(RecoveryKey::parse(&text).unwrap(), key, "{text:?}");
        assert_eq!(text.parse::<RecoveryKey>().unwrap(), key);
    }
    assert_eq!(key.encode().as_str(), TEXT);
}

#[test]
fn every_fault_has_its_own_error() {
    let mut sound = vec![0x8b, 0x01];
    sound.extend([7; 32]);
    assert!(RecoveryKey::parse(&base58(&with_parity(sound.clone()))).is_ok());
    for (fault, text) in [
        ("recovery_key_empty", String::new()),
        ("recovery_key_empty", " \n\t\u{a0}".to_owned()),
        ("recovery_key_alphabet", TEXT.replace('d', "0")),
        ("recovery_key_alphabet", TEXT.replace('d', "-")),
        ("recovery_key_alphabet", TEXT.replace(' ', "\u{200b}")),
        ("recovery_key_alphabet", TEXT.replace('d', "é")),
        ("recovery_key_length", base58(&with_parity(sound[..33].to_vec()))),
        ("recovery_key_length", base58(&with_parity([sound.clone(), vec![0]].concat()))),
        ("recovery_key_length", base58(&[0, 0, 0])),
        ("recovery_key_length", format!("1{}", base58(&with_parity(sound.clone())))),
        ("recovery_key_length", "z".repeat(100_000)),
        ("recovery_key_length", "1".repeat(64)),
        ("recovery_key_prefix", base58(&with_parity([vec![0x8b, 0x02], vec![7; 32]].concat()))),
        ("recovery_key_prefix", base58(&with_parity([vec![0x8a, 0x01], vec![7; 32]].concat()))),
        ("recovery_key_prefix", "1".repeat(35)),
        ("recovery_key_parity", base58(&[sound.clone(), vec![0]].concat())),
    ] {
        assert_eq!(kind(&text), fault, "{text:.80}");
    }
}

/// A mistake in one digit changes the parity byte or what stands before the key, or is not noticed in 1 of 256 cases:
/// it never gives the same key.
#[test]
fn a_mistyped_digit_never_gives_the_same_key() {
    let key = RecoveryKey::parse(TEXT).unwrap();
    for at in (0..TEXT.len()).filter(|at| &TEXT[*at..=*at] != " ") {
        for digit in ["2", "Z", "z"].into_iter().filter(|digit| &TEXT[at..=at] != *digit) {
            let text = [&TEXT[..at], digit, &TEXT[at + 1..]].concat();
            assert_ne!(RecoveryKey::parse(&text).ok(), Some(key.clone()), "{text}");
        }
    }
}

#[test]
fn errors_say_where_and_never_what_was_typed() {
    let error = RecoveryKey::parse("EsTc \u{e9}LW2K").unwrap_err();
    assert_eq!(error, Error::RecoveryKeyAlphabet { offset: 5 });
    for text in ["EsTcLW2K", &TEXT.replace('d', "e"), &TEXT.replace("EsTc", "EsT0")] {
        let error = RecoveryKey::parse(text).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("EsT"), "{error:?}");
    }
}

#[test]
fn keys_of_32_bytes_alone_have_a_recovery_key() {
    let key = bytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    let recovery = SecretStorageKey::from_bytes(&key).unwrap().to_recovery_key().unwrap();
    assert_eq!(recovery.encode().as_str(), "EsSz ykH7 LCZx 7Cae cmKD wcmY JRXi Ybtu 8iQ3 t8Ez nRwK pUY1");
    assert_eq!(SecretStorageKey::from(&recovery).as_bytes(), key);
    let short = SecretStorageKey::from_bytes(&key[..16]).unwrap();
    assert_eq!(short.to_recovery_key().unwrap_err(), Error::KeySize { bytes: 16 });
    assert_eq!(SecretStorageKey::from_bytes(&[]).unwrap_err(), Error::EmptyKey);
}
