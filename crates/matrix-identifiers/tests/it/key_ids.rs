use matrix_identifiers::{
    DeviceId, DeviceKeyId, Error, OwnedDeviceKeyId, OwnedServerSigningKeyId, ServerSigningKeyId,
};

#[test]
fn server_key_ids_have_an_algorithm_and_an_ascii_version() {
    let id = ServerSigningKeyId::parse("ed25519:a_XyZ9").unwrap();
    assert_eq!((id.algorithm(), id.version()), ("ed25519", "a_XyZ9"));
    for (text, error) in [
        ("", Error::Empty),
        ("ed25519", Error::MissingColon),
        (":1", Error::MissingAlgorithm),
        (":", Error::MissingAlgorithm),
        ("ed25519:", Error::MissingKeyVersion),
        ("ed25519:a-b", Error::InvalidCharacter { offset: 9, character: '-' }),
        ("ed25519:a:b", Error::InvalidCharacter { offset: 9, character: ':' }),
        ("ed25519:é", Error::InvalidCharacter { offset: 8, character: 'é' }),
        ("ed25519:\u{661}", Error::InvalidCharacter { offset: 8, character: '\u{661}' }),
    ] {
        assert_eq!(ServerSigningKeyId::parse(text), Err(error), "{text}");
    }
}

#[test]
fn key_ids_are_made_from_their_halves() {
    assert_eq!(OwnedServerSigningKeyId::new("ed25519", "1").unwrap(), "ed25519:1");
    assert_eq!(OwnedServerSigningKeyId::new("ed25519", ""), Err(Error::MissingKeyVersion));
    assert!(OwnedServerSigningKeyId::new("a:b", "1").is_err());

    let device = DeviceId::parse("A:B").unwrap();
    let id = OwnedDeviceKeyId::new("ed25519", device).unwrap();
    assert_eq!((id.algorithm(), id.device_id()), ("ed25519", device));
    assert_eq!(OwnedDeviceKeyId::new("", device), Err(Error::MissingAlgorithm));
    assert_eq!(
        OwnedDeviceKeyId::new("a:b", device),
        Err(Error::InvalidCharacter { offset: 1, character: ':' })
    );
}

#[test]
fn device_key_ids_end_the_algorithm_at_the_first_colon() {
    let id = DeviceKeyId::parse("ed25519:nqOvzeuGWT/sRx3h7+MHoInYj3Uk2LD/unI9kDYcHwk").unwrap();
    assert_eq!(id.device_id(), "nqOvzeuGWT/sRx3h7+MHoInYj3Uk2LD/unI9kDYcHwk");
    assert_eq!(DeviceKeyId::parse("x:").unwrap().device_id(), "");
    assert_eq!(DeviceKeyId::parse(""), Err(Error::Empty));
    assert_eq!(DeviceKeyId::parse("x"), Err(Error::MissingColon));
    assert_eq!(DeviceKeyId::parse(":D"), Err(Error::MissingAlgorithm));
}

#[test]
fn any_string_is_a_device_id() {
    for text in ["", "JLAFKJWSCS", "é \0"] {
        assert_eq!(DeviceId::parse(text).unwrap(), text);
    }
}
