//! `/.well-known/matrix/server`.

use matrix_identifiers::{OwnedServerName, ServerName};

use crate::{Error, json};

/// The largest `.well-known` body that is read, in bytes: 50 KiB. A larger one is a failure.
pub const MAX_WELL_KNOWN_BYTES: usize = 50 * 1024;

/// Reads the body of a response of `/.well-known/matrix/server`: the name that the server delegates to.
///
/// Source: MSC1708;
/// [`/.well-known/matrix/server`](https://spec.matrix.org/v1.19/server-server-api/#getwell-knownmatrixserver).
///
/// # Errors
///
/// When the body is over 50 KiB, is no JSON object, or has no `m.server` that is a server name. Whoever resolves a
/// name goes on as if there were no such file.
pub fn read_server_well_known(body: &[u8]) -> Result<OwnedServerName, Error> {
    let object = json::object(body, MAX_WELL_KNOWN_BYTES, &["m.server"])?;
    let name = json::string(&object, "m.server")?;
    match ServerName::parse(name) {
        Ok(name) => Ok(name.to_owned()),
        Err(source) => Err(Error::InvalidServerName { name: name.chars().take(300).collect(), source }),
    }
}
