//! What many have a hand in is read without what is malformed of it.

use http::Response;
use matrix_api::client::{account, directory, keys, push, sync};
use matrix_api::{EndpointResponse, Raw, federation, identity};
use matrix_events::content::JoinRule;
use serde_json::{Value, json};

fn read<R: EndpointResponse>(body: &Value) -> R {
    R::from_http_response(&Response::new(body.to_string())).unwrap_or_else(|error| panic!("{error}: {body}"))
}

#[test]
fn msc2801_a_room_that_lies_about_itself_keeps_no_other_from_being_found() {
    let body = json!({"chunk": [
        {"room_id": "!a:example.org", "num_joined_members": 1, "world_readable": true, "guest_can_join": true,
            "canonical_alias": "no alias", "name": 5, "topic": ["t"], "avatar_url": "", "join_rule": {}, "room_type": 1},
        {"room_id": "not a room", "num_joined_members": 1, "world_readable": true, "guest_can_join": true},
        {"room_id": "!c:example.org", "num_joined_members": -1, "world_readable": true, "guest_can_join": true},
        7,
        {"room_id": "!e:example.org", "num_joined_members": 2, "world_readable": false, "guest_can_join": false,
            "canonical_alias": "#e:example.org", "name": "E", "avatar_url": "mxc://example.org/e", "join_rule": "knock"},
    ]});
    let rooms = read::<directory::search_public_rooms::Response>(&body).chunk;
    assert_eq!(rooms, read::<directory::public_rooms::Response>(&body).chunk);
    assert_eq!(rooms, read::<federation::directory::search_public_rooms::Response>(&body).chunk);
    let [a, e] = &rooms[..] else { panic!("{rooms:?}") };
    assert_eq!(a.room_id, *"!a:example.org");
    assert_eq!((&a.canonical_alias, &a.name, &a.topic, &a.avatar_url), (&None, &None, &None, &None));
    assert_eq!((a.join_rule(), &a.room_type), (JoinRule::Public, &None));
    assert_eq!((e.name.as_deref(), e.join_rule()), (Some("E"), JoinRule::Knock));
    assert!(e.canonical_alias.is_some() && e.avatar_url.is_some());
    // That the list is a list is the server's own business.
    let wrong = Response::new(br#"{"chunk": {}}"#);
    assert!(directory::public_rooms::Response::from_http_response(&wrong).is_err());
}

#[test]
fn msc2801_an_id_that_is_none_keeps_no_client_from_syncing() {
    let body = json!({"next_batch": "n",
        "device_lists": {"changed": ["@a:example.org", "nobody", 5, "@b:exa_mple"], "left": [null, "@c:example.org"]},
        "rooms": {
            "invite": {"no room": {"invite_state": {"events": []}}, "!i:example.org": {}},
            "knock": {"": {}},
            "leave": {"#a:example.org": {}},
            "join": {"!": {}, "!j:example.org": {
                "summary": {"m.heroes": ["@h:example.org", "h"]},
                "unread_thread_notifications": {"$t": {"notification_count": 1}, "t": {"notification_count": 2}},
            }},
        },
    });
    let sync = read::<sync::Response>(&body);
    assert_eq!(sync.device_lists.changed, ["@a:example.org"]);
    assert_eq!(sync.device_lists.left, ["@c:example.org"]);
    assert_eq!(sync.rooms.invite.keys().map(|id| id.as_str()).collect::<Vec<_>>(), ["!i:example.org"]);
    assert!(sync.rooms.knock.is_empty() && sync.rooms.leave.is_empty());
    let (id, joined) = sync.rooms.join.iter().next_back().unwrap();
    assert_eq!(id.as_str(), "!j:example.org");
    assert_eq!(joined.summary.heroes.as_ref().unwrap()[..], ["@h:example.org"]);
    assert_eq!(joined.unread_thread_notifications.len(), 1);
    // What is in a room is the server's own business.
    let wrong =
        Response::new(br#"{"next_batch": "n", "rooms": {"join": {"!j:example.org": {"timeline": 5}}}}"#);
    let error = sync::Response::from_http_response(&wrong).unwrap_err();
    assert_eq!(error.kind(), "invalid_body");
}

#[test]
fn msc2403_the_old_name_of_knocks_is_read_where_the_new_one_has_none() {
    let rooms = |names: &[&str]| {
        let rooms: serde_json::Map<String, Value> = names
            .iter()
            .enumerate()
            .map(|(index, name)| ((*name).to_owned(), json!({format!("!{index}:example.org"): {}})))
            .collect();
        let knock = read::<sync::Response>(&json!({"next_batch": "n", "rooms": rooms})).rooms.knock;
        knock.into_keys().map(|id| id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(rooms(&["xyz.amorgan.knock"]), ["!0:example.org"]);
    assert_eq!(rooms(&["knock", "xyz.amorgan.knock"]), ["!0:example.org"]);
    assert_eq!(rooms(&["xyz.amorgan.knock", "knock"]), ["!1:example.org"]);
}

#[test]
fn msc2732_one_malformed_key_keeps_no_other_from_being_claimed() {
    let body = json!({"one_time_keys": {
        "@a:example.org": {"D": {"signed_curve25519:A": {"key": "k", "signatures": {}}}},
        "@mallory:example.org": {"E": {"signed_curve25519:B": {"key": "k", "more": 1.5}}, "F": {"curve25519:C": 5}},
        "@c:example.org": {"G": {"curve25519:D": "k"}},
    }});
    let client = read::<keys::claim::Response>(&body).one_time_keys;
    let server = read::<federation::keys::claim::Response>(&body).one_time_keys;
    assert_eq!(client, server);
    let keys = client.values().flat_map(|devices| devices.values()).flat_map(|keys| keys.values());
    let keys: Vec<_> = keys.map(|key| key.read()).collect();
    assert!(
        matches!(&keys[0], Ok(keys::OneTimeKey::Signed(key)) if key.get_str("key") == Some("k")),
        "{keys:?}"
    );
    assert!(matches!(&keys[1], Ok(keys::OneTimeKey::Key(key)) if key == "k"), "{keys:?}");
    assert!(keys[2].is_err() && keys[3].is_err());
    for key in keys.into_iter().flatten() {
        assert_eq!(Raw::from(&key).read(), Ok(key));
    }
}

#[test]
fn a_server_that_is_none_is_left_out() {
    let body = json!({"room_id": "!r:example.org", "servers": ["a.example", "b_c", 5, "[::1]:80"]});
    let servers = read::<directory::get_alias::Response>(&body).servers;
    assert_eq!(servers.iter().map(|name| name.as_str()).collect::<Vec<_>>(), ["a.example", "[::1]:80"]);
    let body = json!({"state": [], "auth_chain": [], "servers_in_room": ["a.example", ""]});
    let joined = read::<federation::membership::join::send::Response>(&body);
    assert_eq!(joined.servers_in_room.unwrap(), ["a.example"]);
    let body = json!({"state": [], "auth_chain": []});
    assert_eq!(read::<federation::membership::join::send::Response>(&body).servers_in_room, None);
}

#[test]
fn msc2134_a_user_who_is_none_keeps_no_other_from_being_found() {
    let body = json!({"mappings": {"hash1": "@a:example.org", "hash2": "nobody", "hash3": 5, "hash4": "@d:example.org"}});
    let found = read::<identity::lookup::lookup_users::Response>(&body).mappings;
    assert_eq!(found.keys().collect::<Vec<_>>(), ["hash1", "hash4"]);
}

#[test]
fn numbers_of_any_kind_keep_no_push_rules_from_being_read() {
    let rule = json!({"rule_id": "r", "default": false, "enabled": true, "actions": [
        "notify", "dont_notify", {"set_tweak": "org.example.volume", "value": 0.5}]});
    let body = json!({"global": {"override": [rule], "org.example": 1e100}});
    let rules = read::<push::all_rules::Response>(&body);
    let written: Value = serde_json::from_slice(rules.into_http_response().unwrap().body()).unwrap();
    let actions = &written["global"]["override"][0]["actions"];
    assert_eq!(*actions, json!(["notify", {"set_tweak": "org.example.volume", "value": 0.5}]));
    let actions = json!({"actions": [{"set_tweak": "org.example.volume", "value": 0.5}]});
    assert_eq!(read::<push::actions::Response>(&actions).actions.len(), 1);
}

#[test]
fn what_is_passed_over_is_not_written_again() {
    let body = json!({"user_id": "@a:example.org", "org.example": 1});
    let written = read::<account::whoami::Response>(&body).into_http_response().unwrap();
    assert_eq!(written.body(), br#"{"user_id":"@a:example.org"}"#);
}
