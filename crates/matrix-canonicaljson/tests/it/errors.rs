use matrix_canonicaljson::{
    Duplicates, Error, Mode, Object, Options, Value, canonicalize, canonicalize_with, is_canonical,
};

fn error(json: &[u8], mode: Mode) -> Error {
    let error = canonicalize_with(json, mode).unwrap_err();
    assert_eq!(Value::parse(json, mode).unwrap_err(), error);
    error
}

#[test]
fn errors_carry_kind_and_byte_offset() {
    let cases: &[(&[u8], &str, usize)] = &[
        (b"", "unexpected_end", 0),
        (b"  ", "unexpected_end", 2),
        (b"[1,", "unexpected_end", 3),
        (b"[1,]", "unexpected_character", 3),
        (b"[1 2]", "unexpected_character", 3),
        (b"{\"a\"}", "unexpected_character", 4),
        (b"{\"a\":1,}", "unexpected_character", 7),
        (b"{\"a\":1 \"b\":2}", "unexpected_character", 7),
        (b"{a:1}", "unexpected_character", 1),
        (b"[}", "unexpected_character", 1),
        (b"{]", "unexpected_character", 1),
        (b"nulL", "unexpected_character", 3),
        (b"tru", "unexpected_end", 3),
        (b"'a'", "unexpected_character", 0),
        (b"\xef\xbb\xbf1", "unexpected_character", 0),
        (b"1 1", "trailing_characters", 2),
        (b"{}x", "trailing_characters", 2),
        (b"\"\xff\"", "invalid_utf8", 1),
        (b"[\"\xed\xa0\x80\"]", "invalid_utf8", 2),
        (b"\"a\nb\"", "control_character", 2),
        (b"{\"a\tb\":1}", "control_character", 3),
        (b"\"\\x\"", "invalid_escape", 1),
        (b"\"\\u12g4\"", "invalid_escape", 1),
        (b"\"\\u+123\"", "invalid_escape", 1),
        (b"\"\\u12", "unexpected_end", 5),
        (b"\"\\", "unexpected_end", 2),
        (b"\"\\ud800\"", "lone_surrogate", 1),
        (b"\"\\ud800\\u0041\"", "lone_surrogate", 1),
        (b"\"\\udc00\\ud800\"", "lone_surrogate", 1),
        (b"{\"\\ud83d\":1}", "lone_surrogate", 2),
        (b"01", "invalid_number", 0),
        (b"-", "unexpected_end", 1),
        (b"-a", "invalid_number", 0),
        (b"-Inf", "invalid_number", 0),
        (b"1.", "unexpected_end", 2),
        (b"[1.]", "invalid_number", 1),
        (b"[1e+]", "invalid_number", 1),
        (b".5", "unexpected_character", 0),
        (b"+1", "unexpected_character", 0),
        (b"NaN", "not_finite", 0),
        (b"[Infinity]", "not_finite", 1),
        (b"-Infinity", "not_finite", 0),
    ];
    for (json, kind, offset) in cases {
        for mode in [Mode::Strict, Mode::Lenient] {
            let error = error(json, mode);
            let text = String::from_utf8_lossy(json);
            assert_eq!((error.kind(), error.offset()), (*kind, Some(*offset)), "{text} in {mode:?}");
        }
    }
}

#[test]
fn msc2540_numbers_out_of_bounds_are_named() {
    for (json, kind, offset) in [
        ("-0", "negative_zero", 0),
        ("[1.0]", "not_an_integer", 1),
        ("{\"a\":1e3}", "not_an_integer", 5),
        ("9007199254740992", "integer_out_of_range", 0),
        ("[-9007199254740992]", "integer_out_of_range", 1),
        ("1000000000000000000000000000000", "integer_out_of_range", 0),
    ] {
        let error = error(json.as_bytes(), Mode::Strict);
        assert_eq!((error.kind(), error.offset()), (kind, Some(offset)), "{json}");
        canonicalize_with(json.as_bytes(), Mode::Lenient).unwrap();
    }
    canonicalize(b"[9007199254740991,-9007199254740991,0]").unwrap();
    let overflow = error(b"[1,1e999]", Mode::Lenient);
    assert_eq!((overflow.kind(), overflow.offset()), ("not_finite", Some(3)));
}

