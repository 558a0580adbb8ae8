use std::net::IpAddr;

use matrix_identifiers::{Error, OwnedServerName, ServerName, UserId};

fn parts(name: &str) -> (&str, Option<u16>, bool) {
    let name = ServerName::parse(name).unwrap();
    (name.host(), name.port(), name.is_ip_literal())
}

#[test]
fn a_port_is_one_to_five_digits_up_to_65535() {
    assert_eq!(parts("hs:0"), ("hs", Some(0), false));
    assert_eq!(parts("hs:00080"), ("hs", Some(80), false));
    assert_eq!(parts("hs:65535"), ("hs", Some(65535), false));
    for name in [
        "hs:",
        "hs:+80",
        "hs:-1",
        "hs:000080",
        "hs:65536",
        "hs:99999",
        "hs:8_0",
        "hs::",
        "hs:1:",
        "hs:1:2",
        "hs:8/",
        "hs:\u{661}",
    ] {
        assert_eq!(ServerName::parse(name), Err(Error::InvalidPort { offset: 3 }), "{name}");
    }
}

#[test]
fn ipv6_is_in_brackets_without_a_zone_and_may_have_a_port() {
    assert_eq!(parts("[::]"), ("[::]", None, true));
    assert_eq!(parts("[::1]:8448"), ("[::1]", Some(8448), true));
    for name in ["[fe80::1%eth0]", "[::1", "[]", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8::]", "[::1::]", "[:::]"]
    {
        assert_eq!(ServerName::parse(name), Err(Error::InvalidIpv6 { offset: 0 }), "{name}");
    }
    assert_eq!(ServerName::parse("[::1]a"), Err(Error::InvalidCharacter { offset: 5, character: 'a' }));
}

#[test]
fn ipv6_is_read_as_the_standard_library_reads_it() {
    let texts = [
        "::",
        "::1",
        "1::",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
        "1::8",
        "::ffff:1.2.3.4",
        "1:2:3:4:5:6:1.2.3.4",
        "FFFF:abcd:0:00:000:0000:255.255.255.255",
        "64:ff9b::192.0.2.33",
        "1:2:3:4::5:6:7",
        ":1",
        "1:",
        ":",
        "",
        "1:::2",
        "1::2::3",
        "12345::",
        "g::",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1.2.3.4::",
        "1.2.3.4",
        "::1.2.3.4:5",
        "::1.2.3",
        "::1.2.3.4.5",
        "::1.2.3.256",
        "::1.2.3.1000",
        "::.1.2.3",
        "1:2:3:4:5::6:7:8",
        "1:2:3:4:5:6::1.2.3.4",
        "::1:2:3:4:5:1.2.3.4",
        "::1:2:3:4:5:6:1.2.3.4",
        "1:2:3:4:5:1.2.3.4",
    ];
    for text in texts {
        let name = format!("[{text}]");
        let ours = ServerName::parse(&name).ok().and_then(ServerName::ip_address);
        assert_eq!(ours, text.parse().ok().map(IpAddr::V6), "{text}");
    }
}

#[test]
fn four_decimal_numbers_up_to_255_are_an_ipv4_literal() {
    for (name, address) in [("1.2.3.4", "1.2.3.4"), ("010.000.255.09:80", "10.0.255.9")] {
        let name = ServerName::parse(name).unwrap();
        assert_eq!(name.ip_address(), Some(address.parse().unwrap()));
    }
    for name in ["1.2.3.256", "1.2.3", "1.2.3.4.5", "1.2.3.0004", "1.2.3.4.", ".1.2.3", "1..2.3", "1.2.3.a"] {
        assert_eq!(parts(name), (name, None, false));
    }
}

#[test]
fn a_host_has_1_to_255_characters() {
    let longest = "a".repeat(255);
    assert_eq!(parts(&longest).0.len(), 255);
    assert_eq!(parts(&format!("{longest}:80")).1, Some(80));
    for too_long in ["a".repeat(256), format!("{}:80", "a".repeat(256))] {
        assert_eq!(ServerName::parse(&too_long), Err(Error::TooLong { length: 256, max: 255 }));
    }
    assert_eq!(ServerName::parse(""), Err(Error::Empty));
    assert_eq!(ServerName::parse(":80"), Err(Error::MissingHost { offset: 0 }));
}

#[test]
fn a_new_server_takes_a_name_as_recommended() {
    for name in ["example.org", "a-1.b:8448", "1.2.3.4", "[2001:db8::1]:80"] {
        assert_eq!(OwnedServerName::new(name).unwrap(), name);
    }
    let longest = "a".repeat(230);
    assert!(OwnedServerName::new(&longest).is_ok());
    for (name, error) in [
        (format!("{longest}a"), Error::TooLong { length: 231, max: 230 }),
        ("example.Org".to_owned(), Error::InvalidCharacter { offset: 8, character: 'O' }),
        ("[2001:DB8::1]".to_owned(), Error::InvalidCharacter { offset: 6, character: 'D' }),
        ("a..b".to_owned(), Error::EmptyLabel { offset: 2 }),
        ("a.:80".to_owned(), Error::EmptyLabel { offset: 2 }),
        (".".to_owned(), Error::EmptyLabel { offset: 0 }),
        ("h_s".to_owned(), Error::InvalidCharacter { offset: 1, character: '_' }),
    ] {
        assert!(name == "h_s" || ServerName::parse(&name).is_ok(), "{name} is read");
        assert_eq!(OwnedServerName::new(&name), Err(error), "{name}");
    }
}

#[test]
fn names_differ_by_case() {
    assert_ne!(ServerName::parse("example.org").unwrap(), ServerName::parse("EXAMPLE.org").unwrap());
}

#[test]
fn offsets_are_those_of_the_whole_identifier() {
    assert_eq!(UserId::parse("@a:"), Err(Error::MissingHost { offset: 3 }));
    assert_eq!(UserId::parse("@a:b:x"), Err(Error::InvalidPort { offset: 5 }));
    assert_eq!(UserId::parse("@a:[x]"), Err(Error::InvalidIpv6 { offset: 3 }));
    assert_eq!(UserId::parse("@é:b€"), Err(Error::InvalidCharacter { offset: 5, character: '€' }));
    assert_eq!(UserId::parse("@a:b€").unwrap_err().offset(), Some(4));
}
