//! What the proposals say of single contents.

use matrix_canonicaljson::Object;
use matrix_events::content::*;
use matrix_events::{Reader, Wire};
use matrix_identifiers::UserId;
use matrix_roomversion::{PowerLevelFormat, RoomVersion};

fn read<T: Wire>(json: &str) -> T {
    T::read_strict(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn written(value: &impl Wire) -> String {
    String::from_utf8(value.to_canonical()).unwrap()
}

#[test]
fn msc2175_the_creator_is_found_by_the_room_version() {
    let create: RoomCreate =
        read(r#"{"creator":"@old:a.org","additional_creators":["@b:b.org","@sender:a.org"]}"#);
    let sender = UserId::parse("@sender:a.org").unwrap();
    let creators = |version: RoomVersion| create.creators(sender, &version.rules().authorization);
    assert_eq!(creators(RoomVersion::V10), ["@old:a.org"]);
    assert_eq!(creators(RoomVersion::V11), ["@sender:a.org"]);
    assert_eq!(creators(RoomVersion::V12), ["@sender:a.org", "@b:b.org"]);
    assert!(RoomCreate::new().creators(sender, &RoomVersion::V1.rules().authorization).is_empty());
}

#[test]
fn msc1501_the_predecessor_of_a_room_12_has_no_event() {
    let create: RoomCreate = read(r#"{"predecessor":{"room_id":"!old:a.org"}}"#);
    assert_eq!(create.predecessor.unwrap().event_id, None);
}

#[test]
fn names_that_are_not_known_are_kept_and_known_ones_are_the_variants() {
    let member: RoomMember = read(r#"{"membership":"org.example.lurk"}"#);
    assert!(matches!(member.membership, Membership::Other(_)));
    assert_eq!(member.membership.as_str(), "org.example.lurk");
    assert_eq!(Membership::from("join"), Membership::Join);
}

#[test]
fn levels_are_kept_as_written_and_checked_by_room_version() {
    let json = r#"{"ban":" 50 ","users":{"@a:a.org":100,"@b:b.org":1.5}}"#;
    let levels: RoomPowerLevels = read(json);
    assert_eq!(written(&levels), json);
    assert_eq!(levels.check(PowerLevelFormat::Tolerant), Ok(()));
    let misfit = levels.check(PowerLevelFormat::Integers).unwrap_err();
    assert_eq!(misfit.path(), "ban");
    let levels = RoomPowerLevels { ban: None, ..levels };
    let misfit = levels.check(PowerLevelFormat::Integers).unwrap_err();
    assert_eq!(misfit.path(), r#"users."@b:b.org""#);
    let integers: RoomPowerLevels = read(r#"{"events":{"x":1},"notifications":{"room":50}}"#);
    assert_eq!(integers.check(PowerLevelFormat::Integers), Ok(()));
}

#[test]
fn msc2432_an_empty_alias_is_none_and_is_not_written() {
    let old: RoomCanonicalAlias = read(r##"{"alias":"","alt_aliases":["#a:a.org"]}"##);
    assert_eq!(old.alias.0, None);
    assert_eq!(written(&old), r##"{"alt_aliases":["#a:a.org"]}"##);
    let both: RoomCanonicalAlias = read(r##"{"alias":"#b:a.org","alt_aliases":["#a:a.org"]}"##);
    assert!(both.aliases().map(|alias| alias.as_str()).eq(["#b:a.org", "#a:a.org"]));
}

#[test]
fn msc2174_msc2244_redacts_is_one_event_or_several() {
    let one: RoomRedaction = read(r#"{"redacts":"$a"}"#);
    assert_eq!(one.redacts.unwrap().targets(), ["$a"]);
    let several: RoomRedaction = read(r#"{"redacts":["$a","$b"]}"#);
    assert_eq!(several.redacts.unwrap().targets(), ["$a", "$b"]);
}

#[test]
fn msc2582_a_mimetype_in_an_encrypted_file_is_passed_over_and_never_written() {
    let json = r#"{"hashes":{"sha256":"aA"},"iv":"aQ","key":{"alg":"A256CTR","ext":true,"k":"aw","key_ops":["encrypt"],"kty":"oct"},"mimetype":"image/png","url":"mxc://a.org/i","v":"v2"}"#;
    let file: EncryptedFile = read(json);
    assert_eq!(file.other, Object::new());
    assert_eq!(written(&file), json.replace(r#""mimetype":"image/png","#, ""));
}

#[test]
fn msc2230_the_identity_server_is_a_url_or_disabled_which_is_written() {
    let disabled: IdentityServer = read(r#"{"base_url":null}"#);
    assert_eq!(disabled.base_url, BaseUrl::Disabled);
    assert_eq!(written(&disabled), r#"{"base_url":null}"#);
    let url: IdentityServer = read(r#"{"base_url":"https://id.org"}"#);
    assert_eq!(url.base_url, BaseUrl::Url("https://id.org".to_owned()));
    assert!(IdentityServer::read_lenient(b"{}").is_err());
    assert!(IdentityServer::read_lenient(br#"{"base_url":7}"#).is_err());
}

#[test]
fn msc2399_the_reason_is_shown_where_the_code_is_not_known() {
    let withheld = |code: &str| -> RoomKeyWithheld {
        read(&format!(
            r#"{{"algorithm":"m.megolm.v1.aes-sha2","code":"{code}","reason":"r","room_id":"!r:a.org","sender_key":"k","session_id":"s"}}"#
        ))
    };
    assert_eq!(withheld("m.blacklisted").shown_reason(), None);
    assert_eq!(withheld("org.example.sleepy").shown_reason(), Some("r"));
}

#[test]
fn msc2241_a_verification_is_named_by_a_transaction_or_by_a_reference() {
    let device: VerificationDone = read(r#"{"transaction_id":"t"}"#);
    assert_eq!(device.flow(), Some(Flow::ToDevice("t")));
    let room: VerificationDone = read(r#"{"m.relates_to":{"event_id":"$r","rel_type":"m.reference"}}"#);
    assert!(matches!(room.flow(), Some(Flow::InRoom(event)) if event == "$r"));
    let other = br#"{"m.relates_to":{"event_id":"$r","rel_type":"m.annotation"}}"#;
    assert_eq!(VerificationDone::read_strict(other).unwrap_err().path(), Some("transaction_id"));
}

#[test]
fn an_edit_has_the_message_that_it_makes() {
    let edit: Message = read(
        r#"{"body":"* new","m.new_content":{"body":"new","m.new_content":{"body":"no"},"m.relates_to":{},"msgtype":"m.emote"},"m.relates_to":{"event_id":"$a","rel_type":"m.replace"},"msgtype":"m.text"}"#,
    );
    let new = edit.new_content().unwrap().unwrap().value;
    assert_eq!((new.msgtype(), new.body()), ("m.emote", "new"));
    assert_eq!(new.relates_to(), None);
    assert!(new.new_content().is_none());
    assert!(Message::text("x").new_content().is_none());
}

#[test]
fn messages_are_made_and_looked_at_whatever_their_type() {
    let message = Message::html("*hi*", "<b>hi</b>");
    assert_eq!(
        written(&message),
        r#"{"body":"*hi*","format":"org.matrix.custom.html","formatted_body":"<b>hi</b>","msgtype":"m.text"}"#
    );
    let other: Message = read(r#"{"msgtype":"org.example.x","extra":1}"#);
    assert_eq!((other.msgtype(), other.body()), ("org.example.x", ""));
    assert!(other.other().contains_key("extra"));
}

#[test]
fn what_is_known_wins_over_the_same_key_among_the_others() {
    let mut name = RoomName::new("Tea".to_owned());
    name.other.insert("a", 1);
    name.other.insert("name", "Coffee");
    name.other.insert("z", 2);
    assert_eq!(written(&name), r#"{"a":1,"name":"Tea","z":2}"#);
    let mut text = TextMessage::new("hi".to_owned());
    text.other.insert("msgtype", "m.image");
    text.other.insert("aa", 1);
    assert_eq!(written(&Message::Text(text)), r#"{"aa":1,"body":"hi","msgtype":"m.text"}"#);
}

#[test]
fn one_reader_reads_text_after_text() {
    let mut reader = Reader::new();
    assert!(reader.read_strict::<RoomName>(b"{").is_err());
    for name in ["a", "b"] {
        let json = format!(r#"{{"name":"{name}"}}"#);
        assert_eq!(reader.read_strict::<RoomName>(json.as_bytes()).unwrap().name, name);
    }
}

#[test]
fn tags_have_orders_that_are_no_integers() {
    let tags: Tags = read(r#"{"tags":{"u.a":{"order":0.25},"u.b":{"order":1}}}"#);
    let order = |tag: &str| tags.tags[tag].order.as_ref().unwrap().get();
    assert_eq!((order("u.a"), order("u.b")), (0.25, 1.0));
    assert!(TagOrder::new(f64::NAN).is_err());
}

#[test]
fn maps_with_names_as_keys_are_written_in_the_order_of_canonical_json() {
    let json = r#"{"$a":{"l.read":{},"m.read":{},"m.read.aloud":{},"m.read.private":{},"z":{}}}"#;
    assert_eq!(written(&read::<Receipts>(json)), json);
}

#[cfg(feature = "serde")]
#[test]
fn contents_are_serialized_and_deserialized_by_serde() {
    let json = serde_json::json!({"membership": "join", "org.example.x": [1]});
    let member: RoomMember = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(member.membership, Membership::Join);
    assert_eq!(serde_json::to_value(&member).unwrap(), json);
    let error = serde_json::from_str::<RoomMember>(r#"{"membership":1}"#).unwrap_err();
    assert!(error.to_string().contains("membership is not a string"), "{error}");
}
