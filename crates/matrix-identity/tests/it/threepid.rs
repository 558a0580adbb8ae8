use matrix_identity::{Medium, ThirdPartyId, msisdn};

use crate::email;

#[test]
fn msc2265_addresses_that_differ_in_case_are_one() {
    assert_eq!(email("Strauß@Example.com"), email("STRAUSS@example.COM"));
    assert_eq!(email("ΣΊΣΥΦΟΣ@example.com"), email("σίσυφος@example.com"));
    let id = email("John.Doe+x@Example.com");
    assert_eq!((id.medium(), id.address()), (&Medium::Email, "john.doe+x@example.com"));
    assert_eq!(email("\"a@b\"@Example.com").address(), "\"a@b\"@example.com");
}

#[test]
fn email_addresses_come_alone() {
    let long = format!("{}@example.com", "x".repeat(512));
    for text in [
        "",
        "@",
        "a",
        "a@",
        "@b",
        "example.com",
        "Bob <bob@example.com>",
        "<bob@example.com>",
        "bob @example.com",
        "bob@example.com ",
        "mailto:bob@example.com",
        "MAILTO:bob@example.com",
        "bob@exa\nmple.com",
        "bob@exa\u{A0}mple.com",
        &long,
    ] {
        let error = ThirdPartyId::email(text).unwrap_err();
        assert_eq!(error.kind(), "invalid_email", "{text:.40}");
        assert!(!error.to_string().contains("bob"), "no address in an error");
    }
}

#[test]
fn the_limit_holds_for_what_folding_makes_longer() {
    // Two bytes become six.
    let of = |letters: usize| ThirdPartyId::email(&format!("{}@b.org", "\u{390}".repeat(letters)));
    let longest = of(84).unwrap();
    assert_eq!(longest.address().len(), 510);
    assert_eq!(ThirdPartyId::email(longest.address()).as_ref(), Ok(&longest));
    assert_eq!(of(85).unwrap_err().kind(), "invalid_email");
}

#[test]
fn phone_numbers_become_digits() {
    for (text, digits) in [
        ("18005552067", "18005552067"),
        ("+44 20 7946 0958", "442079460958"),
        (" +1 (800) 555-2067 ", "18005552067"),
        ("+49/89.123 456", "4989123456"),
        ("+33\u{A0}1\u{2011}23", "33123"),
        ("1", "1"),
        ("+123456789012345", "123456789012345"),
    ] {
        assert_eq!(msisdn(text).as_deref(), Ok(digits), "{text}");
        assert_eq!(ThirdPartyId::phone(text).unwrap(), ThirdPartyId::phone(digits).unwrap());
    }
    for text in [
        "",
        "+",
        "()",
        "++1",
        "1+1",
        "07700 900123",
        "0044 20 7946 0958",
        "+0",
        "1x",
        "tel:+1",
        "١٢٣",
        "１２",
        "1234567890123456",
        "1,2",
    ] {
        assert_eq!(msisdn(text).unwrap_err().kind(), "invalid_phone_number", "{text}");
    }
}

#[test]
fn media_are_names_without_spaces() {
    assert_eq!(Medium::parse("email"), Ok(Medium::Email));
    assert_eq!(Medium::parse("msisdn"), Ok(Medium::Msisdn));
    let other = Medium::parse("org.example.pigeon_post-2").unwrap();
    assert_eq!(
        (other.as_str(), other.to_string().as_str()),
        ("org.example.pigeon_post-2", "org.example.pigeon_post-2")
    );
    let id = ThirdPartyId::new(other.clone(), "Loft 7").unwrap();
    assert_eq!(id.address(), "Loft 7");
    for text in ["", "Email", "e mail", "é", &"x".repeat(256)] {
        assert_eq!(Medium::parse(text).unwrap_err().kind(), "invalid_medium", "{text:.40}");
    }
    for address in ["", &"x".repeat(513)] {
        assert_eq!(ThirdPartyId::new(other.clone(), address).unwrap_err().kind(), "invalid_address");
    }
}
