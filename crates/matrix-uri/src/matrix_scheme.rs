//! `matrix:` URIs (MSC2312), in the order of the proposal's parsing algorithm.
//!
//! Source: [Matrix URI scheme](https://spec.matrix.org/v1.19/appendices/#matrix-uri-scheme).

use core::fmt;

use crate::encoding::{self, Place};
use crate::query::{self, Query};
use crate::{Error, MatrixUri, RoomOrAlias, Target, slices};

/// Returns what follows `matrix:`, which may be written in any case.
pub(crate) fn after_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_at_checked(7)?;
    scheme.eq_ignore_ascii_case("matrix:").then_some(rest)
}

/// Reads the URI `whole`, of which `rest` follows the scheme.
pub(crate) fn parse(whole: &str, rest: &str) -> Result<MatrixUri, Error> {
    // Step 1: the main components. Authority and fragment are looked at and passed over.
    let (rest, fragment) = slices::cut(rest, b'#');
    let (hierarchy, query) = slices::cut(rest, b'?');
    let path = match hierarchy.strip_prefix("//") {
        None => hierarchy,
        Some(hierarchy) => {
            let (authority, path) = slices::cut(hierarchy, b'/');
            encoding::check(whole, authority, Place::Other)?;
            path
        }
    };
    encoding::check(whole, path, Place::Path)?;
    encoding::check(whole, query, Place::Other)?;
    encoding::check(whole, fragment, Place::Other)?;
    let target = parse_path(whole, path)?;
    let Query { via, action, custom } = Query::parse(query);
    let action = action.filter(|action| action.applies_to(&target));
    Ok(MatrixUri { target, via, action, custom })
}

/// Steps 3 to 6: two or four segments, the types among them compared without regard to case.
fn parse_path(whole: &str, path: &str) -> Result<Target, Error> {
    let mut segments = slices::pieces(path, b'/');
    let kind = segments.next().unwrap_or_default();
    let sigil = match word(kind, &[("u", '@'), ("r", '#'), ("roomid", '!'), ("user", '@'), ("room", '#')]) {
        Some(sigil) => sigil,
        None => return Err(Error::UnknownType { offset: slices::offset(whole, kind) }),
    };
    let first = segments.next();
    let event = segments.next().map(|kind| (kind, segments.next()));
    let (Some(first), None | Some((_, Some(_))), None) = (first, event, segments.next()) else {
        return Err(Error::SegmentCount { found: slices::pieces(path, b'/').count() });
    };
    let identifier = encoding::decode_after(sigil, whole, first)?;
    let target = match sigil {
        '@' => Target::User(encoding::read(whole, first, identifier)?),
        '!' => Target::Room(encoding::read(whole, first, identifier)?),
        _ => Target::Alias(encoding::read(whole, first, identifier)?),
    };
    let Some((kind, Some(second))) = event else { return Ok(target) };
    let room = match target {
        Target::Room(room) => RoomOrAlias::Id(room),
        Target::Alias(alias) => RoomOrAlias::Alias(alias),
        _ => return Err(Error::NotAnEvent { offset: slices::offset(whole, kind) }),
    };
    let sigil = word(kind, &[("e", '$'), ("event", '$')])
        .ok_or_else(|| Error::NotAnEvent { offset: slices::offset(whole, kind) })?;
    let event = encoding::read(whole, second, encoding::decode_after(sigil, whole, second)?)?;
    Ok(Target::Event { room, event })
}

/// Looks up a type word. Percent-encoded letters are the letters, as in every URI.
fn word(segment: &str, words: &[(&str, char)]) -> Option<char> {
    let segment = encoding::decode(segment, segment).ok()?;
    words.iter().find(|(word, _)| segment.eq_ignore_ascii_case(word)).map(|(_, sigil)| *sigil)
}

/// Writes the URI. The old type words are never written.
pub(crate) fn write(uri: &MatrixUri, out: &mut impl fmt::Write) -> fmt::Result {
    let (first, event) = uri.target.identifiers();
    let mut characters = first.chars();
    out.write_str(match characters.next() {
        Some('@') => "matrix:u/",
        Some('!') => "matrix:roomid/",
        _ => "matrix:r/",
    })?;
    encoding::write_segment(out, characters.as_str())?;
    if let Some(event) = event {
        out.write_str("/e/")?;
        encoding::write_segment(out, event.strip_prefix('$').unwrap_or(event))?;
    }
    query::write(&uri.via, uri.action, &uri.custom, out)
}
