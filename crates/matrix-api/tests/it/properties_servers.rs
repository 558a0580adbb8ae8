//! As [`properties`](crate::properties), of the other APIs.

use matrix_api::federation::membership::{invite, join, knock};
use matrix_api::federation::{RawPdu, V1Tuple, directory, keys};
use matrix_api::identity::{association, lookup, pubkey, validation};
use matrix_api::{EndpointResponse, OpenIdToken};
use matrix_canonicaljson::Object;
use matrix_identifiers::{OwnedEventId, OwnedRoomId, OwnedUserId};
use proptest::prelude::*;

use crate::properties::{odd, round_trip};

fn pdu(text: &str) -> RawPdu {
    let mut event = Object::new();
    event.insert("type", text);
    RawPdu::from_object(&event)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn msc1884_ids_survive_the_paths_of_the_federation(text in odd(), omit_members in any::<bool>()) {
        let ids = (
            OwnedRoomId::try_from(format!("!{text}:example.org")),
            OwnedEventId::try_from(format!("${text}")),
            OwnedUserId::try_from(format!("@{text}:example.org")),
        );
        if let (Ok(room_id), Ok(event_id), Ok(user_id)) = ids {
            let mut request = join::send::Request::new(room_id.clone(), event_id.clone(), pdu(&text));
            request.omit_members = omit_members;
            round_trip(&request);
            let versions = vec!["7".parse().unwrap(), "org.example".parse().unwrap()];
            round_trip(&knock::make::Request::new(room_id.clone(), user_id.clone(), versions));
            round_trip(&keys::devices::Request::new(user_id));
            let mut request = invite::send::Request::new(room_id, event_id, "2".parse().unwrap(), pdu(&text));
            request.invite_room_state = vec![pdu(&text); usize::from(omit_members)];
            round_trip(&request);
            round_trip(&request.into_v1().unwrap());
        }
    }

    #[test]
    fn texts_survive_queries_and_bodies(text in odd(), other in odd(), number in any::<u64>(), all in any::<bool>()) {
        round_trip(&directory::public_rooms::Request {
            limit: Some(number),
            since: Some(text.clone()),
            include_all_networks: all,
            third_party_instance_id: Some(other.clone()),
        });
        round_trip(&pubkey::is_valid::Request::new(text.clone()));
        round_trip(&lookup::lookup_users::Request::new(vec![text.clone(), other.clone()], other.clone(), text.clone()));
        let secret: matrix_identifiers::OwnedClientSecret = "monkeys_are_GREAT".try_into().unwrap();
        round_trip(&validation::validated::Request::new(text.clone(), secret.clone()));
        let mut request = validation::email_request_token::Request::new(secret, text.clone(), number);
        request.next_link = Some(other.clone());
        round_trip(&request);
        let threepid = association::Threepid { medium: text, address: other };
        round_trip(&association::unbind::Request::new("@a:example.org".parse().unwrap(), threepid));
    }

    #[test]
    fn msc1961_a_token_is_registered_as_it_was_given(text in odd(), expires_in in any::<u64>()) {
        let token = OpenIdToken::new(matrix_api::AccessToken::new(text), "example.org".try_into().unwrap(), expires_in);
        round_trip(&matrix_api::integrations::account::register::Request::from(token.clone()));
        round_trip(&matrix_api::identity::account::register::Request::from(token));
    }

    #[test]
    fn msc1802_a_response_of_the_first_version_is_the_second_in_a_list(text in odd()) {
        let response = invite::send::Response::new(pdu(&text));
        let old = V1Tuple(response.clone()).into_http_response().unwrap();
        let new = response.clone().into_http_response().unwrap();
        let list: (u16, serde_json::Value) = serde_json::from_slice(old.body()).unwrap();
        prop_assert_eq!(list, (200, serde_json::from_slice(new.body()).unwrap()));
        prop_assert_eq!(invite::send_v1::Response::from_http_response(&old).unwrap().0, response);
    }
}
