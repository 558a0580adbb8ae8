//! Hashes, event IDs and verification of events as bytes: what the crate's functions over
//! [`Object`](matrix_canonicaljson::Object) do, with the same answers and errors, at a fraction of the cost.
//!
//! An event is read once ([`EventReader`]), and what is hashed or verified is gathered from its bytes into room that is
//! kept ([`Scratch`]); in the long run nothing is allocated but what is returned, and strings with escapes that have to
//! be read, such as a `sender`.
//!
//! ```
//! use matrix_canonicaljson::Mode;
//! use matrix_roomversion::RoomVersion;
//! use matrix_signatures::bytes::{self, EventReader, Scratch};
//!
//! let rules = RoomVersion::V12.rules();
//! let (mut reader, mut scratch) = (EventReader::new(), Scratch::new());
//! for pdu in [br#"{"type":"m.room.message","content":{"body":"hello"}}"#] {
//!     let event = reader.read(pdu, Mode::Lenient)?;
//!     let id = bytes::event_id(&event, rules, &mut scratch)?;
//!     assert_eq!(id.as_str(), "$VlPE2QOPW72PmA2x6X9nb4hkh7RV2pd8YNvjEXCb9E4");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "batch")]
mod batch;
mod verify;

use matrix_canonicaljson::{Name, ObjectWriter, OutlineReader};
use matrix_identifiers::{EventId, OwnedEventId, OwnedRoomId, RoomId};
use matrix_redaction::RedactedBytes;
use matrix_roomversion::{EventIdFormat, RoomIdFormat, RoomVersionRules};

#[cfg(feature = "batch")]
pub use batch::Batch;
pub use matrix_redaction::{EventBytes, EventReader};
pub use verify::{content_hash_matches, verify_event};

use crate::{
    error::Error,
    fields::{self, Source as _},
    hash::Sha256Hash,
};

/// Room for the bytes that are hashed and for what is rewritten on the way, kept from one event to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    /// For the redaction of events as bytes.
    pub redaction: matrix_redaction::Scratch,
    bytes: Vec<u8>,
    signatures: OutlineReader,
}

impl Scratch {
    /// Makes one that has allocated nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

/// The fields that the content hash leaves out.
const NOT_HASHED: [Name<'static>; 3] = [Name::new("hashes"), Name::new("signatures"), Name::new("unsigned")];

/// Returns the content hash of an event; see [`content_hash`](crate::content_hash).
pub fn content_hash(event: &EventBytes<'_>, scratch: &mut Scratch) -> Sha256Hash {
    let Scratch { redaction, bytes, .. } = scratch;
    bytes.clear();
    write_hashed(event, redaction, bytes);
    Sha256Hash::of(bytes)
}

/// Appends what the content hash covers.
fn write_hashed(event: &EventBytes<'_>, scratch: &mut matrix_redaction::Scratch, out: &mut Vec<u8>) {
    let mut writer = ObjectWriter::new(event.outline().json(), out);
    for field in event.outline().fields() {
        if !NOT_HASHED.iter().any(|name| field.is(name)) {
            writer.field(&field, &mut scratch.canonicalizer);
        }
    }
    writer.finish();
}

/// Returns the content hash and the reference hash of an event.
///
/// The bytes that the two cover begin alike, and what they share is hashed once.
///
/// # Errors
///
/// [`Error::Unredactable`] if the event has no `type` or `content`.
pub fn hashes(
    event: &EventBytes<'_>,
    rules: &RoomVersionRules,
    scratch: &mut Scratch,
) -> Result<(Sha256Hash, Sha256Hash), Error> {
    let Scratch { redaction, bytes, .. } = scratch;
    bytes.clear();
    write_hashed(event, redaction, bytes);
    let length = bytes.len();
    RedactedBytes::new(event, &rules.redaction)?.write_signing_bytes(redaction, bytes);
    let (content, reference) = bytes.split_at(length);
    Ok(Sha256Hash::of_two(content, reference))
}

/// Returns what a signature of an event covers; see [`event_signing_bytes`](crate::event_signing_bytes).
///
/// # Errors
///
/// [`Error::Unredactable`] if the event has no `type` or `content`.
pub fn event_signing_bytes<'s>(
    event: &EventBytes<'_>,
    rules: &RoomVersionRules,
    scratch: &'s mut Scratch,
) -> Result<&'s [u8], Error> {
    let Scratch { redaction, bytes, .. } = scratch;
    bytes.clear();
    RedactedBytes::new(event, &rules.redaction)?.write_signing_bytes(redaction, bytes);
    Ok(bytes)
}

