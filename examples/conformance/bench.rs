//! The op that measures a whole corpus of PDUs, held in memory.

use std::hint::black_box;
use std::time::Instant;

use matrix_canonicaljson::{Canonicalizer, Mode, Object};
use matrix_redaction::RedactedBytes;
use matrix_roomversion::{CanonicalJson, RoomVersionRules};
use matrix_signatures::KeyRing;
use matrix_signatures::bytes::{self, EventReader, Scratch};

use crate::{
    Answer,
    events::{key_ring, now},
    fields::{Failure, integer, nanoseconds, number, rules, text},
};

/// What is done with the bytes of each event; `false` where it fails.
type Work = Box<dyn FnMut(&[u8]) -> bool>;

pub(crate) fn corpus(request: &Object) -> Result<Answer, Failure> {
    let path = text(request, "file")?;
    let corpus =
        std::fs::read(path).map_err(|error| Failure::new("bad_input", format!("{path}: {error}")))?;
    let mut work = work(request, rules(request)?)?;
    let events: Vec<&[u8]> =
        corpus.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).collect();
    let mut times = Vec::new();
    let mut failed = 0;
    for _ in 0..integer(request, "repeat")?.unwrap_or(1).max(1) {
        let start = Instant::now();
        failed = events.iter().filter(|event| !work(black_box(event))).count();
        times.push(start.elapsed().as_nanos() / events.len().max(1) as u128);
    }
    times.sort_unstable();
    let mut ok = Object::new();
    ok.insert("events", count(events.len()));
    ok.insert("bytes", count(events.iter().map(|event| event.len()).sum()));
    ok.insert("failed", count(failed));
    let mut answer = Answer::new(ok, || {});
    answer.ns.insert("min", nanoseconds(times.first().copied().unwrap_or(0)));
    answer.ns.insert("median", nanoseconds(times.get(times.len() / 2).copied().unwrap_or(0)));
    Ok(answer)
}

fn count(count: usize) -> matrix_canonicaljson::Value {
    number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn work(request: &Object, rules: &'static RoomVersionRules) -> Result<Work, Failure> {
    let mode = match rules.canonical_json {
        CanonicalJson::Lenient => Mode::Lenient,
        CanonicalJson::Strict => Mode::Strict,
    };
    let (mut reader, mut scratch) = (EventReader::new(), Scratch::new());
    let (mut canonicalizer, mut out) = (Canonicalizer::new(), Vec::new());
    Ok(match text(request, "what")? {
        "canonicalize" => Box::new(move |event| {
            out.clear();
            let canonical = canonicalizer.canonicalize_into(event, mode, &mut out);
            canonical.is_ok() && !black_box(&out).is_empty()
        }),
        "is_canonical" => Box::new(move |event| black_box(canonicalizer.is_canonical(event))),
        "event_id" => Box::new(move |event| {
            let event = reader.read(event, Mode::Lenient);
            event.is_ok_and(|event| bytes::event_id(&event, rules, &mut scratch).map(black_box).is_ok())
        }),
        "redact" => Box::new(move |event| {
            out.clear();
            let Ok(event) = reader.read(event, Mode::Lenient) else { return false };
            let Ok(redacted) = RedactedBytes::new(&event, &rules.redaction) else { return false };
            redacted.write_canonical(&mut scratch.redaction, &mut out);
            !black_box(&out).is_empty()
        }),
        "content_hash_and_id" => Box::new(move |event| {
            let Ok(event) = reader.read(event, Mode::Lenient) else { return false };
            bytes::content_hash_and_id(&event, rules, &mut scratch).map(black_box).is_ok()
        }),
        "verify" => {
            let (keys, now_ms): (KeyRing, i64) = (key_ring(request)?, now(request)?);
            Box::new(move |event| {
                let Ok(event) = reader.read(event, Mode::Lenient) else { return false };
                bytes::verify_event(&event, &keys, now_ms, rules, &mut scratch).is_ok()
            })
        }
        other => return Err(Failure::new("bad_input", format!("`what` is {other:?}"))),
    })
}
