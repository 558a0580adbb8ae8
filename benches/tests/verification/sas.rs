use matrix_canonicaljson::{Mode, Object};
use matrix_identifiers::{DeviceId, UserId};
use matrix_signatures::SigningKey;
use matrix_verification::{
    Flow, Incoming, Method, Party, PartyKeys, Via,
    sas::{
        EphemeralKey, EphemeralPublicKey, KeyAgreement, MacInfo, MacMethod, SasOptions, SasParty, commitment,
    },
};
use rand::{SeedableRng as _, rngs::StdRng};
use vodozemac::sas::{EstablishedSas, Mac, Sas};

const NOW_MS: i64 = 1_700_000_000_000;

fn party(user_id: &str, device_id: &str) -> Party {
    Party::new(UserId::parse(user_id).unwrap(), DeviceId::parse(device_id).unwrap())
}

fn keys(party: &Party, fill: u8) -> PartyKeys {
    let key = |fill| SigningKey::from_seed("x", &[fill; 32]).unwrap().public_key();
    PartyKeys::new(party.clone(), key(fill), Some(key(fill + 10))).unwrap()
}

/// Bytes, emoji, decimals and MACs of both encodings, with new keys each time.
#[test]
fn msc2630_our_sas_and_vodozemacs_agree_on_bytes_and_macs() {
    for seed in 0..50 {
        let (alice, bob) = (party("@alice:example.org", "PHONE"), party("@bob:example.net", "LAPTOP"));
        let (ours, theirs) = (EphemeralKey::generate(&mut StdRng::from_seed([seed; 32])), Sas::new());
        let our_public = ours.public_key();
        let their_public = EphemeralPublicKey::from_base64(&theirs.public_key().to_base64()).unwrap();
        let theirs = theirs.diffie_hellman_with_raw(&our_public.to_base64()).unwrap();
        let ours = ours.agree(&their_public).unwrap();
        let id = format!("transaction {seed}");
        let starter =
            SasParty { user_id: &alice.user_id, device_id: &alice.device_id, public_key: &our_public };
        let accepter =
            SasParty { user_id: &bob.user_id, device_id: &bob.device_id, public_key: &their_public };
        for (agreement, info) in [
            (
                KeyAgreement::Curve25519HkdfSha256,
                format!(
                    "MATRIX_KEY_VERIFICATION_SAS|@alice:example.org|PHONE|{}|@bob:example.net|LAPTOP|{}|{id}",
                    our_public.to_base64(),
                    their_public.to_base64()
                ),
            ),
            (
                KeyAgreement::Curve25519,
                format!("MATRIX_KEY_VERIFICATION_SAS@alice:example.orgPHONE@bob:example.netLAPTOP{id}"),
            ),
        ] {
            let (mine, peers) = (ours.sas_bytes(agreement, starter, accepter, &id), theirs.bytes(&info));
            assert_eq!(mine.as_bytes(), peers.as_bytes());
            assert_eq!(mine.emoji().map(|emoji| emoji.index()), peers.emoji_indices());
            assert_eq!(<(u16, u16, u16)>::from(mine.decimal()), peers.decimals());
        }
        let info = MacInfo {
            sender_user: &alice.user_id,
            sender_device: &alice.device_id,
            receiver_user: &bob.user_id,
            receiver_device: &bob.device_id,
            transaction_id: &id,
        };
        let raw = |key_id: &str| {
            format!("MATRIX_KEY_VERIFICATION_MAC@alice:example.orgPHONE@bob:example.netLAPTOP{id}{key_id}")
        };
        for text in ["", "abc", "J+5An10v1vzZpAXTYFokD1/PEVccFnLC61EfRXit0UY"] {
            let mac = ours.mac(MacMethod::HkdfHmacSha256V2, info, "ed25519:PHONE", text);
            assert_eq!(mac, theirs.calculate_mac(text, &raw("ed25519:PHONE")).to_base64());
            theirs.verify_mac(text, &raw("ed25519:PHONE"), &Mac::from_base64(&mac).unwrap()).unwrap();
            let faulty = ours.mac(MacMethod::HkdfHmacSha256, info, "ed25519:PHONE", text);
            assert_eq!(faulty, theirs.calculate_mac_invalid_base64(text, &raw("ed25519:PHONE")));
        }
        let list = ours.keys_mac(MacMethod::HkdfHmacSha256V2, info, ["ed25519:b", "ed25519:a"]);
        assert_eq!(list, theirs.calculate_mac("ed25519:a,ed25519:b", &raw("KEY_IDS")).to_base64());
    }
}