/// Returns the reference hash of an event; see [`reference_hash`](crate::reference_hash).
///
/// # Errors
///
/// [`Error::Unredactable`] if the event has no `type` or `content`.
pub fn reference_hash(
    event: &EventBytes<'_>,
    rules: &RoomVersionRules,
    scratch: &mut Scratch,
) -> Result<Sha256Hash, Error> {
    event_signing_bytes(event, rules, scratch).map(Sha256Hash::of)
}

/// Returns the ID of an event; see [`event_id`](crate::event_id).
///
/// # Errors
///
/// [`Error::Unredactable`] if the event has no `type` or `content`; in rooms 1 and 2 [`Error::MissingField`],
/// [`Error::InvalidField`] or [`Error::InvalidIdentifier`].
pub fn event_id(
    event: &EventBytes<'_>,
    rules: &RoomVersionRules,
    scratch: &mut Scratch,
) -> Result<OwnedEventId, Error> {
    match rules.event_id_format {
        EventIdFormat::Field => {
            let id = event.text("event_id")?;
            EventId::parse(&id)
                .map(ToOwned::to_owned)
                .map_err(|source| fields::identifier("event_id", &id, source))
        }
        EventIdFormat::Hash => {
            reference_hash(event, rules, scratch).map(|hash| OwnedEventId::from_hash_v3(hash.as_bytes()))
        }
        EventIdFormat::UrlSafeHash => {
            reference_hash(event, rules, scratch).map(|hash| OwnedEventId::from_hash_v4(hash.as_bytes()))
        }
    }
}

/// Returns the content hash and the ID of an event.
///
/// # Errors
///
/// As [`event_id`].
pub fn content_hash_and_id(
    event: &EventBytes<'_>,
    rules: &RoomVersionRules,
    scratch: &mut Scratch,
) -> Result<(Sha256Hash, OwnedEventId), Error> {
    let id: fn(&[u8; 32]) -> OwnedEventId = match rules.event_id_format {
        EventIdFormat::Field => {
            return Ok((content_hash(event, scratch), event_id(event, rules, scratch)?));
        }
        EventIdFormat::Hash => OwnedEventId::from_hash_v3,
        EventIdFormat::UrlSafeHash => OwnedEventId::from_hash_v4,
    };
    let (content, reference) = hashes(event, rules, scratch)?;
    Ok((content, id(reference.as_bytes())))
}

/// Returns the ID of the room that an `m.room.create` event creates; see
/// [`room_id_of_create`](crate::room_id_of_create).
///
/// # Errors
///
/// [`Error::Unredactable`] if the event has no `type` or `content`; before room 12 [`Error::MissingField`],
/// [`Error::InvalidField`] or [`Error::InvalidIdentifier`].
pub fn room_id_of_create(
    create: &EventBytes<'_>,
    rules: &RoomVersionRules,
    scratch: &mut Scratch,
) -> Result<OwnedRoomId, Error> {
    let id = match rules.room_id_format {
        RoomIdFormat::Domain => create.text("room_id")?.into_owned(),
        RoomIdFormat::CreateHash => {
            format!("!{}", reference_hash(create, rules, scratch)?.to_url_safe_base64())
        }
    };
    RoomId::parse(&id).map(ToOwned::to_owned).map_err(|source| fields::identifier("room_id", &id, source))
}
