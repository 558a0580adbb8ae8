use rand_core::TryCryptoRng;
use zeroize::Zeroizing;

use crate::{
    backed_up_session::BackedUpSession,
    better::KeyMetadata,
    decryption_key::BackupDecryptionKey,
    encrypted_session::EncryptedSession,
    error::Error,
    public_key::BackupPublicKey,
    room_keys::{KeyBackupData, RoomKeys},
};

/// As many sessions go into one batch, and so into one upload, at most.
pub const MAX_BATCH: usize = 10_000;

/// After so many sessions progress is told.
pub const PROGRESS_STEP: usize = 64;

/// A session to be backed up, and what belongs to its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionToBackUp {
    /// The room.
    pub room_id: String,
    /// The ID of the session.
    pub session_id: String,
    /// What keys are compared by.
    pub metadata: KeyMetadata,
    /// The session.
    pub session: BackedUpSession,
}

/// A session from a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoredSession {
    /// The room, as the server has it.
    pub room_id: String,
    /// The ID of the session, as the server has it; see [`BackedUpSession::session_id`].
    pub session_id: String,
    /// What keys are compared by.
    pub metadata: KeyMetadata,
    /// The session.
    pub session: BackedUpSession,
}

/// A session from a backup that cannot be decrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedSession {
    /// The room.
    pub room_id: String,
    /// The ID of the session.
    pub session_id: String,
    /// Why not.
    pub error: Error,
}

/// On which cores a batch is worked off. The result is the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cores {
    /// On the one that the caller runs on.
    #[default]
    One,
    /// On all that the thread pool of rayon has.
    #[cfg(feature = "rayon")]
    All,
}

/// How far a batch has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many sessions are done.
    pub done: usize,
    /// How many there are.
    pub total: usize,
}

/// Encrypts a batch of sessions for one upload; larger numbers come in `chunks(MAX_BATCH)`.
///
/// `progress` is called on the caller's thread, after every [`PROGRESS_STEP`] sessions and after the last.
/// [`encrypt_batch_with_ephemerals`] takes the private ephemeral keys instead of drawing them.
///
/// # Errors
///
/// [`Error::BatchTooLarge`], [`Error::NoRandomness`], [`Error::NonContributory`] if the backup's key is of small order.
pub fn encrypt_batch<R: TryCryptoRng + ?Sized>(
    key: &BackupPublicKey,
    sessions: &[SessionToBackUp],
    rng: &mut R,
    cores: Cores,
    progress: impl FnMut(Progress),
) -> Result<RoomKeys, Error> {
    check_size(sessions)?;
    let mut ephemerals = Zeroizing::new(vec![[0; 32]; sessions.len()]);
    for ephemeral in ephemerals.iter_mut() {
        rng.try_fill_bytes(ephemeral).map_err(|_| Error::NoRandomness)?;
    }
    encrypt_batch_with_ephemerals(key, sessions, &ephemerals, cores, progress)
}

/// Encrypts a batch of sessions, each with its own private ephemeral key, which must be random and used only once.
///
/// # Errors
///
/// [`Error::BatchTooLarge`], [`Error::EphemeralCount`], [`Error::NonContributory`] if the backup's key is of small order.
pub fn encrypt_batch_with_ephemerals(
    key: &BackupPublicKey,
    sessions: &[SessionToBackUp],
    ephemerals: &[[u8; 32]],
    cores: Cores,
    progress: impl FnMut(Progress),
) -> Result<RoomKeys, Error> {
    check_size(sessions)?;
    if ephemerals.len() != sessions.len() {
        return Err(Error::EphemeralCount { found: ephemerals.len(), expected: sessions.len() });
    }
    let work: Vec<_> = sessions.iter().zip(ephemerals).collect();
    let encrypt = |(session, ephemeral): &(&SessionToBackUp, &[u8; 32])| {
        key.encrypt_with_ephemeral(session.session.to_json().as_bytes(), ephemeral)
    };
    let encrypted = in_steps(&work, encrypt, cores, progress);
    let mut keys = RoomKeys::new();
    for (session, encrypted) in sessions.iter().zip(encrypted) {
        let key = KeyBackupData { metadata: session.metadata, session_data: encrypted?.to_object() };
        keys.insert(&session.room_id, &session.session_id, key);
    }
    Ok(keys)
}

/// Decrypts all sessions of a backup, in order: those that it can, and why not the others.
///
/// `progress` is called on the caller's thread, after every [`PROGRESS_STEP`] sessions and after the last.
pub fn decrypt_all(
    key: &BackupDecryptionKey,
    keys: &RoomKeys,
    cores: Cores,
    progress: impl FnMut(Progress),
) -> (Vec<RestoredSession>, Vec<FailedSession>) {
    let work: Vec<_> = keys.iter().collect();
    let decrypt = |(_, _, data): &(&str, &str, &KeyBackupData)| {
        EncryptedSession::from_object(&data.session_data).and_then(|session| key.decrypt(&session))
    };
    let (mut restored, mut failed) = (Vec::with_capacity(work.len()), Vec::new());
    for ((room_id, session_id, data), result) in work.iter().zip(in_steps(&work, decrypt, cores, progress)) {
        let (room_id, session_id) = ((*room_id).to_owned(), (*session_id).to_owned());
        match result {
            Ok(session) => {
                restored.push(RestoredSession { room_id, session_id, metadata: data.metadata, session });
            }
            Err(error) => failed.push(FailedSession { room_id, session_id, error }),
        }
    }
    (restored, failed)
}

fn check_size(sessions: &[SessionToBackUp]) -> Result<(), Error> {
    if sessions.len() > MAX_BATCH { Err(Error::BatchTooLarge { found: sessions.len() }) } else { Ok(()) }
}

/// Does the same to each item, in order, and tells how far it has come.
fn in_steps<T: Sync, U: Send>(
    items: &[T],
    work: impl Fn(&T) -> U + Sync,
    cores: Cores,
    mut progress: impl FnMut(Progress),
) -> Vec<U> {
    let total = items.len();
    let mut results = Vec::with_capacity(total);
    for step in items.chunks(PROGRESS_STEP) {
        match cores {
            Cores::One => results.extend(step.iter().map(&work)),
            #[cfg(feature = "rayon")]
            Cores::All => {
                use rayon::iter::{IntoParallelRefIterator as _, ParallelExtend as _, ParallelIterator as _};
                results.par_extend(step.par_iter().map(&work));
            }
        }
        progress(Progress { done: results.len(), total });
    }
    results
}
