//! What every borrowed type and its owned twin can do.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use matrix_identifiers::{
    ClientSecret, Error, OwnedClientSecret, OwnedRoomId, OwnedUserId, RoomId, ServerName, UserId,
};

fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn both_forms_parse_and_refuse_alike() {
    let borrowed = UserId::parse("@a:hs").unwrap();
    assert_eq!(<&UserId>::try_from("@a:hs").unwrap(), borrowed);
    assert_eq!(OwnedUserId::try_from("@a:hs").unwrap(), borrowed);
    assert_eq!(OwnedUserId::try_from("@a:hs".to_owned()).unwrap(), borrowed);
    assert_eq!("@a:hs".parse::<OwnedUserId>().unwrap(), borrowed);
    for error in [
        <&UserId>::try_from("@a").unwrap_err(),
        OwnedUserId::try_from("@a").unwrap_err(),
        OwnedUserId::try_from("@a".to_owned()).unwrap_err(),
        "@a".parse::<OwnedUserId>().unwrap_err(),
    ] {
        assert_eq!(error, Error::MissingColon);
    }
}

#[test]
fn both_forms_compare_sort_and_hash_as_their_string() {
    let owned: OwnedRoomId = "!a".parse().unwrap();
    let borrowed: &RoomId = &owned;
    let string = String::from("!a");
    assert_eq!(owned, *borrowed);
    assert_eq!(*borrowed, owned);
    assert_eq!(borrowed, owned);
    assert_eq!(owned, borrowed);
    assert_eq!(owned, "!a");
    assert_eq!("!a", owned);
    assert_eq!(borrowed, "!a");
    assert_eq!("!a", borrowed);
    assert_eq!(*borrowed, "!a");
    assert_eq!(owned, string);
    assert_eq!(string, owned);
    assert_eq!(*borrowed, string);
    assert_eq!(string, *borrowed);
    assert!(owned != "!b" && *borrowed < *RoomId::parse("!b").unwrap());
    assert_eq!(hash(&owned), hash("!a"));
    assert_eq!(hash(borrowed), hash("!a"));
    assert!(RoomId::parse("!\u{ff5e}").unwrap() < RoomId::parse("!\u{1f600}").unwrap(), "not UTF-16 order");
}

#[test]
fn a_map_of_owned_identifiers_is_read_with_borrowed_ones() {
    let map = BTreeMap::from([("@a:hs".parse::<OwnedUserId>().unwrap(), 1)]);
    assert_eq!(map.get(UserId::parse("@a:hs").unwrap()), Some(&1));
}

#[test]
fn forms_convert_into_each_other_and_into_strings() {
    let borrowed = UserId::parse("@a:hs").unwrap();
    let owned = borrowed.to_owned();
    assert_eq!(OwnedUserId::from(borrowed), owned.clone());
    assert_eq!(Cow::Borrowed(borrowed).into_owned(), owned);
    assert_eq!(AsRef::<str>::as_ref(&owned), "@a:hs");
    assert_eq!(AsRef::<UserId>::as_ref(&owned), borrowed);
    assert_eq!((borrowed.as_str(), borrowed.as_bytes()), ("@a:hs", b"@a:hs".as_slice()));
    assert_eq!(String::from(owned.clone()), "@a:hs");
    assert_eq!(&*Box::<str>::from(owned), "@a:hs");
}

#[test]
fn display_is_the_string_and_debug_escapes_it() {
    let id = UserId::parse("@a\n\u{202e}:hs").unwrap();
    assert_eq!(id.to_string(), "@a\n\u{202e}:hs");
    assert_eq!(format!("{id:?}"), r#""@a\n\u{202e}:hs""#);
    assert_eq!(format!("{:>4}|", ServerName::parse("hs").unwrap()), "  hs|");
}

#[test]
fn debug_does_not_show_a_client_secret() {
    let secret: OwnedClientSecret = "d0nttell".parse().unwrap();
    assert_eq!(format!("{secret:?}"), "OwnedClientSecret(..)");
    assert_eq!(format!("{:?}", &*secret), "ClientSecret(..)");
    assert_eq!(ClientSecret::parse("d0nttell").unwrap().as_str(), "d0nttell");
    assert_eq!(String::from(secret), "d0nttell", "what is taken out is not wiped");
}

#[test]
fn client_secrets_are_equal_where_their_strings_are() {
    let text = String::from("d0nttell");
    let secret = ClientSecret::parse(&text).unwrap();
    let owned = secret.to_owned();
    assert!(*secret == *owned && owned == *secret && secret == owned && owned == owned.clone());
    assert!(*secret == "d0nttell" && owned == "d0nttell" && *secret == text && owned == text);
    for different in ["d0nttelL", "D0nttell", "d0nttel", "d0nttelll"] {
        let other = ClientSecret::parse(different).unwrap();
        assert!(*secret != *other && owned != *other && other != owned, "{different}");
        assert!(*secret != different && owned != different && *other != text, "{different}");
    }
}

#[test]
fn errors_have_a_kind_and_a_text() {
    let error = UserId::parse("@a:b\n").unwrap_err();
    assert_eq!(error.kind(), "invalid_character");
    assert_eq!(error.to_string(), r"'\n' is not allowed at byte 4");
    assert_eq!(Error::MissingSigil { sigil: '@' }.to_string(), "does not start with the sigil '@'");
    let kinds = [
        (Error::Empty, "empty"),
        (Error::TooLong { length: 256, max: 255 }, "too_long"),
        (Error::MissingSigil { sigil: '@' }, "missing_sigil"),
        (Error::MissingOpaqueId, "missing_opaque_id"),
        (Error::MissingColon, "missing_colon"),
        (Error::EmptyLocalpart, "empty_localpart"),
        (Error::MissingHost { offset: 0 }, "missing_host"),
        (Error::InvalidIpv6 { offset: 0 }, "invalid_ipv6"),
        (Error::InvalidPort { offset: 0 }, "invalid_port"),
        (Error::MissingScheme, "missing_scheme"),
        (Error::MissingMediaId, "missing_media_id"),
        (Error::MissingAlgorithm, "missing_algorithm"),
        (Error::MissingKeyVersion, "missing_key_version"),
        (Error::Reserved, "reserved"),
        (Error::MissingNamespace, "missing_namespace"),
        (Error::EmptyLabel { offset: 0 }, "empty_label"),
    ];
    for (error, kind) in kinds {
        assert_eq!(error.kind(), kind);
        let text = error.to_string();
        assert!(!text.is_empty() && !text.starts_with(char::is_uppercase));
    }
}
