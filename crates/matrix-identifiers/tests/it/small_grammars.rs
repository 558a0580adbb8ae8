use matrix_identifiers::{
    ClientSecret, Error, NamespacedId, OpaqueId, OwnedNamespacedId, OwnedRoomVersionId, RoomVersionId,
    SpaceOrder,
};

/// The characters of ASCII, one by one, that `accepts` accepts after an `a`.
fn alphabet(accepts: impl Fn(&str) -> bool) -> String {
    (0..0x80_u8).map(char::from).filter(|character| accepts(&format!("a{character}"))).collect()
}

const DIGITS: &str = "0123456789";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";

#[test]
fn each_grammar_has_its_alphabet() {
    assert_eq!(alphabet(|text| NamespacedId::parse(text).is_ok()), format!("-.{DIGITS}_{LOWER}"));
    assert_eq!(alphabet(|text| OpaqueId::parse(text).is_ok()), format!("-.{DIGITS}{UPPER}_{LOWER}~"));
    assert_eq!(alphabet(|text| ClientSecret::parse(text).is_ok()), format!("-.{DIGITS}={UPPER}_{LOWER}"));
    assert_eq!(alphabet(|text| RoomVersionId::parse(text).is_ok()), format!("-.{DIGITS}{LOWER}"));
    assert_eq!(alphabet(|text| SpaceOrder::parse(text).is_ok()), (' '..='~').collect::<String>());
}

#[test]
fn each_grammar_has_its_length() {
    let longest = |accepts: &dyn Fn(&str) -> Result<(), Error>| {
        assert_eq!(accepts(""), Err(Error::Empty));
        let accepted = (1..300).take_while(|&length| accepts(&"a".repeat(length)).is_ok()).count();
        let length = accepted + 1;
        assert_eq!(accepts(&"a".repeat(length)), Err(Error::TooLong { length, max: accepted }));
        accepted
    };
    assert_eq!(longest(&|text| NamespacedId::parse(text).map(|_| ())), 255);
    assert_eq!(longest(&|text| OpaqueId::parse(text).map(|_| ())), 255);
    assert_eq!(longest(&|text| ClientSecret::parse(text).map(|_| ())), 255);
    assert_eq!(longest(&|text| RoomVersionId::parse(text).map(|_| ())), 32);
    assert_eq!(longest(&|text| SpaceOrder::parse(text).map(|_| ())), 50);
}

#[test]
fn no_grammar_takes_letters_beyond_ascii() {
    for text in ["é", "\u{661}", "\u{ff41}", "a\u{301}"] {
        assert!(NamespacedId::parse(text).is_err());
        assert!(OpaqueId::parse(text).is_err());
        assert!(ClientSecret::parse(text).is_err());
        assert!(RoomVersionId::parse(text).is_err());
        assert!(SpaceOrder::parse(text).is_err());
    }
}

#[test]
fn msc2758_identifiers_start_with_a_lower_case_letter() {
    for text in ["1a", "-a", "_a", ".a"] {
        assert_eq!(NamespacedId::parse(text).unwrap_err().offset(), Some(0), "{text}");
    }
    assert_eq!(NamespacedId::parse("a").unwrap(), "a");
}

#[test]
fn msc2758_reserves_names_in_m() {
    let reserved = |text| NamespacedId::parse(text).unwrap().is_reserved();
    assert!(reserved("m.thread") && reserved("m."));
    assert!(!reserved("m") && !reserved("mm.a") && !reserved("com.example.m.thread"));
}

#[test]
fn msc2758_making_a_name_is_strict() {
    assert_eq!(OwnedNamespacedId::new("com.example.a-b_1").unwrap(), "com.example.a-b_1");
    for (text, error) in [
        ("", Error::Empty),
        ("Com.example", Error::InvalidCharacter { offset: 0, character: 'C' }),
        ("m.thread", Error::Reserved),
        ("example", Error::MissingNamespace),
        ("com..a", Error::EmptyLabel { offset: 4 }),
        ("com.a.", Error::EmptyLabel { offset: 6 }),
    ] {
        assert_eq!(OwnedNamespacedId::new(text), Err(error), "{text}");
    }
    assert_eq!(OwnedNamespacedId::new_without_namespace("example").unwrap(), "example");
    assert_eq!(OwnedNamespacedId::new_without_namespace("m.x"), Err(Error::Reserved));
    assert!(OwnedNamespacedId::new_without_namespace("1").is_err());
}

#[test]
fn room_versions_are_made_with_names_that_are_not_reserved() {
    assert_eq!(OwnedRoomVersionId::new("com.example.v1").unwrap(), "com.example.v1");
    assert!(OwnedRoomVersionId::new("1.2-beta").is_ok());
    assert_eq!(OwnedRoomVersionId::new("13"), Err(Error::Reserved));
    assert_eq!(OwnedRoomVersionId::new("1.2"), Err(Error::Reserved));
    assert!(OwnedRoomVersionId::new("A").is_err());
}

#[test]
fn room_versions_of_digits_and_dots_are_reserved() {
    let reserved = |text| RoomVersionId::parse(text).unwrap().is_reserved();
    assert!(reserved("1") && reserved("1.2") && reserved("."));
    assert!(!reserved("1.2-beta") && !reserved("org.example"));
    assert!(RoomVersionId::parse("1_2").is_err());
}

#[test]
fn msc1772_orders_compare_by_code_point() {
    let mut orders = ["a", "~", " ", "aa", "A", "10", "9"].map(|text| SpaceOrder::parse(text).unwrap());
    orders.sort();
    assert_eq!(orders.map(SpaceOrder::as_str), [" ", "10", "9", "A", "a", "aa", "~"]);
}
