use matrix_canonicaljson::Object;
use matrix_crosssigning::{
    CrossSigningKey, KeyRole, KeySet, SignedObject, TrustGraph, Viewer, signing_key_update, visible_key,
};
use matrix_identifiers::UserId;

use super::{alice, bob, device, device_key, device_keys, keys};

/// A server at which everything has been signed by everybody.
fn server() -> TrustGraph {
    let (alices, bobs) = (keys(1), keys(2));
    let sign_all = |object: &Object| {
        let mut object = object.clone();
        for (user, keys, id, fill) in [(alice(), &alices, "PHONE", 1), (bob(), &bobs, "LAPTOP", 2)] {
            for secret in
                [&*keys.master.to_secret(), &*keys.self_signing.to_secret(), &*keys.user_signing.to_secret()]
            {
                let key = matrix_crosssigning::MasterKey::from_secret(secret).unwrap();
                key.sign_json(user, &mut object).unwrap();
            }
            matrix_signatures::sign_json(&mut object, user.as_str(), &device_key(id, fill)).unwrap();
        }
        object
    };
    let mut graph = TrustGraph::new(alice());
    for (user, keys, id, fill) in [(alice(), &alices, "PHONE", 1), (bob(), &bobs, "LAPTOP", 2)] {
        let identity = keys.to_public(user);
        let mut set = KeySet::new(user);
        for key in [identity.master(), identity.self_signing(), identity.user_signing().unwrap()] {
            set = set.with_key(CrossSigningKey::parse(key.role(), sign_all(key.object())).unwrap()).unwrap();
        }
        let device = sign_all(device_keys(user, id, fill).object());
        graph.update(set.with_device(matrix_crosssigning::DeviceKeys::parse(device).unwrap()).unwrap());
    }
    graph
}

/// Who has signed what an asker sees, with the keys of Alice and Bob in letters.
fn seen(owner: &UserId, what: SignedObject<'_>, asker: Option<&UserId>) -> Option<Vec<String>> {
    let server = server();
    let keys_of = server.user(owner).unwrap();
    let object = match what {
        SignedObject::CrossSigningKey(role) => keys_of.key(role).unwrap().object(),
        SignedObject::Device(id) => keys_of.device(id).unwrap().object(),
    };
    let viewer = asker.map_or(Viewer::Server, |user_id| Viewer::User(user_id, server.user(user_id).unwrap()));
    let visible = visible_key(owner, keys_of, what, object, viewer)?;
    assert_eq!(
        matrix_signatures::signing_bytes(&visible),
        matrix_signatures::signing_bytes(object),
        "nothing but signatures goes"
    );
    let mut names = Vec::new();
    for (user, entry) in visible.get_object("signatures").unwrap() {
        let letter = if user == alice() { 'A' } else { 'B' };
        let keys = keys(if letter == 'A' { 1 } else { 2 });
        for key_id in entry.as_object().unwrap().keys() {
            let name = match key_id {
                id if id == keys.master.key_id() => "master",
                id if id == keys.self_signing.key_id() => "self",
                id if id == keys.user_signing.key_id() => "user",
                _ => "device",
            };
            names.push(format!("{letter} {name}"));
        }
    }
    names.sort();
    Some(names)
}

const MASTER: SignedObject<'_> = SignedObject::CrossSigningKey(KeyRole::Master);
const SELF: SignedObject<'_> = SignedObject::CrossSigningKey(KeyRole::SelfSigning);
const USER: SignedObject<'_> = SignedObject::CrossSigningKey(KeyRole::UserSigning);

#[test]
fn msc1756_each_asker_sees_their_own_signatures_and_the_owners_public_ones() {
    let some = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    let carol = None;
    // Alice asks about Bob.
    assert_eq!(seen(bob(), MASTER, Some(alice())), some(&["A master", "A self", "A user", "B device"]));
    assert_eq!(seen(bob(), SELF, Some(alice())), some(&["A master", "A self", "A user", "B master"]));
    assert_eq!(seen(bob(), USER, Some(alice())), None);
    let laptop = SignedObject::Device(device("LAPTOP"));
    assert_eq!(
        seen(bob(), laptop, Some(alice())),
        some(&["A master", "A self", "A user", "B device", "B self"])
    );
    // Anybody else, or another server, asks about Bob: Alice's verification of him is hers alone.
    assert_eq!(seen(bob(), MASTER, carol), some(&["B device"]));
    assert_eq!(seen(bob(), SELF, carol), some(&["B master"]));
    assert_eq!(seen(bob(), USER, carol), None);
    assert_eq!(seen(bob(), laptop, carol), some(&["B device", "B self"]));
    // Bob asks about himself, and does not see who has verified him.
    assert_eq!(seen(bob(), MASTER, Some(bob())), some(&["B device", "B master", "B self", "B user"]));
    assert_eq!(seen(bob(), USER, Some(bob())), some(&["B master", "B self", "B user"]));
}

#[test]
fn msc1756_signing_key_updates_hold_what_other_servers_may_see() {
    let server = server();
    let user = server.user(bob()).unwrap();
    let identity = matrix_crosssigning::PublicIdentity::new(
        user.key(KeyRole::Master).unwrap().clone(),
        user.key(KeyRole::SelfSigning).unwrap().clone(),
        user.key(KeyRole::UserSigning).cloned(),
    )
    .unwrap();
    let content = signing_key_update(&identity, user);
    assert_eq!(content.keys().collect::<Vec<_>>(), ["master_key", "self_signing_key", "user_id"]);
    assert!(!content.to_string().contains("alice"));
}
