use matrix_identifiers::{Error, MxcUri, OwnedMxcUri, ServerName};

#[test]
fn an_mxc_uri_names_a_server_and_media() {
    let uri = MxcUri::parse("mxc://[::1]:80/a_B-9").unwrap();
    assert_eq!((uri.server_name().as_str(), uri.media_id()), ("[::1]:80", "a_B-9"));
}

#[test]
fn what_is_no_mxc_uri_says_why() {
    for (text, error) in [
        ("", Error::MissingScheme),
        ("mxc:/hs/a", Error::MissingScheme),
        ("MXC://hs/a", Error::MissingScheme),
        ("mxc://", Error::MissingMediaId),
        ("mxc://hs", Error::MissingMediaId),
        ("mxc://hs/", Error::MissingMediaId),
        ("mxc:///a", Error::MissingHost { offset: 6 }),
        ("mxc://hs:/a", Error::InvalidPort { offset: 9 }),
        ("mxc://h_s/a", Error::InvalidCharacter { offset: 7, character: '_' }),
        ("mxc://hs/a/b", Error::InvalidCharacter { offset: 10, character: '/' }),
        ("mxc://hs/../a", Error::InvalidCharacter { offset: 9, character: '.' }),
        ("mxc://hs/a?b", Error::InvalidCharacter { offset: 10, character: '?' }),
        ("mxc://hs/é", Error::InvalidCharacter { offset: 9, character: 'é' }),
    ] {
        assert_eq!(MxcUri::parse(text), Err(error), "{text}");
    }
}

#[test]
fn an_mxc_uri_is_made_from_its_parts() {
    let server = ServerName::parse("hs:8448").unwrap();
    assert_eq!(OwnedMxcUri::new(server, "abc").unwrap(), "mxc://hs:8448/abc");
    assert_eq!(OwnedMxcUri::new(server, ""), Err(Error::MissingMediaId));
    assert_eq!(OwnedMxcUri::new(server, "a/b").unwrap_err().offset(), Some(15));
}
