use core::convert::Infallible;

use matrix_ssss::{
    Iv, KeyDescription, KeyId, PassphraseInfo, RecoveryKey, RequestId, Secret, SecretStorageKey,
};
use rand_core::{TryCryptoRng, TryRng};

use super::{Account, id, iv, key};

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

fn first<const N: usize>() -> [u8; N] {
    core::array::from_fn(|at| u8::try_from(at + 1).unwrap())
}

#[test]
fn what_draws_has_a_twin_that_takes_the_bytes() {
    let fresh = || Counter(0);
    assert_eq!(RecoveryKey::generate(&mut fresh()).unwrap(), RecoveryKey::from_bytes(&first()));
    assert_eq!(SecretStorageKey::generate(&mut fresh()).unwrap().as_bytes(), first::<32>());
    assert_eq!(Iv::generate(&mut fresh()).unwrap(), Iv::from_random(first()));
    assert_eq!(KeyId::generate(&mut fresh()).unwrap(), KeyId::from_random(&first()));
    assert_eq!(RequestId::generate(&mut fresh()).unwrap(), RequestId::from_random(&first()));
    assert_eq!(PassphraseInfo::generate(&mut fresh()).unwrap(), PassphraseInfo::from_random(&first()));
    let iv_of_first = Iv::from_random(first());
    assert_eq!(
        KeyDescription::generate(&key(1), &mut fresh()).unwrap(),
        KeyDescription::new(&key(1), iv_of_first).unwrap()
    );
    assert_eq!(
        key(1).encrypt("m.x", "swordfish", &mut fresh()).unwrap(),
        key(1).encrypt_with_iv("m.x", "swordfish", iv_of_first).unwrap()
    );
    let account = Account::with_keys();
    let (storage, secret, home, work) = (account.storage(), Secret::new("x"), id("home"), id("work"));
    let second = Iv::from_random(core::array::from_fn(|at| u8::try_from(at + 17).unwrap()));
    assert_eq!(
        storage.store("m.y", &secret, &[(&home, &key(1)), (&work, &key(2))], &mut fresh()).unwrap(),
        storage
            .store_with_ivs("m.y", &secret, &[(&home, &key(1), iv_of_first), (&work, &key(2), second)])
            .unwrap(),
        "each key has an initialization vector of its own"
    );
    let (opens, added) = ((&home, &key(1)), (&work, &key(2)));
    assert_eq!(
        storage.add_key_to_secret("m.test", opens, added, &mut fresh()).unwrap(),
        storage.add_key_to_secret_with_iv("m.test", opens, added, iv_of_first).unwrap()
    );
}

#[test]
fn without_randomness_nothing_is_made() {
    assert_eq!(RecoveryKey::generate(&mut Empty).unwrap_err().kind(), "no_randomness");
    assert_eq!(SecretStorageKey::generate(&mut Empty).unwrap_err().kind(), "no_randomness");
    assert_eq!(key(1).encrypt("m.x", "swordfish", &mut Empty).unwrap_err().kind(), "no_randomness");
    assert_eq!(KeyId::generate(&mut Empty).unwrap_err().kind(), "no_randomness");
    assert_eq!(PassphraseInfo::generate(&mut Empty).unwrap_err().kind(), "no_randomness");
}

#[cfg(feature = "getrandom")]
#[test]
fn the_operating_systems_generator_fits() {
    use matrix_ssss::OsRng;
    assert_ne!(RecoveryKey::generate(&mut OsRng).unwrap(), RecoveryKey::generate(&mut OsRng).unwrap());
    let encrypted = key(1).encrypt("m.x", "swordfish", &mut OsRng).unwrap();
    assert_eq!(encrypted.iv.as_bytes()[8] & 0x80, 0);
    assert_ne!(encrypted.iv, iv(0));
}
