use matrix_keybackup::{
    BackupPublicKey, Cores, Error, MAX_BATCH, PROGRESS_STEP, Progress, SessionToBackUp, decrypt_all,
    encrypt_batch_with_ephemerals,
};

use super::{key, metadata, object, session};

fn sessions(count: usize) -> Vec<SessionToBackUp> {
    let to_back_up = |number: usize| SessionToBackUp {
        room_id: format!("!room{}", number % 3),
        session_id: format!("session{number:05}"),
        metadata: metadata(number as u64, 0, number.is_multiple_of(2)),
        session: session(&format!("key {number}")),
    };
    (0..count).map(to_back_up).collect()
}

fn ephemerals(count: usize) -> Vec<[u8; 32]> {
    (0..count).map(|number| core::array::from_fn(|at| (number >> (at % 4 * 8)) as u8)).collect()
}

/// How far it had come each time that progress was told.
fn steps(total: usize) -> Vec<Progress> {
    (1..=total.div_ceil(PROGRESS_STEP))
        .map(|step| Progress { done: (step * PROGRESS_STEP).min(total), total })
        .collect()
}

fn round_trip(count: usize, cores: Cores) {
    let (key, sessions) = (key(1), sessions(count));
    let mut told = Vec::new();
    let upload =
        encrypt_batch_with_ephemerals(key.public_key(), &sessions, &ephemerals(count), cores, |progress| {
            told.push(progress);
        })
        .unwrap();
    assert_eq!(told, steps(count));
    assert_eq!(upload.len(), count);
    told.clear();
    let (mut restored, failed) = decrypt_all(&key, &upload, cores, |progress| told.push(progress));
    assert_eq!((told, failed.len()), (steps(count), 0));
    restored.sort_by(|a, b| a.session_id.cmp(&b.session_id));
    for (restored, session) in restored.iter().zip(&sessions) {
        assert_eq!((&restored.room_id, &restored.session_id), (&session.room_id, &session.session_id));
        assert_eq!((&restored.metadata, &restored.session), (&session.metadata, &session.session));
    }
    assert_eq!(restored.len(), count);
}

#[test]
fn batches_come_back_and_tell_their_progress() {
    for count in [0, 1, PROGRESS_STEP, PROGRESS_STEP + 1, 3 * PROGRESS_STEP] {
        round_trip(count, Cores::One);
    }
}

#[cfg(feature = "rayon")]
#[test]
fn all_cores_give_what_one_gives() {
    round_trip(5 * PROGRESS_STEP + 7, Cores::All);
    let (sessions, ephemerals) = (sessions(300), ephemerals(300));
    let with =
        |cores| encrypt_batch_with_ephemerals(key(1).public_key(), &sessions, &ephemerals, cores, |_| ());
    assert_eq!(with(Cores::All), with(Cores::One));
}

#[test]
fn a_batch_has_10_000_sessions_at_most_and_a_key_for_each() {
    assert_eq!(MAX_BATCH, 10_000);
    let (sessions, ephemerals) = (sessions(MAX_BATCH + 1), ephemerals(MAX_BATCH + 1));
    let encrypt = |sessions: &[_], ephemerals: &[_]| {
        encrypt_batch_with_ephemerals(key(1).public_key(), sessions, ephemerals, Cores::One, |_| ())
            .unwrap_err()
    };
    assert_eq!(encrypt(&sessions, &ephemerals), Error::BatchTooLarge { found: 10_001 });
    assert_eq!(encrypt(&sessions[..2], &ephemerals[..1]), Error::EphemeralCount { found: 1, expected: 2 });
    let (whole, ephemerals) = (&sessions[..MAX_BATCH], &ephemerals[..MAX_BATCH]);
    let mut calls = 0;
    let upload =
        encrypt_batch_with_ephemerals(key(1).public_key(), whole, ephemerals, Cores::default(), |_| {
            calls += 1
        });
    assert_eq!((upload.unwrap().len(), calls), (10_000, 157));
}

#[test]
fn a_useless_key_encrypts_no_batch() {
    let zero = BackupPublicKey::from_bytes(&[0; 32]);
    let result = encrypt_batch_with_ephemerals(&zero, &sessions(2), &ephemerals(2), Cores::One, |_| ());
    assert_eq!(result.unwrap_err(), Error::NonContributory);
}

#[test]
fn sessions_that_do_not_decrypt_are_named_and_the_others_restored() {
    let key = key(1);
    let mut upload =
        encrypt_batch_with_ephemerals(key.public_key(), &sessions(3), &ephemerals(3), Cores::One, |_| ())
            .unwrap();
    let mut broken = upload.get("!room1", "session00001").unwrap().clone();
    broken.session_data = object(r#"{"ephemeral":"AAAA"}"#);
    upload.insert("!room1", "session00001", broken);
    let (restored, failed) = decrypt_all(&key, &upload, Cores::One, |_| ());
    assert_eq!(restored.len(), 2);
    assert_eq!((failed[0].session_id.as_str(), failed[0].error.kind()), ("session00001", "invalid_length"));
    let (restored, failed) = decrypt_all(&super::key(2), &upload, Cores::One, |_| ());
    assert_eq!((restored.len(), failed.len()), (0, 3));
}
