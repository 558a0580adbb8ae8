use matrix_ssss::{DEFAULT_ITERATIONS, Error, KeyDescription, Limits, PassphraseInfo};

use super::{iv, key, object};

fn info(iterations: i64, bits: Option<i64>) -> PassphraseInfo {
    PassphraseInfo { salt: "MmMsAlty".to_owned(), iterations, bits }
}

fn derive(iterations: i64, bits: Option<i64>, limits: &Limits) -> Result<usize, Error> {
    info(iterations, bits).derive("swordfish", limits).map(|key| key.as_bytes().len())
}

#[test]
fn msc2472_bits_are_256_unless_said_otherwise() {
    let limits = Limits::default();
    for (bits, bytes) in
        [(None, 32), (Some(256), 32), (Some(8), 1), (Some(128), 16), (Some(520), 65), (Some(4096), 512)]
    {
        assert_eq!(derive(1, bits, &limits), Ok(bytes), "{bits:?}");
    }
    // A shorter key is the start of a longer one.
    let long = info(3, Some(1024)).derive("a", &limits).unwrap();
    assert_eq!(info(3, None).derive("a", &limits).unwrap().as_bytes(), &long.as_bytes()[..32]);
}

#[test]
fn msc2472_absurd_bits_are_refused() {
    for bits in [0, -8, 7, 255, 4104, 1 << 40, i64::MIN, i64::MAX] {
        assert_eq!(
            derive(1, Some(bits), &Limits::default()),
            Err(Error::BitsOutOfRange { found: bits, max: 4096 }),
            "{bits}"
        );
    }
}

#[test]
fn absurd_iterations_are_refused_before_any_work() {
    for iterations in [0, -1, 10_000_001, 1 << 32, (1 << 32) + 1, i64::MIN, i64::MAX] {
        let refused = Err(Error::IterationsOutOfRange { found: iterations, max: 10_000_000 });
        assert_eq!(derive(iterations, None, &Limits::default()), refused, "{iterations}");
    }
}

#[test]
fn caps_are_the_callers_and_count_every_block() {
    let limits = Limits { max_iterations: 10, max_bits: 1024 };
    assert_eq!(derive(10, Some(512), &limits), Ok(64));
    assert_eq!(derive(11, None, &limits).unwrap_err().kind(), "iterations_out_of_range");
    assert_eq!(derive(6, Some(520), &limits), Err(Error::IterationsOutOfRange { found: 6, max: 5 }));
    assert_eq!(derive(5, Some(520), &limits), Ok(65));
    assert_eq!(derive(1, Some(1032), &limits).unwrap_err().kind(), "bits_out_of_range");
    // Nothing at all is allowed: still an error and no crash.
    let nothing = Limits { max_iterations: 0, max_bits: u32::MAX };
    assert_eq!(
        derive(1, Some(i64::from(u32::MAX) - 7), &nothing).unwrap_err().kind(),
        "iterations_out_of_range"
    );
}

#[test]
fn unknown_algorithms_are_refused_when_the_passphrase_is_read() {
    let read = |json: &str| PassphraseInfo::from_object(&object(json)).unwrap_err();
    for (json, error) in [
        (r#"{"algorithm":"m.argon2","salt":"a","iterations":1}"#, "unsupported_passphrase_algorithm"),
        (r#"{"salt":"a","iterations":1}"#, "missing_field"),
        (r#"{"algorithm":"m.pbkdf2","iterations":1}"#, "missing_field"),
        (r#"{"algorithm":"m.pbkdf2","salt":"a"}"#, "missing_field"),
        (r#"{"algorithm":"m.pbkdf2","salt":1,"iterations":1}"#, "invalid_field"),
        (r#"{"algorithm":"m.pbkdf2","salt":"a","iterations":"1"}"#, "invalid_field"),
        (r#"{"algorithm":"m.pbkdf2","salt":"a","iterations":1,"bits":"256"}"#, "invalid_field"),
    ] {
        assert_eq!(read(json).kind(), error, "{json}");
    }
}

#[test]
fn a_passphrase_nobody_understands_leaves_the_key_usable() {
    let mut content = KeyDescription::new(&key(1), iv(1)).unwrap().content().clone();
    content.insert("passphrase", object(r#"{"algorithm":"m.argon2"}"#));
    let description = KeyDescription::from_object(&content).unwrap();
    assert_eq!(description.passphrase().unwrap_err().kind(), "unsupported_passphrase_algorithm");
    assert_eq!(description.check(&key(1)).unwrap().as_str(), "match");
}

#[test]
fn descriptions_are_written_as_they_are_read() {
    let json = r#"{"algorithm":"m.pbkdf2","bits":128,"iterations":100000,"salt":"MmMsAlty"}"#;
    let info = PassphraseInfo::from_object(&object(json)).unwrap();
    assert_eq!(info.to_object().unwrap().to_string(), json);
    let description = KeyDescription::new(&key(1), iv(1)).unwrap().with_passphrase(&info).unwrap();
    let read = KeyDescription::from_object(description.content()).unwrap();
    assert_eq!(read.passphrase().unwrap(), Some(info));
    let beyond = PassphraseInfo { iterations: i64::MAX, ..PassphraseInfo::from_random(&[0; 24]) };
    assert_eq!(beyond.to_object().unwrap_err().kind(), "invalid_field");
}

#[test]
fn new_salts_are_text_of_32_characters() {
    let info = PassphraseInfo::from_random(&[0xff; 24]);
    assert_eq!((info.salt.as_str(), info.iterations), ("_".repeat(32).as_str(), DEFAULT_ITERATIONS.into()));
}
