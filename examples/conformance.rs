//! The conformance line protocol: one JSON object a line in, one a line out.
//!
//!     cargo run -q --release --example conformance < cases.jsonl > results.jsonl
//!
//! In: `op`, `id` (echoed), the op's own fields, and optionally `repeat`. Out: `{"id", "ok"}` or
//! `{"id", "error": {"kind", "message"}}`; with `repeat`, `ok` comes with `ns`.

#[path = "conformance/bench.rs"]
mod bench;
#[path = "conformance/content.rs"]
mod content;
#[path = "conformance/discovery.rs"]
mod discovery;
#[path = "conformance/events.rs"]
mod events;
#[path = "conformance/fields.rs"]
mod fields;
#[path = "conformance/html.rs"]
mod html;
#[path = "conformance/identity.rs"]
mod identity;
#[path = "conformance/ids.rs"]
mod ids;
#[path = "conformance/push.rs"]
mod push;
mod room_file;
#[path = "conformance/rooms.rs"]
mod rooms;
#[path = "conformance/ssss.rs"]
mod ssss;
#[path = "conformance/uri.rs"]
mod uri;
#[path = "conformance/verification.rs"]
mod verification;

use std::io::{BufRead as _, BufWriter, Write as _};
use std::time::Instant;

use matrix_canonicaljson::{Mode, Object, Value};

use fields::{Failure, integer, nanoseconds, text};

/// What an op answers, and the pure function behind it for whoever wants it timed.
pub(crate) struct Answer {
    pub(crate) ok: Object,
    /// Runs the function once more on the parsed input.
    pub(crate) again: Box<dyn FnMut()>,
    /// Figures that the op measured itself.
    pub(crate) ns: Object,
}

impl Answer {
    pub(crate) fn new(ok: Object, again: impl FnMut() + 'static) -> Self {
        Self { ok, again: Box::new(again), ns: Object::new() }
    }
}

type Op = fn(&Object) -> Result<Answer, Failure>;

const OPS: &[(&str, Op)] = &[
    ("acl.allowed", content::acl_allowed),
    ("auth.check", rooms::auth_check),
    ("auth.types", rooms::auth_types),
    ("bench.corpus", bench::corpus),
    ("canonicaljson.canonicalize", events::canonicalize),
    ("crosssigning.check", verification::crosssigning_check),
    ("discovery.cache", discovery::cache),
    ("discovery.client", discovery::client),
    ("discovery.resolve_server", discovery::resolve_server),
    ("event.check_format", events::check_event_format),
    ("event.id", events::id),
    ("event.sign", events::sign),
    ("event.verify", events::verify),
    ("glob.match", content::glob_match),
    ("hash.content", events::hash_content),
    ("hash.reference", events::hash_reference),
    ("html.sanitize", html::sanitize),
    ("id.parse", ids::parse),
    ("identity.check_pepper", identity::check_pepper),
    ("identity.fold_email", identity::fold),
    ("identity.lookup_hash", identity::lookup_hash),
    ("json.sign", events::sign_object),
    ("json.verify", events::verify_object),
    ("keybackup.better", ssss::better_key),
    ("keybackup.decrypt", ssss::decrypt_session),
    ("keybackup.encrypt", ssss::encrypt_session),
    ("policy.match", content::policy_match),
    ("push.condition", push::condition),
    ("qr.decode", verification::qr_decode),
    ("qr.encode", verification::qr_encode),
    ("recovery_key.decode", ssss::decode_recovery_key),
    ("recovery_key.encode", ssss::encode_recovery_key),
    ("redaction.redact", events::redact_event),
    ("relations.aggregate", content::aggregate),
    ("relations.parse", content::parse_relation),
    ("room.replay", rooms::replay),
    ("sas.commitment", verification::sas_commitment),
    ("sas.from_bytes", verification::sas_from_bytes),
    ("sas.mac", verification::sas_mac),
    ("sas.session", verification::sas_session),
    ("spaces.canonical_parent", content::choose_parent),
    ("spaces.order", content::order_children),
    ("ssss.check_key", ssss::check_key),
    ("ssss.decrypt", ssss::decrypt_secret),
    ("ssss.encrypt", ssss::encrypt_secret),
    ("ssss.key_from_passphrase", ssss::key_from_passphrase),
    ("stateres.explain", rooms::explain),
    ("stateres.resolve", rooms::resolve_states),
    ("uri.format", uri::format),
    ("uri.parse", uri::parse),
    ("uri.pick_via", uri::pick_via),
    ("verification.tie_break", verification::verification_tie_break),
];

fn main() -> std::io::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut input = std::io::stdin().lock();
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        if !line.trim_ascii().is_empty() {
            out.write_all(&respond(&line).to_canonical())?;
            out.write_all(b"\n")?;
        }
        line.clear();
    }
    out.flush()
}

fn respond(line: &[u8]) -> Object {
    let mut response = Object::new();
    match Value::parse(line, Mode::Lenient).map(Value::into_object) {
        Ok(Ok(request)) => {
            response.insert("id", request.get("id").cloned().unwrap_or(Value::Null));
            match answer(&request) {
                Ok((ok, ns)) => {
                    response.insert("ok", ok);
                    if !ns.is_empty() {
                        response.insert("ns", ns);
                    }
                }
                Err(failure) => _ = response.insert("error", failure.into_object()),
            }
        }
        Ok(Err(_)) => bad_line(&mut response, "the line is not a JSON object"),
        Err(error) => bad_line(&mut response, &error.to_string()),
    }
    response
}

fn bad_line(response: &mut Object, message: &str) {
    response.insert("id", Value::Null);
    response.insert("error", Failure::new("bad_line", message).into_object());
}

fn answer(request: &Object) -> Result<(Object, Object), Failure> {
    let name = text(request, "op")?;
    let (_, op) = OPS
        .iter()
        .find(|(known, _)| *known == name)
        .ok_or_else(|| Failure::new("unknown_op", format!("there is no op {name:?}")))?;
    let repeat = integer(request, "repeat")?.unwrap_or(0);
    let Answer { ok, mut again, mut ns } = op(request)?;
    if repeat > 0 && !ns.contains_key("median") {
        let mut times: Vec<u128> = (0..repeat)
            .map(|_| {
                let start = Instant::now();
                again();
                start.elapsed().as_nanos()
            })
            .collect();
        times.sort_unstable();
        ns.insert("min", nanoseconds(times.first().copied().unwrap_or(0)));
        ns.insert("median", nanoseconds(times.get(times.len() / 2).copied().unwrap_or(0)));
    }
    Ok((ok, if repeat > 0 { ns } else { Object::new() }))
}
