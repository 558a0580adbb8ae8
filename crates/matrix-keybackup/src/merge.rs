use crate::{
    better::{Keep, KeyMetadata, better},
    room_keys::{KeyBackupData, RoomKeys},
};

/// What an upload changes in a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merge {
    /// The keys to be written. The mark of the backup changes exactly if there are any.
    pub writes: Vec<Write>,
    /// How many stored keys stay as they are, being as good or better.
    pub kept: usize,
}

/// A key to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// The room.
    pub room_id: String,
    /// The session.
    pub session_id: String,
    /// The key.
    pub key: KeyBackupData,
    /// Whether it takes the place of a stored one.
    pub replaces: bool,
}

impl Merge {
    /// Returns by how many keys the backup grows.
    pub fn added(&self) -> usize {
        self.writes.iter().filter(|write| !write.replaces).count()
    }
}

/// Merges an upload into what is stored: `stored` looks up what keys are compared by, wherever they are kept.
///
/// Of two keys of a session the [better] one stays. An upload of many keys is the same as many of one key.
pub fn merge(upload: RoomKeys, mut stored: impl FnMut(&str, &str) -> Option<KeyMetadata>) -> Merge {
    let mut merge = Merge::default();
    for (room_id, session_id, key) in upload {
        let existing = stored(&room_id, &session_id);
        match existing.map(|existing| better(&existing, &key.metadata)) {
            Some(Keep::Existing) => merge.kept += 1,
            kept => merge.writes.push(Write { room_id, session_id, key, replaces: kept.is_some() }),
        }
    }
    merge
}
