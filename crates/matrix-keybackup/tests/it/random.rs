use core::convert::Infallible;

use matrix_keybackup::{
    BackupDecryptionKey, Cores, SessionToBackUp, encrypt_batch, encrypt_batch_with_ephemerals,
};
use rand_core::{TryCryptoRng, TryRng};

use super::{key, metadata, session};

/// Counts up.
struct Counter(u8);

impl TryRng for Counter {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(7)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(7)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill_with(|| {
            self.0 += 1;
            self.0
        });
        Ok(())
    }
}

impl TryCryptoRng for Counter {}

/// Has nothing to give.
struct Empty;

impl TryRng for Empty {
    type Error = core::fmt::Error;

    fn try_next_u32(&mut self) -> Result<u32, core::fmt::Error> {
        Err(core::fmt::Error)
    }

    fn try_next_u64(&mut self) -> Result<u64, core::fmt::Error> {
        Err(core::fmt::Error)
    }

    fn try_fill_bytes(&mut self, _: &mut [u8]) -> Result<(), core::fmt::Error> {
        Err(core::fmt::Error)
    }
}

impl TryCryptoRng for Empty {}

fn counted(from: u8) -> [u8; 32] {
    core::array::from_fn(|at| from + u8::try_from(at + 1).unwrap())
}

fn two() -> Vec<SessionToBackUp> {
    let to_back_up = |name: &str| SessionToBackUp {
        room_id: "!a".to_owned(),
        session_id: name.to_owned(),
        metadata: metadata(0, 0, true),
        session: session(name),
    };
    vec![to_back_up("1"), to_back_up("2")]
}

#[test]
fn what_draws_has_a_twin_that_takes_the_bytes() {
    let drawn = BackupDecryptionKey::generate(&mut Counter(0)).unwrap();
    assert_eq!(drawn, BackupDecryptionKey::from_bytes(&counted(0)));
    let key = key(1);
    let public = key.public_key();
    assert_eq!(
        public.encrypt(b"x", &mut Counter(0)).unwrap(),
        public.encrypt_with_ephemeral(b"x", &counted(0)).unwrap()
    );
    assert_eq!(
        encrypt_batch(public, &two(), &mut Counter(0), Cores::One, |_| ()).unwrap(),
        encrypt_batch_with_ephemerals(public, &two(), &[counted(0), counted(32)], Cores::One, |_| ())
            .unwrap()
    );
}

#[test]
fn without_randomness_nothing_is_made() {
    assert_eq!(BackupDecryptionKey::generate(&mut Empty).unwrap_err().kind(), "no_randomness");
    assert_eq!(key(1).public_key().encrypt(b"x", &mut Empty).unwrap_err().kind(), "no_randomness");
    let batch = encrypt_batch(key(1).public_key(), &two(), &mut Empty, Cores::One, |_| ());
    assert_eq!(batch.unwrap_err().kind(), "no_randomness");
}

#[cfg(feature = "getrandom")]
#[test]
fn ephemeral_keys_of_the_operating_system_are_fresh() {
    use matrix_keybackup::OsRng;
    let encrypt = || key(1).public_key().encrypt(b"x", &mut OsRng).unwrap();
    assert_ne!(encrypt().ephemeral, encrypt().ephemeral);
}
