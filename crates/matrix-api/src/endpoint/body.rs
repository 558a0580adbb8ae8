//! Bodies, as JSON.

use serde::{Serialize, de::DeserializeOwned};

use crate::Error;

/// The largest body of a request that is read, in bytes: 16 MiB.
pub const MAX_REQUEST_BYTES: usize = 16 * 1024 * 1024;

/// The largest body of a response that is read, in bytes: 256 MiB, for the first `/sync` of an account in many rooms.
pub const MAX_RESPONSE_BYTES: usize = 256 * 1024 * 1024;

/// Writes a body.
pub(crate) fn write<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(value).map_err(|error| Error::Unwritable(error.to_string()))
}

/// Reads a body. An empty one counts as an empty object: several endpoints that take one were used without.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let body = if body.is_empty() { b"{}" } else { body };
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        misfit(path, error.inner())
    })?;
    json.end().map_err(|error| misfit(".".to_owned(), &error))?;
    Ok(value)
}

pub(crate) fn check_size(bytes: usize, max: usize) -> Result<(), Error> {
    if bytes > max { Err(Error::BodyTooLarge { bytes, max }) } else { Ok(()) }
}

fn misfit(path: String, error: &serde_json::Error) -> Error {
    if error.is_data() {
        Error::InvalidBody { path, reason: error.to_string() }
    } else {
        Error::InvalidJson { line: error.line(), column: error.column() }
    }
}
