use matrix_canonicaljson::Object;
use matrix_ssss::{EncryptedSecret, Iv, KeyDescription, RecoveryKey, SecretStorageKey};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn recovery_keys_come_back(bytes: [u8; 32]) {
        let text = RecoveryKey::from_bytes(&bytes).encode();
        let groups: Vec<&str> = text.as_str().split(' ').collect();
        prop_assert!(groups.len() == 12 && groups.iter().all(|group| group.len() == 4));
        let key = RecoveryKey::parse(text.as_str()).unwrap();
        prop_assert_eq!(key.as_bytes(), &bytes);
    }

    #[test]
    fn text_is_read_or_refused(text: String) {
        _ = RecoveryKey::parse(&text);
    }

    #[test]
    fn secrets_come_back(
        key in prop::collection::vec(any::<u8>(), 1..80), name: String, secret: String, iv: [u8; 16]
    ) {
        let key = SecretStorageKey::from_bytes(&key).unwrap();
        let encrypted = key.encrypt_with_iv(&name, &secret, Iv::from_random(iv)).unwrap();
        prop_assert_eq!(encrypted.ciphertext.len(), secret.len());
        let written: Object = encrypted.to_object().to_string().parse().unwrap();
        let read = EncryptedSecret::from_object(&written).unwrap();
        let opened = key.decrypt(&name, &read).unwrap();
        prop_assert_eq!(opened.as_str(), secret);
    }

    #[test]
    fn descriptions_come_back(bytes in prop::collection::vec(any::<u8>(), 1..80), iv: [u8; 16], name: String) {
        let key = SecretStorageKey::from_bytes(&bytes).unwrap();
        let description = KeyDescription::new(&key, Iv::from_random(iv)).unwrap().with_name(&name);
        let written: Object = description.content().to_string().parse().unwrap();
        let read = KeyDescription::from_object(&written).unwrap();
        prop_assert_eq!(read.check(&key).unwrap().as_str(), "match");
        prop_assert_eq!(read, description);
    }
}
