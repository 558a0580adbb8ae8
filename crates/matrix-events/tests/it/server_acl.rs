use matrix_events::content::RoomServerAcl;
use matrix_events::{ServerAcl, Wire};
use matrix_identifiers::ServerName;
use serde_json::{Value, json};

use crate::object;

fn allows(content: &Value, server: &str) -> bool {
    ServerAcl::new(&RoomServerAcl::of(&object(content)).unwrap()).allows(ServerName::parse(server).unwrap())
}

#[test]
fn acls_of_the_vectors() {
    let vectors: Value = serde_json::from_str(include_str!("../data/glob_acl_policy_cases.json")).unwrap();
    let cases = vectors["acl"].as_array().unwrap();
    assert_eq!(cases.len(), 8);
    for case in cases {
        let allowed = allows(&case["content"], case["server"].as_str().unwrap());
        assert_eq!(allowed, case["allowed"].as_bool().unwrap(), "{case}");
    }
}

#[test]
fn addresses_are_denied_where_literals_are() {
    let content = json!({"allow": ["*"], "allow_ip_literals": false});
    for (server, allowed) in
        [("1.2.3.4", false), ("1.2.3.4:80", false), ("[::1]:80", false), ("1.2.3.4.example", true)]
    {
        assert_eq!(allows(&content, server), allowed, "{server}");
    }
    assert!(allows(&json!({"allow": ["*"], "allow_ip_literals": "false"}), "1.2.3.4"));
    assert!(allows(&json!({"allow": ["[::?]"]}), "[::1]:8448"));
}

#[test]
fn a_list_that_is_none_allows_nobody_and_denies_nobody() {
    assert!(!allows(&json!({"allow": "*"}), "a.org"));
    assert!(allows(&json!({"allow": ["*"], "deny": "a.org"}), "a.org"));
    assert!(allows(&json!({"allow": [{}, "A.?rg"], "deny": [null, ["a.org"], 1]}), "a.org"));
}

#[test]
fn deny_wins_over_allow() {
    let content = json!({"allow": ["evil.com"], "deny": ["*.com"]});
    assert!(!allows(&content, "evil.com"));
}
