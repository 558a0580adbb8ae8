//! Query strings, in which a key may stand more than once.

use serde::{Serialize, de::DeserializeOwned};

use crate::Error;

pub(crate) fn write<T: Serialize>(query: &T) -> Result<String, Error> {
    serde_html_form::to_string(query).map_err(|error| Error::Unwritable(error.to_string()))
}

pub(crate) fn read<T: DeserializeOwned>(query: &str) -> Result<T, Error> {
    let pairs = serde_html_form::Deserializer::from_bytes(query.as_bytes());
    serde_path_to_error::deserialize(pairs).map_err(|error| Error::InvalidQuery {
        name: error.path().to_string(),
        reason: error.inner().to_string(),
    })
}
