use matrix_qr_verify::{MasterKeyTrust, Mode, QrCode, Secret, ShownCode, scan};
use matrix_verification::{FixedKeys, Method, PartyKeys};

use super::scene::{ALL, NOW, both_ready, fixed, keys, public_key, rng, two_devices, two_users};

use MasterKeyTrust::{NotYet, Trusted};

/// The second side scans bytes; what it says of them.
fn scanned(
    parties: &[PartyKeys; 2],
    bytes: &[u8],
    keys: &FixedKeys,
    trust: MasterKeyTrust,
) -> Result<(), (String, String)> {
    let [_, state] = both_ready(parties, [ALL, ALL]);
    match scan(bytes, state, keys, trust, NOW) {
        Ok(_) => Ok(()),
        Err(refused) => {
            let kind = refused.error.kind().to_owned();
            Err((kind, refused.cancel().0.code().to_string()))
        }
    }
}

fn code(mode: u8, first: u8, second: u8) -> Vec<u8> {
    let (mode, secret) = (Mode::from_byte(mode).unwrap(), Secret::from_bytes(b"12345678"));
    QrCode::new(mode, "abc", *public_key(first).as_bytes(), *public_key(second).as_bytes(), secret)
        .to_bytes()
        .unwrap()
}

fn mismatch() -> Result<(), (String, String)> {
    Err(("key_mismatch".into(), "m.key_mismatch".into()))
}

fn wrong_mode() -> Result<(), (String, String)> {
    Err(("wrong_mode".into(), "m.user_mismatch".into()))
}

#[test]
fn msc1543_mode_0_both_master_keys_are_checked() {
    let parties = two_users();
    let keys = &fixed(&parties)[1];
    let check = |mode, first, second| scanned(&parties, &code(mode, first, second), keys, Trusted);
    assert_eq!(check(0, 11, 12), Ok(()));
    assert_eq!(check(0, 99, 12), mismatch());
    assert_eq!(check(0, 11, 99), mismatch());
    assert_eq!(check(0, 12, 11), mismatch());
    assert_eq!(check(1, 11, 12), wrong_mode());
    assert_eq!(check(2, 11, 12), wrong_mode());
}

#[test]
fn msc1543_mode_1_the_master_key_and_this_devices_key_are_checked() {
    let parties = two_devices();
    let keys = &fixed(&parties)[1];
    for trust in [NotYet, Trusted] {
        let check = |mode, first, second| scanned(&parties, &code(mode, first, second), keys, trust);
        assert_eq!(check(1, 11, 2), Ok(()));
        assert_eq!(check(1, 99, 2), mismatch());
        assert_eq!(check(1, 11, 1), mismatch(), "the other device's key in this one's place");
        assert_eq!(check(0, 11, 2), wrong_mode());
    }
}

#[test]
fn msc1543_mode_2_needs_a_scanner_that_trusts_the_master_key() {
    let parties = two_devices();
    let keys = &fixed(&parties)[1];
    let check = |first, second, trust| scanned(&parties, &code(2, first, second), keys, trust);
    assert_eq!(check(1, 11, Trusted), Ok(()));
    assert_eq!(check(99, 11, Trusted), mismatch());
    assert_eq!(check(1, 99, Trusted), mismatch());
    assert_eq!(check(1, 11, NotYet), Err(("master_key_untrusted".into(), "m.key_mismatch".into())));
}

#[test]
fn msc1543_keys_that_are_not_known_cannot_be_shown_or_checked() {
    let mut parties = two_users();
    parties[0] = keys("@alice:a", "PHONE", 1, None);
    let fixed_keys = fixed(&parties);
    let [one, other] = both_ready(&parties, [ALL, ALL]);
    let show = |ready, keys| ShownCode::new(ready, keys, Trusted, &mut rng(1)).unwrap_err().kind();
    assert_eq!(show(&one, &fixed_keys[0]), "missing_key");
    assert_eq!(show(&other, &fixed_keys[1]), "missing_key");
    assert_eq!(show(&one, &fixed_keys[1]), "wrong_party");
    let missing = Err(("missing_key".to_owned(), "m.key_mismatch".to_owned()));
    assert_eq!(scanned(&parties, &code(0, 11, 12), &fixed_keys[1], Trusted), missing);
    // Of one user, either side may know the master key, but not two.
    let parties = [keys("@alice:a", "A", 1, None), keys("@alice:a", "B", 2, Some(11))];
    let [one, _] = both_ready(&parties, [ALL, ALL]);
    let shown = ShownCode::new(&one, &fixed(&parties)[0], NotYet, &mut rng(1)).unwrap();
    assert_eq!(shown.code().second_key(), public_key(11).as_bytes());
    let parties = [keys("@alice:a", "A", 1, Some(12)), keys("@alice:a", "B", 2, Some(11))];
    let [one, _] = both_ready(&parties, [ALL, ALL]);
    assert_eq!(
        ShownCode::new(&one, &fixed(&parties)[0], NotYet, &mut rng(1)).unwrap_err().kind(),
        "key_mismatch"
    );
    let parties = [keys("@alice:a", "A", 1, None), keys("@alice:a", "B", 2, None)];
    let [one, _] = both_ready(&parties, [ALL, ALL]);
    assert_eq!(
        ShownCode::new(&one, &fixed(&parties)[0], NotYet, &mut rng(1)).unwrap_err().kind(),
        "missing_key"
    );
}

#[test]
fn msc1543_who_cannot_show_or_scan_does_not() {
    let parties = two_users();
    let keys = fixed(&parties);
    let scanner: &[Method] = &[Method::Sas, Method::QrCodeScan, Method::Reciprocate];
    let [one, other] = both_ready(&parties, [scanner, ALL]);
    let refused = ShownCode::new(&one, &keys[0], Trusted, &mut rng(1)).unwrap_err();
    assert_eq!(refused.kind(), "not_announced");
    let shown = ShownCode::new(&other, &keys[1], Trusted, &mut rng(1)).unwrap();
    assert!(scan(&shown.code().to_bytes().unwrap(), one, &keys[0], Trusted, NOW).is_ok());
    let refused = scan(&code(0, 11, 12), other, &keys[1], Trusted, NOW).unwrap_err();
    assert_eq!(
        (refused.error.kind(), refused.cancel().0.code().as_str()),
        ("not_announced", "m.unknown_method")
    );
    let no_reciprocate: &[Method] = &[Method::Sas, Method::QrCodeShow, Method::QrCodeScan];
    let [one, _] = both_ready(&parties, [no_reciprocate, ALL]);
    assert_eq!(ShownCode::new(&one, &keys[0], Trusted, &mut rng(1)).unwrap_err().kind(), "not_announced");
}

#[test]
fn msc1543_what_is_no_code_cancels_as_invalid() {
    let parties = two_users();
    for bytes in [&b""[..], b"MATRIX", b"MATRIX\x03", b"https://matrix.to/#/@a:b", &code(0, 11, 12)[..40]] {
        let refused = scanned(&parties, bytes, &fixed(&parties)[1], Trusted).unwrap_err();
        assert_eq!(refused.1, "m.qr_code.invalid", "{refused:?}");
    }
}
