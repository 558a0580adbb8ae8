//! Fields taken out of an object, one by one.

use serde::de::{DeserializeOwned, Error as _};
use serde_json::{Error, Map, Value};

/// Takes a field that has to be there. An error names it.
pub(crate) fn take<T: DeserializeOwned>(
    fields: &mut Map<String, Value>,
    field: &'static str,
) -> Result<T, Error> {
    let value = fields.remove(field).ok_or_else(|| Error::missing_field(field))?;
    serde_json::from_value(value).map_err(|error| Error::custom(format_args!("`{field}`: {error}")))
}
