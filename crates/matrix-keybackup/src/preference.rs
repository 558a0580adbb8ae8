use matrix_canonicaljson::{Object, Value};

/// The account data in which a user's clients keep whether keys are to be backed up.
pub const BACKUP_PREFERENCE: &str = "m.key_backup";

/// Reads whether the user wants keys backed up; `None` if nothing, or no truth value, is said.
///
/// See [key backup enabled preference](https://spec.matrix.org/v1.19/client-server-api/#key-backup-enabled-preference).
/// The server could have written it, so a change may be worth a question to the user.
pub fn enabled_preference(content: &Object) -> Option<bool> {
    content.get("enabled")?.as_bool()
}

/// Writes whether the user wants keys backed up: clients do when the user turns backups on or off.
pub fn preference_content(enabled: bool) -> Object {
    Object::from([("enabled", Value::Bool(enabled))])
}
