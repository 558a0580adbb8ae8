#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

#[cfg(doc)]
#[doc = include_str!("compliance.md")]
pub mod compliance {}

#[cfg(feature = "api")]
pub use matrix_api as api;
#[cfg(feature = "authrules")]
pub use matrix_authrules as authrules;
#[cfg(feature = "canonicaljson")]
pub use matrix_canonicaljson as canonicaljson;
#[cfg(feature = "crosssigning")]
pub use matrix_crosssigning as crosssigning;
#[cfg(feature = "discovery")]
pub use matrix_discovery as discovery;
#[cfg(feature = "events")]
pub use matrix_events as events;
#[cfg(feature = "html")]
pub use matrix_html as html;
#[cfg(feature = "identifiers")]
pub use matrix_identifiers as identifiers;
#[cfg(feature = "identity")]
pub use matrix_identity as identity;
#[cfg(feature = "keybackup")]
pub use matrix_keybackup as keybackup;
#[cfg(feature = "push")]
pub use matrix_push as push;
#[cfg(feature = "qr-verify")]
pub use matrix_qr_verify as qr_verify;
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
#[cfg(feature = "verification")]
pub use matrix_verification as verification;

/// The examples of the workspace's README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
mod readme {}
