//! The cases on which Synapse and ruma-state-res agree.

use matrix_authrules::{Pdu, VerifyInvite, check};
use matrix_identifiers::{EventId, OwnedEventId};
use matrix_roomversion::RoomVersion;
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Case<'a> {
    id: String,
    room_version: String,
    event_id: String,
    #[serde(borrow)]
    event: &'a RawValue,
    state: Vec<Line<'a>>,
    #[serde(default)]
    rejected: Vec<String>,
    #[serde(rename = "_allow")]
    allow: bool,
}

#[derive(Deserialize)]
struct Line<'a> {
    event_id: String,
    #[serde(borrow)]
    event: &'a RawValue,
}

fn read(event_id: &str, event: &RawValue, version: RoomVersion) -> Pdu {
    let id: OwnedEventId = event_id.parse().unwrap();
    Pdu::parse(event.get(), Some(&id), version.rules()).unwrap()
}

#[cfg(feature = "third-party-invite")]
const VERIFY: VerifyInvite = matrix_authrules::verify_signed;
#[cfg(not(feature = "third-party-invite"))]
const VERIFY: VerifyInvite = |_, _| false; // No case holds a good signature.

#[test]
fn auth_vectors_have_their_verdict() {
    let lines = include_str!("../data/auth.jsonl").split('\n').filter(|line| !line.is_empty());
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in lines {
        let case: Case<'_> = serde_json::from_str(line).unwrap();
        let version = RoomVersion::try_from(case.room_version.as_str()).unwrap();
        let state: Vec<Pdu> =
            case.state.iter().map(|line| read(&line.event_id, line.event, version)).collect();
        let rejected = |id: &EventId| case.rejected.iter().any(|rejected| *id == rejected.as_str());
        let event = read(&case.event_id, case.event, version);
        let verdict = check(&event, version.rules(), &state, rejected, VERIFY);
        if verdict.is_ok() != case.allow {
            wrong.push(format!("{}: {:?}", case.id, verdict.map_err(|denied| (denied.rule(), denied))));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{} of {count}: {wrong:#?}", wrong.len());
    assert_eq!(count, 250);
}
