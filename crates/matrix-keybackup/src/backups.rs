use matrix_canonicaljson::Object;

use crate::{
    better::KeyMetadata,
    error::Error,
    info::{BackupInfo, KeysCount},
    merge::merge,
    room_keys::{KeyBackupData, RoomKeys},
};

/// One user's backups as a server has them: the rules of the `/room_keys` endpoints over a store in memory.
///
/// See [server-side key backups](https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups). A server with
/// a database has [`merge`](crate::merge()) for what decides, and this for what to answer.
///
/// ```
/// use matrix_keybackup::{Backups, Error, RoomKeys};
///
/// let mut backups = Backups::new();
/// let old = backups.create("m.megolm_backup.v1.curve25519-aes-sha2", Default::default());
/// let new = backups.create("m.megolm_backup.v1.curve25519-aes-sha2", Default::default());
///
/// // Keys go to the newest backup only.
/// let error = backups.put_keys(&old, RoomKeys::new()).unwrap_err();
/// assert_eq!(error, Error::WrongRoomKeysVersion { current_version: new.clone() });
/// assert_eq!(error.response(), Some((403, "M_WRONG_ROOM_KEYS_VERSION")));
///
/// // Deleting twice is no error, deleting what never was is one (MSC2526).
/// assert_eq!(backups.delete(&new).and(backups.delete(&new)), Ok(()));
/// assert_eq!(backups.delete("7").unwrap_err().response(), Some((404, "M_NOT_FOUND")));
/// assert_eq!(backups.current()?.info().version, old);
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backups {
    /// By version, from 1 on; `None` once deleted, as versions are not used again.
    versions: Vec<Option<Backup>>,
}

/// A backup with the keys in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    version: String,
    algorithm: String,
    auth_data: Object,
    keys: RoomKeys,
    /// Counts the changes of the keys.
    changes: u64,
}

/// Which keys of a backup a request is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySelection<'a> {
    /// All of them.
    All,
    /// Those of a room.
    Room(&'a str),
    /// That of a session in a room.
    Session(&'a str, &'a str),
}

impl Backups {
    /// Holds no backup yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a backup, which is the current one from now on, and returns its version: `POST /room_keys/version`.
    pub fn create(&mut self, algorithm: &str, auth_data: Object) -> String {
        let version = (self.versions.len() + 1).to_string();
        self.versions.push(Some(Backup {
            version: version.clone(),
            algorithm: algorithm.to_owned(),
            auth_data,
            keys: RoomKeys::new(),
            changes: 0,
        }));
        version
    }

    /// Returns the current backup, the newest that is not deleted: `GET /room_keys/version`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is none.
    pub fn current(&self) -> Result<&Backup, Error> {
        self.versions.iter().rev().flatten().next().ok_or_else(|| Error::NotFound("no backup".to_owned()))
    }

    /// Returns a backup: `GET /room_keys/version/{version}`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`], also if it is deleted.
    pub fn get(&self, version: &str) -> Result<&Backup, Error> {
        let backup = index(version).and_then(|index| self.versions.get(index)?.as_ref());
        backup.ok_or_else(|| not_found(version))
    }

    /// Changes the `auth_data` of a backup: `PUT /room_keys/version/{version}`. The body may name the version.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`], [`Error::VersionMismatch`], [`Error::AlgorithmMismatch`].
    pub fn update(
        &mut self,
        version: &str,
        algorithm: &str,
        auth_data: Object,
        version_in_body: Option<&str>,
    ) -> Result<(), Error> {
        let backup = self.get_mut(version)?;
        if let Some(found) = version_in_body.filter(|found| *found != version) {
            return Err(Error::VersionMismatch { expected: version.to_owned(), found: found.to_owned() });
        }
        if backup.algorithm != algorithm {
            let expected = backup.algorithm.clone();
            return Err(Error::AlgorithmMismatch { expected, found: algorithm.to_owned() });
        }
        backup.auth_data = auth_data;
        Ok(())
    }

