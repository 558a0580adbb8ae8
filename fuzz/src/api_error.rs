//! What servers refuse with, and what is sent to authenticate.

use http::{Response, StatusCode};
use matrix_api::federation::{
    V1Tuple, should_retry_invite_with_v1, should_retry_public_rooms_with_get, should_retry_with_v1,
};
use matrix_api::session::{LoginFlow, LogoutDecision};
use matrix_api::uiaa::{Ability, AuthData, Next, Outcome, UiaaInfo, UserInteractiveAuth};
use matrix_api::{
    Capabilities, MAX_ERROR_BYTES, MAX_ERROR_TEXT, MatrixError, invite_error_for_client,
    join_error_for_client,
};
use matrix_identifiers::RoomVersionId;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Checks that any response is read as an error and survives writing, that what follows from it agrees with it, and that
/// user-interactive authentication ends.
///
/// The first line is a status and a `Retry-After` header, the rest the body.
pub fn run(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (line, body) = (&data[..end], data.get(end + 1..).unwrap_or_default());
    let line = String::from_utf8_lossy(line);
    let (status, retry_after) = line.split_once(' ').unwrap_or((&line, ""));
    let status = status.parse().ok().and_then(|status| StatusCode::from_u16(status).ok());
    let mut response = Response::new(body);
    *response.status_mut() = status.unwrap_or(StatusCode::UNAUTHORIZED);
    if let Ok(value) = retry_after.parse() {
        response.headers_mut().insert("retry-after", value);
    }
    let error = MatrixError::from_response(&response);
    check_error(&error, body);
    check_decisions(&error);
    if let Some(info) = UiaaInfo::of(&error) {
        check_authentication(&error, info);
    }
    same_again::<AuthData>(body);
    same_again::<Vec<LoginFlow>>(body);
    same_again::<Capabilities>(body);
    same_again::<V1Tuple<Value>>(body);
}

fn check_error(error: &MatrixError, body: &[u8]) {
    let is_object = serde_json::from_slice::<serde_json::Map<String, Value>>(body).is_ok();
    if !is_object || body.len() > MAX_ERROR_BYTES {
        assert!(error.errcode.is_none() && error.fields.is_empty());
        assert!(error.error.as_ref().is_none_or(|text| text.chars().count() <= MAX_ERROR_TEXT));
    }
    let written = error.to_response();
    if written.body().len() <= MAX_ERROR_BYTES {
        let mut again = MatrixError::from_response(&written);
        // There is no header for a date after the year 9999.
        again.retry_after = again.retry_after.or(error.retry_after);
        assert_eq!(again, *error, "an error changes by being written");
    }
    assert!(error.retry_after_ms(u64::MAX) <= error.retry_after_ms(0));
    let _ = (error.current_version(), error.new_pepper(), error.room_version(), error.to_string());
}

fn check_decisions(error: &MatrixError) {
    let decision = LogoutDecision::of(error, false);
    assert_eq!(decision == LogoutDecision::StayLoggedIn, LogoutDecision::of(error, true) == decision);
    assert_eq!(decision == LogoutDecision::KeepData, decision.is_logged_out() && error.soft_logout());
    for version in ["1", "2", "3", "12"] {
        let version = RoomVersionId::parse(version).expect("a room version");
        let invite = should_retry_invite_with_v1(error, version);
        assert!(!invite || should_retry_with_v1(error));
        assert!(!invite || matches!(version.as_str(), "1" | "2"));
    }
    let directory = should_retry_public_rooms_with_get(error);
    assert!(!directory || matches!(error.status.as_u16(), 400 | 404 | 405));
    assert_eq!(invite_error_for_client(error).is_some(), join_error_for_client(error).is_some());
    if let Some(join) = join_error_for_client(error) {
        assert_eq!(join.room_version(), error.room_version());
        assert!(join_error_for_client(&join).as_ref() == Some(&join));
    }
}

/// Goes through the stages, each answered by a server that takes what comes next.
fn check_authentication(error: &MatrixError, info: UiaaInfo) {
    let again = UiaaInfo::of(&info.to_error());
    assert_eq!(again.as_ref(), Some(&info), "what is asked for changes by being written");
    let mut server = info.clone();
    let mut client = UserInteractiveAuth::begin(error).expect("authentication is asked for");
    let stages: usize = info.flows.iter().map(|flow| flow.stages.len()).sum();
    for _ in 0..=stages {
        let stage = match client.next(|_| Ability::Native) {
            Next::Stuck => {
                assert!(info.flows.is_empty());
                return;
            }
            Next::Resubmit => {
                assert!(server.is_complete());
                assert!(client.resubmit().answer.is_none());
                return;
            }
            Next::Answer { stage, .. } => {
                assert!(!stage.needs_browser());
                stage.clone()
            }
            Next::Fallback { stage } => {
                assert!(stage.needs_browser());
                stage.clone()
            }
        };
        assert!(server.complete(&stage), "a stage that does not come next: {stage}");
        let Outcome::Continue(next) = client.on_error(&server.to_error()) else { panic!("refused") };
        assert_eq!(next.failures(), 0);
        client = next;
    }
    panic!("authentication does not end");
}

fn same_again<T: DeserializeOwned + Serialize + PartialEq + core::fmt::Debug>(body: &[u8]) {
    let Ok(read) = serde_json::from_slice::<T>(body) else { return };
    let written = serde_json::to_vec(&read).expect("what was read is written");
    let again = serde_json::from_slice::<T>(&written).expect("what is written is read");
    assert_eq!(again, read, "a value changes by being written");
}
