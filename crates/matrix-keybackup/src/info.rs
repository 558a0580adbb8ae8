use matrix_canonicaljson::Object;

use crate::{auth_data::AuthData, error::Error, fields};

/// The one algorithm of key backups.
pub const ALGORITHM: &str = "m.megolm_backup.v1.curve25519-aes-sha2";

/// What a server says of a backup: `GET /_matrix/client/v3/room_keys/version`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupInfo {
    /// The algorithm.
    pub algorithm: String,
    /// What belongs to the algorithm; see [`BackupInfo::auth_data`].
    pub auth_data: Object,
    /// The version, by which the backup goes.
    pub version: String,
    /// How many keys there are, and a mark of which.
    pub keys: KeysCount,
}

/// How many keys a backup holds, and a mark that changes with them.
///
/// A client that remembers the mark of its own last upload learns from another one that some other client has
/// uploaded since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeysCount {
    /// The mark, an opaque text.
    pub etag: String,
    /// The number of keys.
    pub count: u64,
}

impl BackupInfo {
    /// Reads the body of the response.
    ///
    /// # Errors
    ///
    /// [`Error::MissingField`] or [`Error::InvalidField`].
    pub fn from_object(body: &Object) -> Result<Self, Error> {
        Ok(Self {
            algorithm: fields::text(body, "algorithm")?.to_owned(),
            auth_data: fields::object(body, "auth_data")?.clone(),
            version: fields::text(body, "version")?.to_owned(),
            keys: KeysCount::from_object(body)?,
        })
    }

    /// Writes the body of the response.
    pub fn to_object(&self) -> Object {
        let mut body = self.keys.to_object();
        body.insert("algorithm", self.algorithm.as_str());
        body.insert("auth_data", self.auth_data.clone());
        body.insert("version", self.version.as_str());
        body
    }

    /// Returns the `auth_data` of the one algorithm there is.
    ///
    /// # Errors
    ///
    /// [`Error::UnsupportedAlgorithm`], or as [`AuthData::from_object`].
    pub fn auth_data(&self) -> Result<AuthData, Error> {
        if self.algorithm != ALGORITHM {
            return Err(Error::UnsupportedAlgorithm(self.algorithm.clone()));
        }
        AuthData::from_object(&self.auth_data)
    }
}

impl KeysCount {
    /// Reads `etag` and `count`, with which a server answers uploads and deletions.
    ///
    /// # Errors
    ///
    /// [`Error::MissingField`] or [`Error::InvalidField`].
    pub fn from_object(body: &Object) -> Result<Self, Error> {
        Ok(Self { etag: fields::text(body, "etag")?.to_owned(), count: fields::count(body, "count")? })
    }

    /// Writes `etag` and `count`.
    pub fn to_object(&self) -> Object {
        let mut body = Object::from([("etag", self.etag.as_str())]);
        body.insert("count", fields::count_value(self.count));
        body
    }
}
