//! matrix.to links, with the `via` of MSC1704.
//!
//! Source: [matrix.to navigation](https://spec.matrix.org/v1.19/appendices/#matrixto-navigation).

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;

use crate::query::{self, Query};
use crate::{Error, MatrixUri, RoomOrAlias, Target, encoding, slices};

/// What every matrix.to link starts with, to the letter.
pub(crate) const PREFIX: &str = "https://matrix.to/#/";

/// Writes a [`MatrixUri`] as a matrix.to link, through `Display`.
///
/// Such links have no actions and no custom items, so these are left out.
#[derive(Clone, Copy, Debug)]
pub struct MatrixTo<'a>(pub(crate) &'a MatrixUri);

impl fmt::Display for MatrixTo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, event) = self.0.target.identifiers();
        f.write_str(PREFIX)?;
        encoding::write_segment(f, first)?;
        if let Some(event) = event {
            f.write_str("/")?;
            encoding::write_segment(f, event)?;
        }
        query::write(&self.0.via, None, &[], f)
    }
}

/// Reads the link `whole`, of which `rest` follows the prefix.
///
/// Links have been made without percent-encoding, so any bare character is taken, and the first `?` ends the
/// identifiers.
pub(crate) fn parse(whole: &str, rest: &str) -> Result<MatrixUri, Error> {
    let (path, query) = slices::cut(rest, b'?');
    let target = parse_path(whole, path)?;
    let via = Query::parse(query).via;
    Ok(MatrixUri { target, via, action: None, custom: Vec::new() })
}

fn parse_path(whole: &str, path: &str) -> Result<Target, Error> {
    let offset = slices::offset(whole, path);
    let (first, event) = match sigil(path) {
        Some(b'@' | b'#') => split_localpart(path),
        Some(b'!') => slices::split(path, b'/').map_or((path, None), |(room, event)| (room, Some(event))),
        Some(b'$') => return Err(Error::EventWithoutRoom { offset }),
        Some(b'+') => return Err(Error::Group { offset }),
        Some(_) => return Err(Error::UnknownSigil { offset }),
        None => return Err(Error::MissingIdentifier { offset }),
    };
    let identifier = encoding::decode(whole, first)?.into_owned();
    let target = match identifier.as_bytes().first() {
        Some(b'@') => Target::User(encoding::read(whole, first, identifier)?),
        Some(b'!') => Target::Room(encoding::read(whole, first, identifier)?),
        _ => Target::Alias(encoding::read(whole, first, identifier)?),
    };
    let Some(event) = event else { return Ok(target) };
    let room = match target {
        Target::Room(room) if sigil(event) == Some(b'$') => RoomOrAlias::Id(room),
        Target::Alias(alias) if sigil(event) == Some(b'$') => RoomOrAlias::Alias(alias),
        _ => return Err(Error::NotAnEvent { offset: slices::offset(whole, event) }),
    };
    // The rest, further slashes included: event IDs of room version 3 hold them.
    let event = encoding::read(whole, event, encoding::decode(whole, event)?.into_owned())?;
    Ok(Target::Event { room, event })
}

/// Returns the first byte, decoded.
fn sigil(path: &str) -> Option<u8> {
    let encoded = path.get(..3).filter(|start| start.starts_with('%'));
    let decoded = encoded.and_then(|start| encoding::decode(start, start).ok());
    let text = decoded.unwrap_or(Cow::Borrowed(path));
    text.bytes().next()
}

/// Splits a user ID or alias from what follows. Before its colon there may be slashes that were not encoded; but one
/// before a `$` begins an event ID.
fn split_localpart(path: &str) -> (&str, Option<&str>) {
    if slices::split(path, b'/').is_none() {
        return (path, None);
    }
    let colon = path.find(':').unwrap_or(path.len());
    let encoded = path.as_bytes().windows(3).position(|window| window.eq_ignore_ascii_case(b"%3a"));
    let colon = encoded.map_or(colon, |encoded| encoded.min(colon));
    let mut slashes = path.match_indices('/').map(|(at, _)| at);
    let end = slashes.find(|at| *at > colon || path.get(at + 1..).and_then(sigil) == Some(b'$'));
    match end.and_then(|at| path.split_at_checked(at)) {
        None => (path, None),
        Some((first, rest)) => (first, rest.get(1..)),
    }
}
