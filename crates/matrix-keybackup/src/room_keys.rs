use std::collections::BTreeMap;

use matrix_canonicaljson::{Object, Value};

use crate::{better::KeyMetadata, error::Error, fields};

/// The key of one session as it is uploaded, stored and downloaded.
///
/// See [`KeyBackupData`](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3room_keyskeysroomidsessionid).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyBackupData {
    /// What keys are compared by.
    pub metadata: KeyMetadata,
    /// What belongs to the algorithm, nothing that a server reads; see
    /// [`EncryptedSession::from_object`](crate::EncryptedSession::from_object).
    pub session_data: Object,
}

impl KeyBackupData {
    /// Reads the body of an upload or of a response for one session.
    ///
    /// # Errors
    ///
    /// [`Error::MissingField`] or [`Error::InvalidField`].
    pub fn from_object(object: &Object) -> Result<Self, Error> {
        let session_data = fields::object(object, "session_data")?.clone();
        Ok(Self { metadata: KeyMetadata::from_object(object)?, session_data })
    }

    /// Writes the body of an upload or of a response for one session.
    pub fn to_object(&self) -> Object {
        let mut object = self.metadata.to_object();
        object.insert("session_data", self.session_data.clone());
        object
    }
}

/// The keys of some sessions, by room ID and session ID: what is uploaded or downloaded at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomKeys {
    rooms: BTreeMap<String, BTreeMap<String, KeyBackupData>>,
}

/// A key among others that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The room, as the response has it.
    pub room_id: String,
    /// The session, as the response has it; empty when all of the room cannot be read.
    pub session_id: String,
    /// What is wrong.
    pub error: Error,
}

impl RoomKeys {
    /// Holds no key yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads `{"rooms": {room_id: {"sessions": {session_id: key}}}}`, the body of `PUT /room_keys/keys`, in which all has
    /// to be sound.
    ///
    /// # Errors
    ///
    /// The first of [`Error::MissingField`] and [`Error::InvalidField`].
    pub fn from_object(body: &Object) -> Result<Self, Error> {
        let (keys, misfits) = Self::read(body)?;
        match misfits.into_iter().next() {
            Some(misfit) => Err(misfit.error),
            None => Ok(keys),
        }
    }

    /// Reads the same, but passes over what is malformed, so that one bad key does not keep the others from being
    /// restored.
    ///
    /// # Errors
    ///
    /// [`Error::MissingField`] or [`Error::InvalidField`] of `rooms` itself.
    pub fn read(body: &Object) -> Result<(Self, Vec<Misfit>), Error> {
        let (mut keys, mut misfits) = (Self::new(), Vec::new());
        for (room_id, room) in fields::object(body, "rooms")? {
            let room = room.as_object().ok_or_else(|| fields::invalid("rooms", "a map of objects"));
            match room.and_then(|room| fields::object(room, "sessions")) {
                Ok(sessions) => misfits.extend(keys.read_sessions(room_id, sessions)),
                Err(error) => {
                    misfits.push(Misfit { room_id: room_id.to_owned(), session_id: String::new(), error })
                }
            }
        }
        Ok((keys, misfits))
    }

    /// Reads `{"sessions": {session_id: key}}`, the body of `PUT /room_keys/keys/{roomId}`.
    ///
    /// # Errors
    ///
    /// The first of [`Error::MissingField`] and [`Error::InvalidField`].
    pub fn from_room_object(room_id: &str, body: &Object) -> Result<Self, Error> {
        let mut keys = Self::new();
        match keys.read_sessions(room_id, fields::object(body, "sessions")?).into_iter().next() {
            Some(misfit) => Err(misfit.error),
            None => Ok(keys),
        }
    }

    /// Writes `{"rooms": {room_id: {"sessions": {session_id: key}}}}`.
    pub fn to_object(&self) -> Object {
        let rooms: Object =
            self.rooms.keys().map(|room_id| (room_id, self.to_room_object(room_id))).collect();
        Object::from([("rooms", rooms)])
    }

    /// Writes `{"sessions": {session_id: key}}` of one room; without keys it is an empty map, as MSC1219 asks.
    pub fn to_room_object(&self, room_id: &str) -> Object {
        let sessions = self.rooms.get(room_id).into_iter().flatten();
        let sessions: Object = sessions.map(|(session_id, key)| (session_id, key.to_object())).collect();
        Object::from([("sessions", Value::Object(sessions))])
    }

    /// Sets the key of a session and returns the one that was there.
    pub fn insert(&mut self, room_id: &str, session_id: &str, key: KeyBackupData) -> Option<KeyBackupData> {
        self.rooms.entry(room_id.to_owned()).or_default().insert(session_id.to_owned(), key)
    }

    /// Returns the key of a session.
    pub fn get(&self, room_id: &str, session_id: &str) -> Option<&KeyBackupData> {
        self.rooms.get(room_id)?.get(session_id)
    }

    /// Takes out the key of a session, or of all sessions of a room, or of all rooms; returns how many it took.
    pub(crate) fn remove(&mut self, room_id: Option<&str>, session_id: Option<&str>) -> usize {
        let before = self.len();
        match (room_id, session_id) {
            (None, _) => self.rooms.clear(),
            (Some(room_id), None) => _ = self.rooms.remove(room_id),
            (Some(room_id), Some(session_id)) => {
                if let Some(sessions) = self.rooms.get_mut(room_id) {
                    sessions.remove(session_id);
                }
            }
        }
        self.rooms.retain(|_, sessions| !sessions.is_empty());
        before - self.len()
    }

    /// Returns all keys with their room and session, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, &KeyBackupData)> {
        self.rooms.iter().flat_map(|(room_id, sessions)| {
            sessions.iter().map(move |(session_id, key)| (room_id.as_str(), session_id.as_str(), key))
        })
    }

    /// Returns the number of keys.
    pub fn len(&self) -> usize {
        self.rooms.values().map(BTreeMap::len).sum()
    }

    /// Returns whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn read_sessions(&mut self, room_id: &str, sessions: &Object) -> Vec<Misfit> {
        let mut misfits = Vec::new();
        for (session_id, key) in sessions {
            let key = key.as_object().ok_or_else(|| fields::invalid("sessions", "a map of objects"));
            match key.and_then(KeyBackupData::from_object) {
                Ok(key) => _ = self.insert(room_id, session_id, key),
                Err(error) => {
                    misfits.push(Misfit {
                        room_id: room_id.to_owned(),
                        session_id: session_id.to_owned(),
                        error,
                    });
                }
            }
        }
        misfits
    }
}

impl IntoIterator for RoomKeys {
    type Item = (String, String, KeyBackupData);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    /// Goes through all keys with their room and session, in order.
    fn into_iter(self) -> Self::IntoIter {
        let keys = self.rooms.into_iter().flat_map(|(room_id, sessions)| {
            sessions.into_iter().map(move |(session_id, key)| (room_id.clone(), session_id, key))
        });
        keys.collect::<Vec<_>>().into_iter()
    }
}
