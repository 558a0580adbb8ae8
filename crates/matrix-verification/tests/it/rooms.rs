use matrix_canonicaljson::Object;
use matrix_identifiers::{EventId, RoomId};
use matrix_verification::{
    CancelCode, CancelledBy, Flow, Method, Party, Recipients, RequestReceived, RoomRequest, Via,
    sas::commitment,
};

use super::{MINUTE, NOW, ROOM, alice, bob, in_room, object, party};

fn request() -> (RoomRequest, Object) {
    let room_id = RoomId::parse(ROOM).unwrap();
    let request = RoomRequest::new(alice(), &bob().user_id, room_id, &[Method::Sas], "Verify me").unwrap();
    let outgoing = request.outgoing();
    assert_eq!(
        (outgoing.event_type, &outgoing.to),
        ("m.room.message", &Recipients::Room(room_id.to_owned()))
    );
    (request, outgoing.content)
}

fn received(own: &Party) -> Result<RequestReceived, &'static str> {
    let (_, content) = request();
    RequestReceived::new(own, &in_room(&alice(), "m.room.message", &content, "$req"), NOW)
        .map_err(|error| error.kind())
}

#[test]
fn msc2241_a_request_in_a_room_is_for_whom_it_names() {
    let state = received(&bob()).unwrap();
    assert_eq!(state.flow_id().as_str(), "$req");
    assert_eq!(received(&party("@carol:c", "X")).unwrap_err(), "not_for_us");
    assert_eq!(received(&alice()).unwrap_err(), "not_for_us");
    let (_, mut content) = request();
    content.remove("to");
    let error = RequestReceived::new(&bob(), &in_room(&alice(), "m.room.message", &content, "$req"), NOW)
        .unwrap_err();
    assert_eq!(error.kind(), "missing_field");
    // The to-device type means nothing in a room.
    let (_, content) = request();
    let alice = alice();
    let event = in_room(&alice, "m.key.verification.request", &content, "$req");
    assert_eq!(RequestReceived::new(&bob(), &event, NOW).unwrap_err().kind(), "not_verification");
    // The event's own time counts.
    let (_, content) = request();
    let event = in_room(&alice, "m.room.message", &content, "$req");
    let error = RequestReceived::new(&bob(), &event, NOW + 10 * MINUTE + 1).unwrap_err();
    assert_eq!(error.kind(), "not_current");
    let own =
        RoomRequest::new(alice.clone(), &alice.user_id, RoomId::parse(ROOM).unwrap(), &[Method::Sas], "");
    assert_eq!(own.unwrap_err().kind(), "not_for_us");
}

