//! Secret storage and key backup beside the bare primitives of RustCrypto, put together by hand.

use std::hint::black_box;
use std::time::{Duration, Instant};

use aes::Aes256;
use cbc::cipher::{
    BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _, StreamCipher as _, block_padding::Pkcs7,
};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use matrix_benches::table::Table;
use matrix_keybackup::{BackupDecryptionKey, BackupPublicKey};
use matrix_ssss::{Iv, Limits, PassphraseInfo, SecretStorageKey};
use sha2::{Sha256, Sha512};
use x25519_dalek::{PublicKey, StaticSecret};

const KEY: [u8; 32] = [7; 32];
const NAME: &str = "m.cross_signing.master";
const ITERATIONS: u32 = 50_000;

pub(crate) fn rows(table: &mut Table) {
    passphrase(table);
    for size in [44, 4096] {
        secrets(table, size);
    }
    for size in [700, 8192] {
        sessions(table, size);
    }
}

/// The mean time of some runs: the processor's where Linux tells it, as differences of a few percent drown in what else
/// a machine does; else the clock's.
fn each<T>(runs: u32, mut work: impl FnMut() -> T) -> Duration {
    let (start, on_cpu) = (Instant::now(), cpu_time());
    for _ in 0..runs {
        black_box(work());
    }
    let clock = start.elapsed();
    cpu_time().zip(on_cpu).map_or(clock, |(end, start)| end - start) / runs
}

/// The time that this thread has run, which the kernel counts at least every few milliseconds.
fn cpu_time() -> Option<Duration> {
    // Gives the processor up, so that the kernel counts what was run so far.
    std::thread::yield_now();
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(stat.split(' ').next()?.parse().ok()?))
}

fn passphrase(table: &mut Table) {
    let (passphrase, salt) = ("correct horse battery staple", "IuLnH7S85YtZmkkBJKwNUKxWF42g9O1H");
    let info = PassphraseInfo { salt: salt.to_owned(), iterations: ITERATIONS.into(), bits: None };
    table.row(
        "key from a passphrase, 50000 iterations",
        || each(1, || info.derive(black_box(passphrase), &Limits::default()).expect("a key")),
        || {
            each(1, || {
                let mut key = [0; 32];
                pbkdf2::pbkdf2_hmac::<Sha512>(
                    black_box(passphrase.as_bytes()),
                    salt.as_bytes(),
                    ITERATIONS,
                    &mut key,
                );
                key
            })
        },
    );
}

fn secrets(table: &mut Table, size: usize) {
    const RUNS: u32 = 4_000;
    let key = SecretStorageKey::from_bytes(&KEY).expect("a key");
    let (text, iv) = ("x".repeat(size), Iv::from_random([9; 16]));
    let encrypted = key.encrypt_with_iv(NAME, &text, iv).expect("a secret");
    table.row(
        &format!("encrypt a secret of {size} bytes"),
        || each(RUNS, || key.encrypt_with_iv(NAME, black_box(&text), iv).expect("a secret")),
        || each(RUNS, || bare_encrypt(black_box(&text), iv.as_bytes())),
    );
    table.row(
        &format!("decrypt a secret of {size} bytes"),
        || each(RUNS, || key.decrypt(NAME, black_box(&encrypted)).expect("a secret")),
        || each(RUNS, || bare_decrypt(black_box(&encrypted.ciphertext), iv.as_bytes(), &encrypted.mac)),
    );
}

fn secret_keys() -> [u8; 64] {
    let mut keys = [0; 64];
    Hkdf::<Sha256>::new(Some(&[0; 32]), black_box(&KEY)).expand(NAME.as_bytes(), &mut keys).expect("keys");
    keys
}

