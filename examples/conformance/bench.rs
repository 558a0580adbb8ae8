//! The op that measures a whole corpus of PDUs, held in memory.

use std::hint::black_box;
use std::time::Instant;

use matrix_canonicaljson::{Mode, Object, canonicalize_with, is_canonical};
use matrix_redaction::redact;
use matrix_roomversion::{CanonicalJson, RoomVersionRules};
use matrix_signatures::{KeyRing, content_hash, event_id, verify_event};

use crate::{
    Answer,
    events::{key_ring, now},
    fields::{Failure, integer, nanoseconds, number, rules, text},
};

/// What is done with the bytes of each event; `false` where it fails.
type Work = Box<dyn Fn(&[u8]) -> bool>;

pub(crate) fn corpus(request: &Object) -> Result<Answer, Failure> {
    let path = text(request, "file")?;
    let corpus =
        std::fs::read(path).map_err(|error| Failure::new("bad_input", format!("{path}: {error}")))?;
    let work = work(request, rules(request)?)?;
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
    let parse = |event: &[u8]| Object::parse(event, Mode::Lenient);
    Ok(match text(request, "what")? {
        "canonicalize" => Box::new(move |event| canonicalize_with(event, mode).map(black_box).is_ok()),
        "is_canonical" => Box::new(|event| black_box(is_canonical(event))),
        "event_id" => Box::new(move |event| {
            parse(event).is_ok_and(|event| event_id(&event, rules).map(black_box).is_ok())
        }),
        "redact" => Box::new(move |event| {
            let redacted = |event: Object| redact(&event, &rules.redaction).map(|event| event.to_canonical());
            parse(event).is_ok_and(|event| redacted(event).map(black_box).is_ok())
        }),
        "content_hash_and_id" => Box::new(move |event| {
            parse(event).is_ok_and(|event| {
                black_box(content_hash(&event));
                event_id(&event, rules).map(black_box).is_ok()
            })
        }),
        "verify" => {
            let (keys, now_ms): (KeyRing, i64) = (key_ring(request)?, now(request)?);
            Box::new(move |event| {
                parse(event).is_ok_and(|event| verify_event(&event, &keys, now_ms, rules).is_ok())
            })
        }
        other => return Err(Failure::new("bad_input", format!("`what` is {other:?}"))),
    })
}
