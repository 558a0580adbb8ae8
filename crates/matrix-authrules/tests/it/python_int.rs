//! Levels written as strings, as Python's `int()` reads them.

use matrix_authrules::PowerLevels;
use matrix_roomversion::RoomVersion;

/// Reads a value in the place of a user's level; `None` where it is refused.
pub(crate) fn level(value: &str, version: RoomVersion) -> Option<i64> {
    let content = format!(r#"{{"users": {{"@u:x": {value}}}}}"#);
    let levels = PowerLevels::parse(&content, &version.rules().authorization);
    let level = levels.users().find(|(user_id, _)| *user_id == "@u:x").map(|(_, level)| level);
    assert_eq!(levels.defect().is_some(), level.is_none(), "{value}");
    level
}

#[test]
fn strings_are_read_as_python_reads_them() {
    let cases: Vec<(String, Option<i64>)> =
        serde_json::from_str(include_str!("../data/python_int.json")).unwrap();
    assert!(cases.len() > 70);
    for (text, expected) in cases {
        let value = serde_json::to_string(&text).unwrap();
        for version in [RoomVersion::V1, RoomVersion::V5, RoomVersion::V6, RoomVersion::V9] {
            assert_eq!(level(&value, version), expected, "{text:?}");
        }
        for version in [RoomVersion::V10, RoomVersion::V11, RoomVersion::V12] {
            assert_eq!(level(&value, version), None, "{text:?}");
        }
    }
}

#[test]
fn every_decimal_digit_of_unicode_counts_and_no_other_number() {
    let is_digit = |character: char| level(&format!(r#""{character}""#), RoomVersion::V1).is_some();
    let numbers = (0x80..=0x10_FFFF).filter_map(char::from_u32).filter(|character| character.is_numeric());
    let digits = numbers.filter(|character| is_digit(*character)).count();
    assert_eq!(digits, 650, "Unicode 14 has 65 scripts with digits of their own beside ASCII");
}

#[test]
fn escapes_are_resolved_before_reading() {
    assert_eq!(level(r#""\u0035\u005f0""#, RoomVersion::V9), Some(50));
    assert_eq!(level(r#""\ud835\udfd8""#, RoomVersion::V9), Some(0), "a surrogate pair");
    assert_eq!(level(r#""\ud835""#, RoomVersion::V9), None, "half of one");
    assert_eq!(level(r#""\n5""#, RoomVersion::V9), Some(5));
}

#[test]
fn floats_are_cut_at_the_point_below_room_10() {
    for (value, expected) in [
        ("50.57", 50),
        ("-50.57", -50),
        ("0.999", 0),
        ("-0.5", 0),
        ("-0.0", 0),
        ("5.114698E4", 51146),
        ("1e2", 100),
        ("1E+2", 100),
        ("25e-1", 2),
        ("1e-400", 0),
        ("9007199254740993.0", 9_007_199_254_740_992),
        ("1e300", i64::MAX),
        ("-1e300", i64::MIN),
        ("1.7976931348623157e308", i64::MAX),
    ] {
        assert_eq!(level(value, RoomVersion::V1), Some(expected), "{value}");
        assert_eq!(level(value, RoomVersion::V9), Some(expected), "{value}");
        assert_eq!(level(value, RoomVersion::V10), None, "{value}");
    }
    for value in ["1e309", "-1e309", "1.8e308", "1e99999999999"] {
        assert_eq!(level(value, RoomVersion::V1), None, "{value}");
    }
}

#[test]
fn integers_beyond_64_bits_stand_at_the_end_of_the_range() {
    for version in RoomVersion::ALL {
        assert_eq!(level("9223372036854775808", version), Some(i64::MAX));
        assert_eq!(level("-9223372036854775809", version), Some(i64::MIN));
        assert_eq!(level(&"9".repeat(400), version), Some(i64::MAX));
        assert_eq!(level("-0", version), Some(0));
    }
}

#[test]
fn other_values_are_no_levels() {
    for value in ["null", "true", "false", "[]", "[5]", "{}", r#"{"a": 5}"#] {
        for version in RoomVersion::ALL {
            assert_eq!(level(value, version), None, "{value} in room {version}");
        }
    }
}
