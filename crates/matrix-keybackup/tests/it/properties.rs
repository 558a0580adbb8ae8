use matrix_canonicaljson::Object;
use matrix_keybackup::{BackedUpSession, BackupDecryptionKey, EncryptedSession, Keep, better};
use proptest::prelude::*;

use super::{metadata, session};

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn what_is_encrypted_comes_back(
        key: [u8; 32], ephemeral: [u8; 32], plaintext in prop::collection::vec(any::<u8>(), 0..300)
    ) {
        let key = BackupDecryptionKey::from_bytes(&key);
        let encrypted = key.public_key().encrypt_with_ephemeral(&plaintext, &ephemeral).unwrap();
        let written: Object = encrypted.to_object().to_string().parse().unwrap();
        let read = EncryptedSession::from_object(&written).unwrap();
        let decrypted = key.decrypt_bytes(&read).unwrap();
        prop_assert_eq!(decrypted.as_bytes(), plaintext);
    }

    #[test]
    fn sessions_come_back(session_key: String, chain: Vec<String>, sender: String) {
        let mut session = session(&session_key);
        session.forwarding_curve25519_key_chain = chain;
        session.sender_key = sender;
        prop_assert_eq!(BackedUpSession::from_json(session.to_json().as_bytes()).unwrap(), session);
    }

    #[test]
    fn of_two_keys_one_is_better_or_they_are_alike(a: (u8, u8, bool), b: (u8, u8, bool)) {
        let [one, two] = [a, b].map(|(index, forwarded, verified)| metadata(index.into(), forwarded.into(), verified));
        let (there, back) = (better(&one, &two), better(&two, &one));
        prop_assert_eq!((there, back) == (Keep::Existing, Keep::Existing), one == two);
        prop_assert!((there, back) != (Keep::Candidate, Keep::Candidate));
    }
}
