//! The names that the specification gives to secrets, events and algorithms.

/// The private half of the master cross-signing key (MSC1756).
pub const MASTER_KEY: &str = "m.cross_signing.master";
/// The private half of the self-signing key (MSC1756).
pub const SELF_SIGNING_KEY: &str = "m.cross_signing.self_signing";
/// The private half of the user-signing key (MSC1756).
pub const USER_SIGNING_KEY: &str = "m.cross_signing.user_signing";
/// The private key of the key backup (MSC1219).
pub const MEGOLM_BACKUP_KEY: &str = "m.megolm_backup.v1";

/// Every secret that the specification names.
pub const SECRETS: [&str; 4] = [MASTER_KEY, SELF_SIGNING_KEY, USER_SIGNING_KEY, MEGOLM_BACKUP_KEY];

/// The account data that names the default key.
pub const DEFAULT_KEY: &str = "m.secret_storage.default_key";
/// What the ID of a key follows in the type of the account data that describes it.
pub const KEY_PREFIX: &str = "m.secret_storage.key.";

/// The to-device event that asks for a secret, or no longer does.
pub const REQUEST: &str = "m.secret.request";
/// The to-device event that brings a secret; it is sent encrypted with Olm only.
pub const SEND: &str = "m.secret.send";

/// The one algorithm of secret storage (MSC2472).
pub const AES_HMAC_SHA2: &str = "m.secret_storage.v1.aes-hmac-sha2";
/// The asymmetric algorithm that MSC2472 removed.
pub const REMOVED_CURVE25519_AES_SHA2: &str = "m.secret_storage.v1.curve25519-aes-sha2";
/// The one way of turning a passphrase into a key.
pub const PBKDF2: &str = "m.pbkdf2";
