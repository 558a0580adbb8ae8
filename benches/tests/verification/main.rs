//! Verification beside the published peers: short authentication strings with vodozemac, codes with matrix-sdk-qrcode.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod codes;
mod sas;
