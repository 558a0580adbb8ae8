//! What holds for every identifier and every text.

use matrix_identifiers::{
    OwnedEventId, OwnedNamespacedId, OwnedRoomAliasId, OwnedRoomId, OwnedServerName, OwnedUserId, UserId,
};
use matrix_uri::{Action, CustomItem, MatrixUri, RoomOrAlias, Target, pick_via_servers};
use proptest::collection::vec;
use proptest::prelude::*;

/// Localparts and opaque IDs, thick with the characters that delimit URIs, and with look-alikes of other IDs.
fn parts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9._~/?#&=+%@!$\\[\\] é😀\\x01-\\x1f-]{1,24}",
        "[/%?#.]{1,4}",
        "(%[0-9a-fA-F]{2}){1,3}",
        "[^:\\x00]{1,16}",
        Just("e/a".to_owned()),
    ]
}

fn servers() -> impl Strategy<Value = OwnedServerName> {
    prop_oneof!["[a-zA-Z0-9.-]{1,12}(:[0-9]{1,4})?", Just("[::1]:8448".to_owned())]
        .prop_map(|name| name.try_into().unwrap())
}

fn users() -> impl Strategy<Value = OwnedUserId> {
    (parts(), servers()).prop_map(|(part, server)| format!("@{part}:{server}").parse().unwrap())
}

fn aliases() -> impl Strategy<Value = OwnedRoomAliasId> {
    (parts(), servers()).prop_map(|(part, server)| format!("#{part}:{server}").parse().unwrap())
}

fn rooms() -> impl Strategy<Value = RoomOrAlias> {
    let opaque = prop_oneof![parts(), (parts(), parts()).prop_map(|(a, b)| format!("{a}:{b}"))];
    prop_oneof![
        opaque.prop_map(|part| format!("!{part}").parse::<OwnedRoomId>().unwrap().into()),
        aliases().prop_map(RoomOrAlias::Alias),
    ]
}

fn targets() -> impl Strategy<Value = Target> {
    let events = parts().prop_map(|part| format!("${part}").parse::<OwnedEventId>().unwrap());
    prop_oneof![
        users().prop_map(Target::User),
        rooms().prop_map(Target::from),
        (rooms(), events).prop_map(Target::from),
    ]
}

fn items() -> impl Strategy<Value = CustomItem> {
    let names = "[a-z][a-z0-9_.-]{2,10}".prop_filter("a name of its own", |name| !name.starts_with("m."));
    let names = names.prop_filter("not via", |name| !matches!(name.as_str(), "via" | "action"));
    (names, any::<String>()).prop_map(|(name, value)| {
        CustomItem::new(&name.parse::<OwnedNamespacedId>().unwrap(), value).unwrap()
    })
}

fn uris() -> impl Strategy<Value = MatrixUri> {
    (targets(), vec(servers(), 0..3), any::<bool>(), vec(items(), 0..3)).prop_map(
        |(target, via, act, items)| {
            let mut uri = MatrixUri::new(target).with_via(via);
            for action in [Action::Join, Action::Chat] {
                if act && action.applies_to(uri.target()) {
                    uri = uri.with_action(action).unwrap();
                }
            }
            items.into_iter().fold(uri, MatrixUri::with_custom)
        },
    )
}

/// Texts that are nearly links.
fn near_misses() -> impl Strategy<Value = String> {
    prop_oneof![
        "(matrix:|Matrix:)(//[a-z:@\\[\\]]{0,5}/)?(u|r|roomid|user|room|e)/[a-z%0-9:é/@#? ]{0,12}(/(e|event)/[a-z%0-9]{0,4})?(\\?(via|action|a\\.b|&|=|join|%|[a-z0-9]){0,8})?(#.{0,4})?",
        "https://matrix\\.to/#/(@|#|!|\\$|\\+|%[0-9a-f]{2})?[a-z%0-9:é/@#?$ ]{0,12}(/(\\$|%24)?[a-z%0-9/]{0,4})?(\\?(via|&|=|%|[a-z0-9]){0,8})?",
        ".{0,24}",
    ]
}

proptest! {
    #[test]
    fn msc2312_what_is_built_is_read_as_it_was(uri in uris()) {
        let text = uri.to_string();
        prop_assert!(text.bytes().all(|byte| byte.is_ascii_graphic()));
        prop_assert_eq!(MatrixUri::parse(&text), Ok(uri));
    }

    #[test]
    fn msc1704_what_is_built_is_read_as_it_was(target in targets(), via in vec(servers(), 0..3)) {
        let uri = MatrixUri::new(target).with_via(via);
        let text = uri.matrix_to().to_string();
        prop_assert!(text.bytes().all(|byte| byte.is_ascii_graphic()));
        prop_assert_eq!(MatrixUri::parse(&text), Ok(uri));
    }

    #[test]
    fn msc2312_no_two_identifiers_build_the_same_uri(one in targets(), two in targets(), part in "[/%?#a25F]{1,3}", other in "[/%?#a25F]{1,3}") {
        let close = |part: &str| Target::User(format!("@{part}:hs").parse().unwrap());
        for (one, two) in [(one, two), (close(&part), close(&other))] {
            let same = one == two;
            let (one, two) = (MatrixUri::new(one), MatrixUri::new(two));
            // RFC 3986 compares the hexadecimal digits of an encoding without regard to case.
            prop_assert_eq!(one.to_string() == two.to_string(), same);
            prop_assert_eq!(one.matrix_to().to_string() == two.matrix_to().to_string(), same);
        }
    }

    #[test]
    fn every_link_that_is_read_survives_being_written(text in near_misses()) {
        match MatrixUri::parse(&text) {
            Ok(uri) => {
                prop_assert_eq!(MatrixUri::parse(&uri.to_string()), Ok(uri.clone()));
                let link = MatrixUri::parse(&uri.matrix_to().to_string()).unwrap();
                prop_assert_eq!((link.target(), link.via()), (uri.target(), uri.via()));
            }
            Err(error) => prop_assert!(error.offset().is_none_or(|offset| text.is_char_boundary(offset))),
        }
    }

    #[test]
    fn msc1704_picked_servers_are_few_distinct_allowed_and_the_same_in_any_order(
        members in vec(("[a-c]", prop_oneof!["[a-e]", Just("1.2.3.4".to_owned())], -10..110_i64), 0..12),
    ) {
        let members: Vec<_> =
            members.iter().map(|(user, server, level)| (format!("@{user}:{server}"), *level)).collect();
        let ids: Vec<_> = members.iter().map(|(user, level)| (UserId::parse(user).unwrap(), *level)).collect();
        let picked = pick_via_servers(ids.clone(), |server| server != "a");
        let mut eligible: Vec<_> = ids.iter().map(|(user, _)| user.server_name()).collect();
        eligible.retain(|server| !server.is_ip_literal() && *server != "a");
        eligible.sort();
        eligible.dedup();
        prop_assert_eq!(picked.len(), eligible.len().min(3));
        let mut distinct = picked.clone();
        distinct.sort();
        distinct.dedup();
        prop_assert_eq!(distinct.len(), picked.len());
        prop_assert!(picked.iter().all(|server| eligible.contains(server)));
        prop_assert_eq!(pick_via_servers(ids.into_iter().rev(), |server| server != "a"), picked);
    }
}