/// A whole exchange: our states on one side, vodozemac's on the other.
#[test]
fn msc2630_our_states_verify_with_a_peer_made_of_vodozemacs() {
    let (alice, bob) = (party("@alice:example.org", "PHONE"), party("@bob:example.net", "LAPTOP"));
    let start = Object::parse(
        br#"{"from_device":"LAPTOP","transaction_id":"abc","method":"m.sas.v1","hashes":["sha256"],
            "key_agreement_protocols":["curve25519-hkdf-sha256","curve25519"],
            "message_authentication_codes":["hkdf-hmac-sha256","hkdf-hmac-sha256.v2"],
            "short_authentication_string":["emoji","decimal"]}"#,
        Mode::Strict,
    )
    .unwrap();
    let from_bob = |event_type, content| Incoming {
        sender: &bob.user_id,
        event_type,
        content,
        via: Via::ToDevice { sender_device: None },
    };
    let step =
        Flow::from_start(&alice, &[Method::Sas], &from_bob("m.key.verification.start", &start), NOW_MS);
    let Flow::SasStartReceived(state) = step.unwrap().flow else { panic!() };
    let fixed = state.fix_keys(keys(&alice, 1), keys(&bob, 2)).unwrap();
    let mut rng = StdRng::from_seed([9; 32]);
    let Ok((state, accept)) = state.accept(fixed, SasOptions::default(), &mut rng, NOW_MS) else { panic!() };

    let sas = Sas::new();
    let bobs_public = sas.public_key().to_base64();
    let content = Object::from([("key", bobs_public.as_str()), ("transaction_id", "abc")]);
    let step = state.on_message(&from_bob("m.key.verification.key", &content), NOW_MS);
    let alices_public = step.send[0].content.get_str("key").unwrap().to_owned();
    assert_eq!(accept.content.get_str("commitment"), Some(&*commitment(&alices_public, &start)));
    let sas = sas.diffie_hellman_with_raw(&alices_public).unwrap();
    let Flow::SasShow(state) = step.flow else { panic!() };
    let info = format!(
        "MATRIX_KEY_VERIFICATION_SAS|@bob:example.net|LAPTOP|{bobs_public}|@alice:example.org|PHONE|{alices_public}|abc"
    );
    assert_eq!(state.emoji().unwrap().map(|emoji| emoji.index()), sas.bytes(&info).emoji_indices());

    // Alice confirms; Bob checks her MACs and sends his own.
    let step = state.confirm(NOW_MS);
    check_macs(&sas, &step.send[0].content, &keys(&alice, 1));
    let content = macs(&sas, &keys(&bob, 2));
    let step = step.flow.on_message(&from_bob("m.key.verification.mac", &content), NOW_MS);
    let Flow::Verified(state) = step.flow else { panic!("{:?}", step.flow) };
    assert_eq!(state.keys().device_key(), Some(keys(&bob, 2).device_key()));
    assert_eq!(state.keys().master_key(), keys(&bob, 2).master_key());
}

/// What stands before the key ID in the info of a MAC.
fn mac_info(sender: &Party, receiver: &Party) -> String {
    let Party { user_id, device_id } = sender;
    format!("MATRIX_KEY_VERIFICATION_MAC{user_id}{device_id}{}{}abc", receiver.user_id, receiver.device_id)
}

fn entries(keys: &PartyKeys) -> Vec<(String, String)> {
    let device = (format!("ed25519:{}", keys.party().device_id), keys.device_key().to_base64());
    let master = keys.master_key().unwrap().to_base64();
    let mut entries = vec![device, (format!("ed25519:{master}"), master)];
    entries.sort();
    entries
}

fn check_macs(sas: &EstablishedSas, content: &Object, alices: &PartyKeys) {
    let info = mac_info(alices.party(), &party("@bob:example.net", "LAPTOP"));
    let verify = |key_id: &str, text: &str, mac: &str| {
        sas.verify_mac(text, &format!("{info}{key_id}"), &Mac::from_base64(mac).unwrap()).unwrap();
    };
    let entries = entries(alices);
    let macs = content.get_object("mac").unwrap();
    assert_eq!(macs.len(), 2);
    for (key_id, key) in &entries {
        verify(key_id, key, macs.get_str(key_id).unwrap());
    }
    let list: Vec<&str> = entries.iter().map(|(key_id, _)| key_id.as_str()).collect();
    verify("KEY_IDS", &list.join(","), content.get_str("keys").unwrap());
}

fn macs(sas: &EstablishedSas, bobs: &PartyKeys) -> Object {
    let info = mac_info(bobs.party(), &party("@alice:example.org", "PHONE"));
    let mac = |key_id: &str, text: &str| sas.calculate_mac(text, &format!("{info}{key_id}")).to_base64();
    let entries = entries(bobs);
    let list: Vec<&str> = entries.iter().map(|(key_id, _)| key_id.as_str()).collect();
    let mut content =
        Object::from([("keys", mac("KEY_IDS", &list.join(","))), ("transaction_id", "abc".to_owned())]);
    content.insert("mac", entries.iter().map(|(id, key)| (id.as_str(), mac(id, key))).collect::<Object>());
    content
}
