//! Which URLs may stand in a message.

/// The schemes of links after which `//` and a host have to follow: without, a browser takes them for relative.
const WITH_HOST: [&str; 3] = ["https", "http", "ftp"];
const WITHOUT_HOST: [&str; 2] = ["mailto", "magnet"];

/// Tells whether the target of a link is absolute and has one of the schemes of the list, in any case.
///
/// The value counts as it is: a scheme with white space or control characters in it, which browsers leave out, is
/// not on the list.
pub(crate) fn is_permitted_link(value: &str, matrix_links: bool) -> bool {
    let Some((scheme, rest)) = value.split_once(':') else { return false };
    let is = |known: &&str| scheme.eq_ignore_ascii_case(known);
    if WITH_HOST.iter().any(is) {
        return rest
            .strip_prefix("//")
            .and_then(|host| host.chars().next())
            .is_some_and(|first| !matches!(first, '/' | '\\' | '?' | '#') && !first.is_ascii_control());
    }
    let known = WITHOUT_HOST.iter().any(is) || (matrix_links && is(&"matrix"));
    known && !rest.is_empty()
}

/// Tells whether the source of an image is a Matrix content URI: `mxc://`, a server name, and a media ID.
pub(crate) fn is_mxc(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once("://") else { return false };
    let Some((server, media)) = rest.split_once('/') else { return false };
    let in_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']');
    let in_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    scheme.eq_ignore_ascii_case("mxc")
        && !server.is_empty()
        && server.bytes().all(in_name)
        && !media.is_empty()
        && media.bytes().all(in_id)
}