fn bare_encrypt(text: &str, iv: &[u8; 16]) -> (Vec<u8>, [u8; 32]) {
    let keys = secret_keys();
    let mut data = text.as_bytes().to_vec();
    ctr::Ctr64BE::<Aes256>::new_from_slices(&keys[..32], iv).expect("a cipher").apply_keystream(&mut data);
    let mut mac = Hmac::<Sha256>::new_from_slice(&keys[32..]).expect("a mac");
    mac.update(&data);
    (data, mac.finalize().into_bytes().into())
}

fn bare_decrypt(ciphertext: &[u8], iv: &[u8; 16], expected: &[u8]) -> String {
    let keys = secret_keys();
    let mut mac = Hmac::<Sha256>::new_from_slice(&keys[32..]).expect("a mac");
    mac.update(ciphertext);
    mac.verify_slice(expected).expect("the mac");
    let mut data = ciphertext.to_vec();
    ctr::Ctr64BE::<Aes256>::new_from_slices(&keys[..32], iv).expect("a cipher").apply_keystream(&mut data);
    String::from_utf8(data).expect("text")
}

fn sessions(table: &mut Table, size: usize) {
    const RUNS: u32 = 100;
    let key = BackupDecryptionKey::from_bytes(&KEY);
    let public: BackupPublicKey = *key.public_key();
    let (plaintext, ephemeral) = (vec![b'x'; size], [9; 32]);
    let encrypted = public.encrypt_with_ephemeral(&plaintext, &ephemeral).expect("a session");
    table.row(
        &format!("encrypt a session of {size} bytes"),
        || {
            each(RUNS, || {
                public.encrypt_with_ephemeral(black_box(&plaintext), &ephemeral).expect("a session")
            })
        },
        || each(RUNS, || bare_seal(black_box(&plaintext), *public.as_bytes(), ephemeral)),
    );
    table.row(
        &format!("decrypt a session of {size} bytes"),
        || each(RUNS, || key.decrypt_bytes(black_box(&encrypted)).expect("a session")),
        || {
            each(RUNS, || {
                bare_open(black_box(&encrypted.ciphertext), *encrypted.ephemeral.as_bytes(), &encrypted.mac)
            })
        },
    );
}

fn session_keys(secret: &StaticSecret, public: [u8; 32]) -> [u8; 80] {
    let shared = secret.diffie_hellman(&PublicKey::from(public));
    let mut keys = [0; 80];
    Hkdf::<Sha256>::new(Some(&[0; 32]), shared.as_bytes()).expand(&[], &mut keys).expect("keys");
    keys
}

fn bare_seal(plaintext: &[u8], public: [u8; 32], ephemeral: [u8; 32]) -> (Vec<u8>, [u8; 32], [u8; 32]) {
    let ephemeral = StaticSecret::from(ephemeral);
    let keys = session_keys(&ephemeral, public);
    let mut data = vec![0; (plaintext.len() / 16 + 1) * 16];
    data[..plaintext.len()].copy_from_slice(plaintext);
    let cipher = cbc::Encryptor::<Aes256>::new_from_slices(&keys[..32], &keys[64..]).expect("a cipher");
    cipher.encrypt_padded::<Pkcs7>(&mut data, plaintext.len()).expect("room");
    let mac = Hmac::<Sha256>::new_from_slice(&keys[32..64]).expect("a mac");
    (data, PublicKey::from(&ephemeral).to_bytes(), mac.finalize().into_bytes().into())
}

fn bare_open(ciphertext: &[u8], ephemeral: [u8; 32], expected: &[u8]) -> Vec<u8> {
    let keys = session_keys(&StaticSecret::from(KEY), ephemeral);
    let mac = Hmac::<Sha256>::new_from_slice(&keys[32..64]).expect("a mac");
    mac.verify_truncated_left(expected).expect("the mac");
    let mut data = ciphertext.to_vec();
    let cipher = cbc::Decryptor::<Aes256>::new_from_slices(&keys[..32], &keys[64..]).expect("a cipher");
    let length = cipher.decrypt_padded::<Pkcs7>(&mut data).expect("padding").len();
    data.truncate(length);
    data
}