#[test]
fn errors_carry_the_path() {
    for (json, path) in [
        ("1.5", None),
        (r#"{"content":{"users":{"@a:b":1.5}}}"#, Some(r#"content.users."@a:b""#)),
        (r#"{ "b" : [ 0, {"x":[]}, { "c_1" : 1.5 } ] }"#, Some("b[2].c_1")),
        (r#"[[],[[1,2],[1.5]]]"#, Some("[1][1][0]")),
        (r#"{"\u0061":{"":1.5}}"#, Some(r#"a."""#)),
        (r#"{"a":{"b":1},"c":"\ud800"}"#, Some("c")),
        (r#"{"a":{"b":1,"c" 1}}"#, Some("a.c")),
        (r#"{"a":{"b":1,"\ud800":1}}"#, Some("a")),
        (r#"{"a":[1,2"#, Some("a[1]")),
    ] {
        assert_eq!(error(json.as_bytes(), Mode::Strict).path(), path, "{json}");
    }
}

#[test]
fn messages_name_the_offending_value_its_place_and_its_path() {
    for (json, message) in [
        (
            r#"{"content":{"users":{"@a:b":50.5}}}"#,
            r#"not an integer: 50.5 in content.users."@a:b" at byte 28"#,
        ),
        ("{a", "unexpected character: a at byte 1"),
        ("[\"a\nb\"]", "unescaped control character in a string in [0] at byte 3"),
        ("9007199254740992", "integer outside ±(2^53 − 1): 9007199254740992 at byte 0"),
    ] {
        assert_eq!(error(json.as_bytes(), Mode::Strict).to_string(), message);
    }
    let long = error("9".repeat(100_000).as_bytes(), Mode::Strict).to_string();
    assert!(long.len() < 200, "{long}");
}

#[test]
fn repeated_keys_are_refused_on_request_wherever_they_stand() {
    let options = Options::default().duplicates(Duplicates::Refuse);
    for (json, offset) in [
        (r#"{"a":1,"a":2}"#, 7),
        (r#"{"b":1,"a":1,"b":2,"a":3}"#, 13),
        (r#"{"x":[{"c":1,"b":1,"\u0063":2}]}"#, 19),
        (r#"{"a":1,"a":2,"a":3}"#, 7),
    ] {
        let error = canonicalize_with(json.as_bytes(), options).unwrap_err();
        assert_eq!((error.kind(), error.offset()), ("duplicate_key", Some(offset)), "{json}");
        assert_eq!(Value::parse(json.as_bytes(), options).unwrap_err(), error);
    }
    canonicalize_with(br#"{"b":{"a":1},"a":{"a":1}}"#, options).unwrap();
}

#[test]
fn objects_are_told_from_other_values() {
    let error = Object::parse(b"[]", Mode::Strict).unwrap_err();
    assert_eq!((error.kind(), error.to_string().as_str()), ("not_an_object", "not an object"));
}

/// What is no text is found in the pass over it, sixteen bytes at a time: wherever it stands, and in both halves at
/// once.
#[test]
fn bytes_that_are_no_text_are_found_wherever_they_stand() {
    for length in [1, 7, 8, 9, 16, 17, 40] {
        for wrong in [0x80, 0xC0, 0xFF] {
            for places in
                (0..length).flat_map(|first| [vec![first], vec![first, first + 8], (first..length).collect()])
            {
                let mut json = vec![b'a'; length + 2];
                (json[0], json[length + 1]) = (b'"', b'"');
                places.iter().filter(|place| **place < length).for_each(|place| json[place + 1] = wrong);
                let expected = ("invalid_utf8", Some(places[0] + 1));
                let error = error(&json, Mode::Strict);
                assert_eq!((error.kind(), error.offset()), expected, "{json:?}");
                assert!(!is_canonical(&json), "{json:?}");
                let mut member = b"{\"k\":".to_vec();
                member.extend_from_slice(&json);
                member.push(b'}');
                let error =
                    matrix_canonicaljson::OutlineReader::new().read(&member, Mode::Strict).unwrap_err();
                assert_eq!((error.kind(), error.offset()), ("invalid_utf8", Some(places[0] + 6)), "{json:?}");
            }
        }
    }
}

#[test]
fn messages_are_short_and_fit_for_a_terminal() {
    let long = "9".repeat(100);
    let shown = error(long.as_bytes(), Mode::Strict).to_string();
    assert!(shown.contains(&format!("{}…", "9".repeat(48))) && !shown.contains(&"9".repeat(49)), "{shown}");
    let key = "k@".repeat(50);
    let json = format!("{{\"{key}\":[tru]}}");
    assert_eq!(error(json.as_bytes(), Mode::Strict).path(), Some(&*format!("\"{}…\"[0]", "k@".repeat(32))));
    for json in [&b"\x1b[2J"[..], b"\x80", b"[\x00]"] {
        let shown = error(json, Mode::Strict).to_string();
        assert!(!shown.chars().any(char::is_control), "{shown:?}");
    }
}

#[test]
fn the_path_of_a_wrong_bracket_is_that_of_where_it_stands() {
    assert_eq!(error(b"{\"a\":[1,}", Mode::Strict).path(), Some("a[1]"));
    assert_eq!(error(b"{\"a\":{\"b\":]", Mode::Strict).path(), Some("a.b"));
    assert_eq!(error(b"[[1],[2,3,,", Mode::Strict).path(), Some("[1][2]"));
}
