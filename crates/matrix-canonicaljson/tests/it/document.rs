use matrix_canonicaljson::{Canonicalizer, Mode};

const EVENT: &str = r#"{
  "type": "m.room.message", "depth": 12,
  "content": {"msgtype":"m.text","body":"a\u0062c","rel":{"b":1,"a":2}},
  "\u0073ender": "@a:b", "depth": -13
}"#;

#[test]
fn members_come_in_order_with_their_places() {
    let mut canonicalizer = Canonicalizer::new();
    let event = canonicalizer.scan(EVENT.as_bytes(), Mode::Strict, 1).unwrap();
    let members = event.members().unwrap();
    assert_eq!(members.len(), 4);
    let keys: Vec<_> = members.clone().map(|member| member.key().into_owned()).collect();
    assert_eq!(keys, ["content", "depth", "sender", "type"]);
    for member in members {
        assert_eq!(EVENT.get(member.value_range()), Some(member.raw()));
        assert!(EVENT.get(member.range()).unwrap().ends_with(member.raw()));
        assert!(!member.is_canonical(), "{member:?} has a space");
        assert_eq!(member.value_is_canonical(), member.key() != "content");
        assert_eq!(member.compare_key(&member.key()), std::cmp::Ordering::Equal);
    }
    assert_eq!(event.get("sender").unwrap().as_str().as_deref(), Some("@a:b"));
    assert_eq!(event.get("depth").unwrap().as_i64(), Some(-13));
    assert!(event.get("room_id").is_none());
    assert!(event.get("content").unwrap().members().is_none(), "one level was asked for");
}

#[test]
fn members_of_values_are_found_as_deep_as_asked() {
    let mut canonicalizer = Canonicalizer::new();
    let event = canonicalizer.scan(EVENT.as_bytes(), Mode::Strict, 2).unwrap();
    let content = event.get("content").unwrap().members().unwrap();
    assert_eq!(content.len(), 3);
    assert_eq!(content.get("body").unwrap().as_str().as_deref(), Some("abc"));
    assert!(content.get("msgtype").unwrap().is_canonical());
    assert!(!content.get("rel").unwrap().value_is_canonical());
    let mut out = Vec::new();
    content.get("rel").unwrap().write_value(&mut out);
    content.get("body").unwrap().write_canonical(&mut out);
    event.get("sender").unwrap().write_canonical(&mut out);
    assert_eq!(String::from_utf8(out).unwrap(), r#"{"a":2,"b":1}"body":"abc""sender":"@a:b""#);
}

#[test]
fn canonical_text_is_recognised_and_its_members_found() {
    let mut canonicalizer = Canonicalizer::new();
    let json = r#"{"content":{"body":"é"},"type":"x"}"#;
    let event = canonicalizer.scan(json.as_bytes(), Mode::Strict, 2).unwrap();
    assert!(event.is_canonical());
    assert!(event.members().unwrap().all(|member| member.is_canonical()));
    assert_eq!(event.get("content").unwrap().members().unwrap().get("body").unwrap().raw(), "\"é\"");
    assert!(canonicalizer.scan(json.as_bytes(), Mode::Strict, 0).unwrap().members().is_none());
    assert!(canonicalizer.scan(b"[{}]", Mode::Strict, 9).unwrap().members().is_none());
    assert!(canonicalizer.is_canonical(json.as_bytes()));
}

#[test]
fn members_are_asked_for_what_they_are() {
    let mut canonicalizer = Canonicalizer::new();
    let json =
        r#"{"a":1.5,"b":-9223372036854775808,"c":9223372036854775808,"d":"1","e":-0,"f":[{"g":1}],"h":1e2}"#;
    let document = canonicalizer.scan(json.as_bytes(), Mode::Lenient, 9).unwrap();
    assert_eq!(document.text(), json);
    let integers: Vec<_> = document.members().unwrap().map(|member| member.as_i64()).collect();
    assert_eq!(integers, [None, Some(i64::MIN), None, None, Some(0), None, None]);
    assert!(document.get("f").unwrap().members().is_none(), "what an array holds is not the member's");
}

#[test]
fn a_scan_forgets_the_one_before() {
    let mut canonicalizer = Canonicalizer::new();
    canonicalizer.scan(b"[1, {\"b\":", Mode::Strict, 2).unwrap_err();
    let mut out = Vec::new();
    canonicalizer.canonicalize_into(b"{\"b\":1,\"a\":[ ]}", Mode::Strict, &mut out).unwrap();
    canonicalizer.canonicalize_into(b"\"\\u0061\"", Mode::Strict, &mut out).unwrap();
    canonicalizer.canonicalize_into(b" 1 ", Mode::Strict, &mut out).unwrap();
    assert!(canonicalizer.canonicalize_into(b"[ 1, 2", Mode::Strict, &mut out).is_err());
    assert_eq!(out, b"{\"a\":[],\"b\":1}\"a\"1");
}