#[test]
fn msc2241_an_answer_of_another_own_device_ends_it_here() {
    let ready = |device: &str| {
        object(&format!(
            r#"{{"from_device":"{device}","methods":["m.sas.v1"],"m.relates_to":{{"rel_type":"m.reference","event_id":"$req"}}}}"#
        ))
    };
    let step = received(&bob())
        .unwrap()
        .on_message(&in_room(&bob(), "m.key.verification.ready", &ready("TABLET"), "$1"), NOW);
    let Flow::Cancelled(cancelled) = step.flow else { panic!() };
    assert_eq!((cancelled.by(), cancelled.code()), (CancelledBy::OwnOtherDevice, &CancelCode::Accepted));
    assert!(step.send.is_empty(), "in a room everybody sees it");
    // The own echo is nothing new, nor is what relates to something else or in another way.
    let stays = |content: &Object, event_type: &str| {
        let step = received(&bob()).unwrap().on_message(&in_room(&bob(), event_type, content, "$1"), NOW);
        matches!(step.flow, Flow::RequestReceived(_)) && step.send.is_empty()
    };
    assert!(stays(&ready("LAPTOP"), "m.key.verification.ready"));
    assert!(stays(
        &object(&ready("TABLET").to_string().replace("$req", "$other")),
        "m.key.verification.ready"
    ));
    assert!(stays(
        &object(&ready("TABLET").to_string().replace("m.reference", "m.thread")),
        "m.key.verification.ready"
    ));
    assert!(stays(&ready("TABLET"), "m.reaction"));
    let cancel = object(r#"{"code":"m.user","m.relates_to":{"rel_type":"m.reference","event_id":"$req"}}"#);
    let step = received(&bob())
        .unwrap()
        .on_message(&in_room(&bob(), "m.key.verification.cancel", &cancel, "$1"), NOW);
    let Flow::Cancelled(cancelled) = step.flow else { panic!() };
    assert_eq!((cancelled.by(), cancelled.code()), (CancelledBy::OwnOtherDevice, &CancelCode::User));
}

#[test]
fn msc2241_nobody_is_told_in_a_room_what_everybody_sees() {
    let (request, _) = request();
    let state = request.sent(EventId::parse("$req").unwrap(), NOW);
    let content = object(
        r#"{"from_device":"TABLET","methods":["m.sas.v1"],"m.relates_to":{"rel_type":"m.reference","event_id":"$req"}}"#,
    );
    let step = state.on_message(&in_room(&bob(), "m.key.verification.ready", &content, "$1"), NOW);
    assert!(matches!(step.flow, Flow::Ready(_)) && step.send.is_empty());
    assert_eq!(step.flow.other(), Some(&party("@bob:example.net", "TABLET")));
    // The ready event of an encrypted room has its relation outside.
    let (request, _) = self::request();
    let state = request.sent(EventId::parse("$req").unwrap(), NOW);
    let mut inner = content.clone();
    let outer = inner.remove("m.relates_to").unwrap();
    let bob = bob();
    let mut event = in_room(&bob, "m.key.verification.ready", &inner, "$1");
    if let Via::Room { relates_to, .. } = &mut event.via {
        *relates_to = outer.as_object();
    }
    assert!(matches!(state.on_message(&event, NOW).flow, Flow::Ready(_)));
}

/// The example of MSC2241: what is hashed of an encrypted event has the relation from outside.
#[test]
fn msc2241_the_commitment_covers_the_relation_that_stands_outside() {
    let inner = object(
        r#"{"from_device":"Dynabook","hashes":["sha256"],"key_agreement_protocols":["curve25519-hkdf-sha256"],
            "message_authentication_codes":["hkdf-hmac-sha256.v2"],"method":"m.sas.v1",
            "short_authentication_string":["decimal","emoji"]}"#,
    );
    let relation = object(r#"{"rel_type":"m.reference","event_id":"$req"}"#);
    let mut whole = inner.clone();
    whole.insert("m.relates_to", relation.clone());

    let asker = party("@alice:example.org", "Dynabook");
    let (_, content) = request();
    let content = object(&content.to_string().replace("PHONE", "Dynabook"));
    let state =
        RequestReceived::new(&bob(), &in_room(&asker, "m.room.message", &content, "$req"), NOW).unwrap();
    let (state, _) = state.accept(&[Method::Sas], NOW).unwrap();
    let mut event = in_room(&asker, "m.key.verification.start", &inner, "$1");
    if let Via::Room { relates_to, .. } = &mut event.via {
        *relates_to = Some(&relation);
    }
    let Flow::SasStartReceived(state) = state.on_message(&event, NOW).flow else { panic!() };
    let keys = state.fix_keys(super::bobs_keys(), super::keys(&asker, 1)).unwrap();
    let (state, accept) = state.accept(keys, Default::default(), &mut super::rng(5), NOW).unwrap();
    let key = object(
        r#"{"key":"hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo","m.relates_to":{"rel_type":"m.reference","event_id":"$req"}}"#,
    );
    let step = state.on_message(&in_room(&asker, "m.key.verification.key", &key, "$2"), NOW);
    let sent = step.send[0].content.get_str("key").unwrap();
    assert_eq!(accept.content.get_str("commitment"), Some(&*commitment(sent, &whole)));
    assert_ne!(accept.content.get_str("commitment"), Some(&*commitment(sent, &inner)));
}
