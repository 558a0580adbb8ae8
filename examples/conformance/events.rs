//! Ops about JSON and events.

use std::hint::black_box;

use matrix_canonicaljson::{Mode, Object, Value, canonicalize_with};
use matrix_identifiers::ServerName;
use matrix_redaction::redact;
use matrix_roomversion::CanonicalJson;
use matrix_signatures::{
    KeyRing, PublicKey, Verdict, check_format, content_hash, event_id, reference_hash, sign_event, sign_json,
    verify_event, verify_json,
};

use crate::{
    Answer,
    fields::{Failure, integer, object, ok, optional_text, rules, signing_key, text, utf8},
};

pub(crate) fn canonicalize(request: &Object) -> Result<Answer, Failure> {
    let json = text(request, "json")?.to_owned();
    let mode = match optional_text(request, "mode")? {
        None | Some("strict") => Mode::Strict,
        Some("lenient") => Mode::Lenient,
        Some(other) => return Err(Failure::new("bad_input", format!("`mode` is {other:?}"))),
    };
    let canonical = canonicalize_with(json.as_bytes(), mode)?.into_owned();
    Ok(Answer::new(ok("canonical", utf8(canonical)), move || {
        _ = black_box(canonicalize_with(black_box(json.as_bytes()), mode));
    }))
}

pub(crate) fn redact_event(request: &Object) -> Result<Answer, Failure> {
    let (event, rules) = (object(request, "event")?, rules(request)?);
    let mut redacted = redact(&event, &rules.redaction)?;
    redacted.remove("unsigned");
    Ok(Answer::new(ok("event", utf8(redacted.to_canonical())), move || {
        _ = black_box(redact(black_box(&event), &rules.redaction));
    }))
}

pub(crate) fn hash_content(request: &Object) -> Result<Answer, Failure> {
    let event = object(request, "event")?;
    rules(request)?;
    let hash = content_hash(&event).to_base64();
    Ok(Answer::new(ok("sha256", hash), move || _ = black_box(content_hash(black_box(&event)))))
}

pub(crate) fn hash_reference(request: &Object) -> Result<Answer, Failure> {
    let (event, rules) = (object(request, "event")?, rules(request)?);
    let hash = reference_hash(&event, rules)?.to_base64();
    Ok(Answer::new(ok("sha256", hash), move || _ = black_box(reference_hash(black_box(&event), rules))))
}

pub(crate) fn id(request: &Object) -> Result<Answer, Failure> {
    let (event, rules) = (object(request, "event")?, rules(request)?);
    let id = event_id(&event, rules)?;
    Ok(Answer::new(ok("event_id", id.as_str()), move || _ = black_box(event_id(black_box(&event), rules))))
}

pub(crate) fn sign_object(request: &Object) -> Result<Answer, Failure> {
    let (unsigned, key) = (object(request, "object")?, signing_key(request)?);
    let entity = text(request, "entity")?.to_owned();
    let mut signed = unsigned.clone();
    let signature = sign_json(&mut signed, &entity, &key)?;
    let mut result = ok("object", utf8(signed.to_canonical()));
    result.insert("signature", signature.to_base64());
    Ok(Answer::new(result, move || _ = black_box(sign_json(&mut unsigned.clone(), &entity, &key))))
}

pub(crate) fn verify_object(request: &Object) -> Result<Answer, Failure> {
    let object = object(request, "object")?;
    let (entity, key_id) = (text(request, "entity")?.to_owned(), text(request, "key_id")?.to_owned());
    let key = PublicKey::from_base64(text(request, "public_key_b64")?)?;
    verify_json(&object, &entity, &key_id, &key)?;
    Ok(Answer::new(ok("valid", true), move || {
        _ = black_box(verify_json(black_box(&object), &entity, &key_id, &key));
    }))
}

pub(crate) fn sign(request: &Object) -> Result<Answer, Failure> {
    let (event, rules, key) = (object(request, "event")?, rules(request)?, signing_key(request)?);
    let server = ServerName::parse(text(request, "server_name")?)?.to_owned();
    let mut signed = event.clone();
    sign_event(&mut signed, &server, &key, rules)?;
    Ok(Answer::new(ok("event", utf8(signed.to_canonical())), move || {
        _ = black_box(sign_event(&mut event.clone(), &server, &key, rules));
    }))
}

pub(crate) fn verify(request: &Object) -> Result<Answer, Failure> {
    let (event, rules, keys) = (object(request, "event")?, rules(request)?, key_ring(request)?);
    let now_ms = now(request)?;
    let verdict = match verify_event(&event, &keys, now_ms, rules)? {
        Verdict::Valid => "valid",
        _ => "redact",
    };
    Ok(Answer::new(ok("verdict", verdict), move || {
        _ = black_box(verify_event(black_box(&event), &keys, now_ms, rules));
    }))
}

pub(crate) fn check_event_format(request: &Object) -> Result<Answer, Failure> {
    let (event, rules) = (object(request, "event")?, rules(request)?);
    // A negative zero, which strict JSON excludes, shows in the text alone.
    if let (CanonicalJson::Strict, Some(text)) = (rules.canonical_json, request.get_str("event")) {
        canonicalize_with(text.as_bytes(), Mode::Strict).map_err(matrix_signatures::Error::from)?;
    }
    check_format(&event, rules)?;
    Ok(Answer::new(Object::new(), move || _ = black_box(check_format(black_box(&event), rules))))
}

pub(crate) fn key_ring(request: &Object) -> Result<KeyRing, Failure> {
    match request.get("keys") {
        Some(Value::Object(keys)) => Ok(KeyRing::from_object(keys)?),
        _ => Err(Failure::new("bad_input", "`keys` is missing or is not an object")),
    }
}

pub(crate) fn now(request: &Object) -> Result<i64, Failure> {
    integer(request, "now_ms")?.ok_or_else(|| Failure::new("bad_input", "`now_ms` is missing"))
}
