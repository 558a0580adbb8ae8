//! QR codes and short authentication strings.

use std::hint::black_box;
use std::time::{Duration, Instant};

use matrix_benches::table::Table;
use matrix_identifiers::{DeviceId, UserId};
use matrix_qr_verify::{Mode, QrCode, Secret};
use matrix_sdk_qrcode::QrVerificationData;
use matrix_signatures::SigningKey;
use matrix_verification::sas::{EphemeralKey, EphemeralPublicKey, KeyAgreement, SasParty};
use rand::{SeedableRng as _, rngs::StdRng};
use vodozemac::sas::Sas;

/// So few runs that a loaded machine does not often interrupt one measurement.
const BATCH: u32 = 100;

pub(crate) fn rows(table: &mut Table) {
    let key = |fill| *SigningKey::from_seed("x", &[fill; 32]).expect("a key").public_key().as_bytes();
    let flow_id = "$VZy9LSyYcvPqjwbBzB3DVjyK0Cmhs1Z6rZtiXbQwJkY";
    let code = QrCode::new(Mode::OtherUser, flow_id, key(1), key(2), Secret::from_bytes(b"0123456789abcdef"));
    let bytes = code.to_bytes().expect("a code");
    table.row(
        "QR bytes → parts",
        || each(BATCH, || QrCode::parse(black_box(&bytes)).is_ok()),
        || each(BATCH, || QrVerificationData::from_bytes(black_box(&bytes)).is_ok()),
    );
    let theirs = QrVerificationData::from_bytes(&bytes).expect("a code");
    table.row(
        "QR parts → bytes",
        || each(BATCH, || black_box(&code).to_bytes().is_ok()),
        || each(BATCH, || black_box(&theirs).to_bytes().is_ok()),
    );

    let (user_id, device_id) =
        (UserId::parse("@alice:a").expect("a user"), DeviceId::parse("A").expect("a device"));
    let other = Sas::new().public_key().to_base64();
    let other = EphemeralPublicKey::from_base64(&other).expect("a key");
    let mut rng = StdRng::from_seed([1; 32]);
    let mut ours = move || {
        let private = EphemeralKey::generate(&mut rng);
        let public = private.public_key();
        let secret = private.agree(black_box(&other)).expect("a secret");
        let party = |public_key| SasParty { user_id, device_id, public_key };
        secret.sas_bytes(KeyAgreement::Curve25519HkdfSha256, party(&public), party(&other), flow_id).emoji()
            [0]
        .index()
            < 64
    };
    let ours = std::cell::RefCell::new(&mut ours);
    table.row(
        "new ephemeral key, agreement and SAS bytes",
        || each(5, || (ours.borrow_mut())()),
        || {
            each(5, || {
                let sas = Sas::new();
                let public = sas.public_key().to_base64();
                let sas = sas.diffie_hellman_with_raw(black_box(&other.to_base64())).expect("a secret");
                let info = format!(
                    "MATRIX_KEY_VERIFICATION_SAS|@alice:a|A|{public}|@alice:a|A|{}|{flow_id}",
                    other.to_base64()
                );
                sas.bytes(&info).emoji_indices()[0] < 64
            })
        },
    );
}

/// The time of one run.
fn each(runs: u32, mut work: impl FnMut() -> bool) -> Duration {
    let start = Instant::now();
    let good = (0..runs).filter(|_| black_box(work())).count();
    let time = start.elapsed();
    assert_eq!(good, runs as usize);
    time / runs
}
