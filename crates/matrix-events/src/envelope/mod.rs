//! What stands around a content.

mod client;
mod other;
mod pdu;
mod unsigned;

pub use client::{ClientEvent, StrippedState, SyncEvent};
pub use other::{AccountDataEvent, Edu, EphemeralEvent, ToDeviceEvent};
pub use pdu::{Hashes, Pdu, Reference};
pub use unsigned::{
    AnnotationBundle, AnnotationCount, BundledReference, BundledRelations, ReferenceBundle, ThreadBundle,
    Unsigned,
};
