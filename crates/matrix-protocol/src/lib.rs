#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

#[cfg(feature = "authrules")]
pub use matrix_authrules as authrules;
#[cfg(feature = "canonicaljson")]
pub use matrix_canonicaljson as canonicaljson;
#[cfg(feature = "identifiers")]
pub use matrix_identifiers as identifiers;
#[cfg(feature = "keybackup")]
pub use matrix_keybackup as keybackup;
#[cfg(feature = "redaction")]
pub use matrix_redaction as redaction;
#[cfg(feature = "roomversion")]
pub use matrix_roomversion as roomversion;
#[cfg(feature = "signatures")]
pub use matrix_signatures as signatures;
#[cfg(feature = "ssss")]
pub use matrix_ssss as ssss;
#[cfg(feature = "stateres")]
pub use matrix_stateres as stateres;
#[cfg(feature = "uri")]
pub use matrix_uri as uri;
