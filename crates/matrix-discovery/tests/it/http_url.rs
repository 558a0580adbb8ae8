use matrix_discovery::HttpUrl;

#[test]
fn urls_are_kept_as_they_were_written() {
    for (text, host, port) in [
        ("https://example.org", "example.org", 443),
        ("http://example.org/", "example.org", 80),
        ("HTTPS://EXAMPLE.org:8448/a/b?c=$d#e", "EXAMPLE.org", 8448),
        ("http://localhost:8008", "localhost", 8008),
        ("http://my_host", "my_host", 80),
        ("https://127.0.0.1:1", "127.0.0.1", 1),
        ("https://[::1]:000443/", "[::1]", 443),
        ("https://example.org:", "example.org", 443),
        ("https://xn--mnchen-3ya.de", "xn--mnchen-3ya.de", 443),
    ] {
        let url = HttpUrl::parse(text).unwrap();
        assert_eq!((url.as_str(), url.host(), url.port()), (text, host, port));
        assert_eq!((url.to_string(), format!("{url:?}")), (text.to_owned(), format!("{text:?}")));
        assert_eq!(text.parse::<HttpUrl>().unwrap(), url);
    }
}

#[test]
fn what_is_no_url_with_a_host_is_refused() {
    let long = format!("https://example.org/{}", "x".repeat(8192));
    for text in [
        "",
        "example.org",
        "/path",
        "//example.org",
        "https:",
        "https:/example.org",
        "https://",
        "https:///x",
        "https://:80",
        "ftp://example.org",
        "file:///etc",
        "javascript:alert(1)",
        "data:,x",
        "https://user@example.org",
        "https://u:p@example.org",
        "https://exa mple.org",
        "https://example.org:65536",
        "https://example.org:+80",
        "https://example.org:80:80",
        "https://[::1",
        "https://[::1%25eth0]",
        "https://[v1.x]",
        "https://münchen.de",
        "https://exa%20mple.org",
        "https://a!b",
        " https://example.org",
        "https://example.org\n",
        "https://example.org/\t",
        "https://example.org/%zz",
        "https://example.org\\x",
        &long,
    ] {
        assert_eq!(HttpUrl::parse(text).unwrap_err().kind(), "invalid_url", "{text:.40}");
    }
}

#[test]
fn a_base_url_loses_trailing_slashes_and_takes_paths() {
    for (text, base) in [
        ("https://example.org", "https://example.org"),
        ("https://example.org/", "https://example.org"),
        ("https://example.org//", "https://example.org"),
        ("https://example.org/_hs/", "https://example.org/_hs"),
    ] {
        assert_eq!(HttpUrl::parse_base(text).unwrap().as_str(), base);
    }
    let base = HttpUrl::parse_base("https://example.org/_hs/").unwrap();
    assert_eq!(base.with_path("/_matrix/client/versions"), "https://example.org/_hs/_matrix/client/versions");
    for text in ["https://example.org?x", "https://example.org/#", "https://example.org/?", "/", "https://"] {
        assert!(HttpUrl::parse_base(text).is_err(), "{text}");
    }
}
