use std::collections::BTreeMap;

use matrix_identifiers::{
    ClientSecret, DeviceId, DeviceKeyId, EventId, MxcUri, NamespacedId, OpaqueId, OwnedServerName,
    OwnedUserId, RoomAliasId, RoomId, RoomVersionId, ServerName, ServerSigningKeyId, SpaceOrder, UserId,
};

#[test]
fn identifiers_are_strings_in_json() {
    let owned: OwnedUserId = serde_json::from_str(r#""@a:hs""#).unwrap();
    assert_eq!(owned, "@a:hs");
    assert_eq!(serde_json::to_string(&owned).unwrap(), r#""@a:hs""#);
    assert_eq!(serde_json::to_string(UserId::parse("@a:hs").unwrap()).unwrap(), r#""@a:hs""#);
    let escaped: OwnedUserId = serde_json::from_str(r#""@\u0061:hs""#).unwrap();
    assert_eq!(escaped, owned);
}

#[test]
fn borrowed_identifiers_borrow_from_the_input() {
    let json = String::from(r#""@a:hs""#);
    let id: &UserId = serde_json::from_str(&json).unwrap();
    assert!(json.as_bytes().as_ptr_range().contains(&id.as_bytes().as_ptr()));
}

#[test]
fn reading_validates() {
    let error = serde_json::from_str::<OwnedUserId>(r#""@a""#).unwrap_err();
    assert!(error.to_string().starts_with("no ':' between the two halves"), "{error}");
    assert!(serde_json::from_str::<&UserId>(r#""@a""#).is_err());
    assert!(serde_json::from_str::<OwnedUserId>("1").is_err());
}

#[test]
fn identifiers_are_keys_of_json_objects() {
    let json = r#"{"hs":{"@a:hs":1}}"#;
    let map: BTreeMap<OwnedServerName, BTreeMap<OwnedUserId, u8>> = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&map).unwrap(), json);
    assert!(serde_json::from_str::<BTreeMap<OwnedServerName, u8>>(r#"{"h_s":1}"#).is_err());
}

#[test]
fn every_type_reads_and_writes_itself() {
    macro_rules! check {
        ($($type:ident $text:literal)*) => {$(
            let json = format!("{:?}", $text);
            let id: &$type = serde_json::from_str(&json).unwrap();
            assert_eq!(id, $text);
            assert_eq!(serde_json::to_string(id).unwrap(), json);
        )*};
    }
    check! {
        ServerName "hs" UserId "@a:hs" RoomId "!a" RoomAliasId "#a:hs" EventId "$a" DeviceId "D"
        ServerSigningKeyId "ed25519:1" DeviceKeyId "ed25519:D" MxcUri "mxc://hs/a" RoomVersionId "12"
        NamespacedId "m.a" OpaqueId "a~" ClientSecret "a=" SpaceOrder " "
    }
}