    /// Deletes a backup with its keys: `DELETE /room_keys/version/{version}` (MSC2526). The one before it becomes the
    /// current one. Deleting it again changes nothing and is no error.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there never was such a backup.
    pub fn delete(&mut self, version: &str) -> Result<(), Error> {
        let slot = index(version).and_then(|index| self.versions.get_mut(index));
        *slot.ok_or_else(|| not_found(version))? = None;
        Ok(())
    }

    /// Adds keys to the current backup: `PUT /room_keys/keys?version=…` and its variants for rooms and sessions.
    ///
    /// # Errors
    ///
    /// [`Error::WrongRoomKeysVersion`] if the version is not the current one, [`Error::NotFound`] if there is none.
    pub fn put_keys(&mut self, version: &str, upload: RoomKeys) -> Result<KeysCount, Error> {
        let current = self.current()?;
        if current.version != version {
            return Err(Error::WrongRoomKeysVersion { current_version: current.version.clone() });
        }
        let backup = self.get_mut(version)?;
        backup.merge(upload);
        Ok(backup.count())
    }

    /// Deletes keys of a backup: `DELETE /room_keys/keys?version=…` and its variants. Where there are none, nothing
    /// changes.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no such backup.
    pub fn delete_keys(&mut self, version: &str, which: KeySelection<'_>) -> Result<KeysCount, Error> {
        let backup = self.get_mut(version)?;
        let removed = match which {
            KeySelection::All => backup.keys.remove(None, None),
            KeySelection::Room(room_id) => backup.keys.remove(Some(room_id), None),
            KeySelection::Session(room_id, session_id) => backup.keys.remove(Some(room_id), Some(session_id)),
        };
        backup.changes += u64::from(removed > 0);
        Ok(backup.count())
    }

    fn get_mut(&mut self, version: &str) -> Result<&mut Backup, Error> {
        let backup = index(version).and_then(|index| self.versions.get_mut(index)?.as_mut());
        backup.ok_or_else(|| not_found(version))
    }
}

impl Backup {
    /// Returns what a server says of the backup.
    pub fn info(&self) -> BackupInfo {
        BackupInfo {
            algorithm: self.algorithm.clone(),
            auth_data: self.auth_data.clone(),
            version: self.version.clone(),
            keys: self.count(),
        }
    }

    /// Returns the number of keys, and the mark that changes with them.
    pub fn count(&self) -> KeysCount {
        let count = u64::try_from(self.keys.len()).unwrap_or(u64::MAX);
        KeysCount { etag: self.changes.to_string(), count }
    }

    /// Returns all keys: `GET /room_keys/keys`. Its variant for a room is [`RoomKeys::to_room_object`] of them.
    pub fn keys(&self) -> &RoomKeys {
        &self.keys
    }

    /// Returns the key of a session: `GET /room_keys/keys/{roomId}/{sessionId}`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`].
    pub fn key(&self, room_id: &str, session_id: &str) -> Result<&KeyBackupData, Error> {
        let missing = || Error::NotFound(format!("no key of session {session_id:?} in {room_id:?}"));
        self.keys.get(room_id, session_id).ok_or_else(missing)
    }

    fn merge(&mut self, upload: RoomKeys) {
        let stored = |room_id: &str, session_id: &str| -> Option<KeyMetadata> {
            self.keys.get(room_id, session_id).map(|key| key.metadata)
        };
        let merge = merge(upload, stored);
        self.changes += u64::from(!merge.writes.is_empty());
        for write in merge.writes {
            self.keys.insert(&write.room_id, &write.session_id, write.key);
        }
    }
}

/// The place of a version, as [`Backups::create`] writes them.
fn index(version: &str) -> Option<usize> {
    let index = version.parse::<usize>().ok()?.checked_sub(1)?;
    ((index + 1).to_string() == version).then_some(index)
}

fn not_found(version: &str) -> Error {
    Error::NotFound(format!("no backup of version {version:?}"))
}
