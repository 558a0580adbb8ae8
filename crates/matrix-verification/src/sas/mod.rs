//! Short authentication strings: two users compare a few emoji or numbers, and their devices believe each other's keys.
//!
//! The states, from start to success: of the side that begins [`StartSent`], [`KeySent`], [`ShowSas`], [`MacSent`]; of
//! the other [`StartReceived`], [`AcceptSent`], [`ShowSas`], [`MacSent`]. Below them stand the computations, which
//! need no state: [`EphemeralKey`], [`SharedSecret`], [`SasBytes`], [`commitment`].
//!
//! Source: [SAS verification](https://spec.matrix.org/v1.19/client-server-api/#short-authentication-string-sas-verification),
//! MSC2630.

mod bytes;
mod commitment;
mod compare;
mod emoji;
mod exchange;
mod hkdf;
mod key_agreement;
mod mac;
mod negotiate;
mod start;

pub use bytes::SasBytes;
pub use commitment::commitment;
pub use compare::{MacSent, ShowSas};
pub use emoji::Emoji;
pub use exchange::{AcceptSent, KeySent};
pub use key_agreement::{EphemeralKey, EphemeralPublicKey, KeyAgreement, SasParty, SharedSecret};
pub use mac::{MacInfo, MacMethod};
pub use negotiate::{Agreed, SasOptions};
pub use start::{StartReceived, StartSent};
