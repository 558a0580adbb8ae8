use matrix_events::Wire;
use matrix_events::content::{Membership, RoomCanonicalAlias, RoomMember, RoomName};
use matrix_events::display_name::{
    DisplayNames, MAX_HEROES, RoomDisplayName, RoomMembers, heroes, room_display_name,
};
use serde_json::{Value, json};

use crate::{object, user};

fn names(of: &[&str]) -> Vec<String> {
    of.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_name_is_unique_among_those_who_are_there() {
    let mut names = DisplayNames::new();
    let member = |membership: &str, name: Value| {
        RoomMember::of(&object(&json!({"membership": membership, "displayname": name}))).unwrap()
    };
    let [one, two, three] = ["@1:x", "@2:x", "@3:x"].map(user);
    assert_eq!(names.get(one), "@1:x");
    for name in [json!(null), json!(5), json!("")] {
        names.set(one, &member("join", name));
        assert_eq!(names.get(one), "@1:x");
    }
    names.set(one, &member("join", json!("A")));
    names.set(two, &member("leave", json!("A")));
    assert_eq!((names.get(one), names.get(two)), ("A".into(), "A (@2:x)".into()));
    names.set(three, &member("invite", json!("A")));
    assert_eq!((names.get(one), names.get(three)), ("A (@1:x)".into(), "A (@3:x)".into()));
    names.set(three, &member("join", json!("B")));
    assert_eq!((names.get(one), names.get(three)), ("A".into(), "B".into()));
    names.set(one, &member("leave", json!("A")));
    assert_eq!((names.get(one), names.get(two)), ("A".into(), "A".into()));
}

#[test]
fn a_room_is_called_by_its_name_then_its_alias_then_its_members() {
    let heroes = names(&["Alice"]);
    let members = RoomMembers { heroes: &heroes, joined: 2, invited: 0 };
    let name = |content: Value| RoomName::of(&object(&content)).unwrap();
    let alias = |content: Value| RoomCanonicalAlias::of(&object(&content)).unwrap();
    let cake = alias(json!({"alias": "#cake:x", "alt_aliases": ["#pie:x"]}));
    let named = name(json!({"name": "Cake"}));
    assert_eq!(room_display_name(Some(&named), Some(&cake), members), RoomDisplayName::Name("Cake"));
    for misfit in [json!({"name": ""}), json!({"name": 5}), json!({})] {
        assert_eq!(room_display_name(Some(&name(misfit)), Some(&cake), members).to_string(), "#cake:x");
    }
    for misfit in
        [json!({"alias": ""}), json!({"alias": "cake"}), json!({"alias": null, "alt_aliases": ["#pie:x"]})]
    {
        // MSC2432: other aliases have no part in it.
        assert_eq!(room_display_name(None, Some(&alias(misfit)), members).to_string(), "Alice");
    }
}

#[test]
fn members_are_listed_as_in_the_specification() {
    let called = |heroes: &[&str], joined, invited| {
        let heroes = names(heroes);
        room_display_name(None, None, RoomMembers { heroes: &heroes, joined, invited }).to_string()
    };
    assert_eq!(
        called(&["Alice", "Bob", "Charlie (@charlie:x)"], 3, 1),
        "Alice, Bob, and Charlie (@charlie:x)"
    );
    assert_eq!(called(&["Alice", "Bob"], 2, 1), "Alice and Bob");
    assert_eq!(called(&["Alice", "Bob"], 1_000, 237), "Alice, Bob, and 1234 others");
    assert_eq!(called(&["Alice"], 3, 0), "Alice and 1 other");
    assert_eq!(called(&[], 3, 0), "2 others");
    assert_eq!(called(&["Alice"], 1, 0), "Empty Room (was Alice)");
    assert_eq!(called(&["Alice", "Bob"], 0, 0), "Empty Room (was Alice and Bob)");
    assert_eq!(called(&[], 1, 0), "Empty Room");
    assert_eq!(called(&["Alice"], u64::MAX, u64::MAX), format!("Alice and {} others", u64::MAX - 2));
}

#[test]
fn heroes_are_the_first_five_and_never_oneself() {
    use Membership::{Ban, Invite, Join, Knock, Leave};
    let ids: Vec<String> = (0..9).map(|at| format!("@{at}:x")).collect();
    let of = |memberships: &[Membership]| {
        let members = ids.iter().zip(memberships).map(|(id, membership)| (user(id), membership.clone()));
        heroes(members, user("@1:x")).iter().map(|id| id.localpart().to_owned()).collect::<Vec<_>>().concat()
    };
    assert_eq!(MAX_HEROES, 5);
    assert_eq!(of(&[Join, Join, Invite, Leave, Join, Ban, Knock, Join]), "0247");
    assert_eq!(of(&vec![Join; 9]), "02345");
    assert_eq!(of(&[Leave, Join, Ban, Knock, Leave]), "024");
    assert_eq!(of(&[]), "");
}
