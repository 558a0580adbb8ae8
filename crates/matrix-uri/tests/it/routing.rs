use matrix_identifiers::UserId;
use matrix_uri::pick_via_servers;

/// The servers chosen, none denied but `denied.org`.
fn pick(members: &[(&str, i64)]) -> Vec<String> {
    let members = members.iter().map(|(user, level)| (UserId::parse(user).unwrap(), *level));
    let servers = pick_via_servers(members, |server| server.host() != "denied.org");
    servers.into_iter().map(|server| server.to_string()).collect()
}

#[test]
fn msc1704_the_most_powerful_users_server_comes_first() {
    let members = [("@a:big.org", 0), ("@b:big.org", 0), ("@c:small.org", 50), ("@d:mid.org", 49)];
    assert_eq!(pick(&members), ["small.org", "big.org", "mid.org"]);
    let above_all = [("@a:big.org", 100), ("@b:big.org", 0), ("@c:small.org", i64::MAX)];
    assert_eq!(pick(&above_all), ["small.org", "big.org"]);
}

#[test]
fn msc1704_below_level_50_the_most_popular_server_comes_first() {
    assert_eq!(pick(&[("@a:big.org", 0), ("@b:big.org", 0), ("@c:small.org", 49)]), ["big.org", "small.org"]);
    assert_eq!(pick(&[("@a:x.org", i64::MIN)]), ["x.org"]);
}

#[test]
fn msc1704_up_to_three_servers_each_once() {
    let members =
        [("@a:a", 100), ("@b:a", 60), ("@c:b", 0), ("@d:c", 0), ("@e:c", 0), ("@f:d", 0), ("@g:d", 0)];
    assert_eq!(pick(&members), ["a", "c", "d"]);
    assert_eq!(pick(&members[..2]), ["a"]);
    assert_eq!(pick(&[]), [""; 0]);
}

#[test]
fn msc1704_denied_servers_are_never_chosen() {
    let members = [("@a:denied.org", 100), ("@b:denied.org:80", 0), ("@c:x.org", 0)];
    assert_eq!(pick(&members), ["x.org"]);
    // Power on a server that may not be chosen is passed on to the next.
    let members = [("@a:denied.org", 100), ("@b:small.org", 50), ("@c:big.org", 0), ("@d:big.org", 0)];
    assert_eq!(pick(&members), ["small.org", "big.org"]);
}

#[test]
fn msc1704_ip_addresses_are_never_chosen() {
    let members = [("@a:1.2.3.4", 100), ("@b:1.2.3.4:80", 0), ("@c:[::1]:80", 0), ("@d:1.2.3.400", 0)];
    assert_eq!(pick(&members), ["1.2.3.400"]);
}

#[test]
fn ties_are_broken_by_members_and_then_by_name() {
    assert_eq!(pick(&[("@a:b", 0), ("@a:a", 0), ("@a:C", 0), ("@a:c", 0)]), ["C", "a", "b"]);
    assert_eq!(pick(&[("@a:a", 100), ("@a:b", 100), ("@b:b", 0), ("@a:c", 0)]), ["b", "a", "c"]);
}
