use http::StatusCode;
use matrix_api::MatrixError;
use matrix_api::federation::{
    V1Tuple, should_retry_invite_with_v1, should_retry_public_rooms_with_get, should_retry_with_v1,
};
use matrix_identifiers::RoomVersionId;
use proptest::prelude::*;
use serde_json::{Value, json};

fn error(status: u16, errcode: Option<&str>) -> MatrixError {
    let body = errcode
        .map_or_else(|| b"<html>".to_vec(), |code| json!({"errcode": code, "error": ""}).to_string().into());
    MatrixError::from_body(StatusCode::from_u16(status).unwrap(), &body)
}

/// Each answer, and whether it is that of a server that knows only version 1.
const ANSWERS: &[(u16, Option<&str>, bool)] = &[
    (400, None, true),
    (404, None, true),
    (405, None, true),
    (400, Some("M_UNRECOGNIZED"), true),
    (404, Some("M_UNRECOGNIZED"), true),
    (405, Some("M_UNRECOGNIZED"), true),
    (404, Some("M_NOT_FOUND"), true),
    (400, Some("M_NOT_FOUND"), false),
    (400, Some("M_INCOMPATIBLE_ROOM_VERSION"), false),
    (400, Some("M_BAD_JSON"), false),
    (400, Some("M_MISSING_PARAM"), false),
    (403, Some("M_FORBIDDEN"), false),
    (403, None, false),
    (404, Some("M_FORBIDDEN"), false),
    (429, Some("M_LIMIT_EXCEEDED"), false),
    (500, None, false),
    (500, Some("M_UNRECOGNIZED"), false),
    (502, None, false),
];

#[test]
fn msc1802_version_1_is_tried_when_the_request_was_not_recognised() {
    for (status, errcode, expected) in ANSWERS {
        assert_eq!(should_retry_with_v1(&error(*status, *errcode)), *expected, "{status} {errcode:?}");
    }
}

#[test]
fn msc1794_an_invite_goes_to_version_1_only_for_rooms_of_version_1_and_2() {
    for room_version in ["1", "2", "3", "12", "org.example.1"] {
        let is_old = matches!(room_version, "1" | "2");
        for (status, errcode, expected) in ANSWERS {
            let retry = should_retry_invite_with_v1(
                &error(*status, *errcode),
                RoomVersionId::parse(room_version).unwrap(),
            );
            assert_eq!(retry, is_old && *expected, "{status} {errcode:?} {room_version}");
        }
    }
}

#[test]
fn msc2197_the_directory_is_asked_for_with_get_by_three_errors() {
    for (status, errcode, expected) in [
        (400, Some("M_UNRECOGNIZED"), true),
        (400, Some("M_INVALID_PARAM"), false),
        (400, None, false),
        (404, None, true),
        (404, Some("M_NOT_FOUND"), true),
        (405, None, true),
        (405, Some("M_UNRECOGNIZED"), true),
        (403, Some("M_FORBIDDEN"), false),
        (500, None, false),
    ] {
        let retry = should_retry_public_rooms_with_get(&error(status, errcode));
        assert_eq!(retry, expected, "{status} {errcode:?}");
    }
}

#[test]
fn msc1802_the_tuple_has_exactly_two_elements_the_first_any_integer() {
    for right in ["[200, {}]", "[0, {}]", "[-1, {}]", "[418,{}]", "[18446744073709551615, {}]"] {
        let read: V1Tuple<Value> =
            serde_json::from_str(right).unwrap_or_else(|error| panic!("{right}: {error}"));
        assert_eq!(read.0, json!({}));
    }
    for wrong in [
        "{}",
        "[]",
        "[200]",
        "[{}]",
        "[{}, 200]",
        "[200, {}, {}]",
        "[200.5, {}]",
        "[\"200\", {}]",
        "[null, {}]",
        "200",
        "null",
    ] {
        assert!(serde_json::from_str::<V1Tuple<serde_json::Map<String, Value>>>(wrong).is_err(), "{wrong}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn msc1802_what_is_wrapped_is_unwrapped(text in ".*", status in any::<i64>()) {
        let wrapped = serde_json::to_string(&V1Tuple(&text)).unwrap();
        prop_assert!(wrapped.starts_with("[200,"));
        prop_assert_eq!(&serde_json::from_str::<V1Tuple<String>>(&wrapped).unwrap().0, &text);
        let other = json!([status, text]).to_string();
        prop_assert_eq!(serde_json::from_str::<V1Tuple<String>>(&other).unwrap().0, text);
    }
}
