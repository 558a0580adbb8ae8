use matrix_identifiers::{DeviceId, UserId};
use matrix_verification::{
    Method, Party, TieBreak,
    sas::{
        Emoji, EphemeralKey, EphemeralPublicKey, KeyAgreement, MacInfo, MacMethod, SasBytes, SasParty,
        SharedSecret, commitment,
    },
    tie_break,
};
use serde_json::Value;

use super::object;

fn hex<const N: usize>(text: &Value) -> [u8; N] {
    let text = text.as_str().unwrap();
    let bytes: Vec<u8> = (0..text.len() / 2)
        .map(|at| u8::from_str_radix(text.get(2 * at..2 * at + 2).unwrap(), 16).unwrap())
        .collect();
    bytes.try_into().unwrap()
}

fn emoji_of(bytes: SasBytes) -> Vec<u64> {
    bytes.emoji().iter().map(|emoji| emoji.index().into()).collect()
}

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
}

#[test]
fn msc2630_every_vector() {
    let vectors: Value = serde_json::from_str(include_str!("../data/sas.json")).unwrap();
    let mut done = 0;
    for vector in vectors["vectors"].as_array().unwrap() {
        done += 1;
        match vector["kind"].as_str().unwrap() {
            "commitment" => {
                let content = object(&vector["start_content"].to_string());
                assert_eq!(
                    commitment(vector["public_key"].as_str().unwrap(), &content),
                    vector["commitment"]
                );
            }
            "libolm_broken_base64" => {
                let mac = hex(&vector["mac_hex"]);
                assert_eq!(MacMethod::HkdfHmacSha256.encode(&mac), vector["broken"]);
                assert_eq!(MacMethod::HkdfHmacSha256V2.encode(&mac), vector["correct"]);
                assert_eq!(MacMethod::Msc3783.encode(&mac), vector["correct"]);
            }
            "sas_bytes" => {
                let bytes = SasBytes::from_bytes(hex(&vector["bytes_hex"]));
                assert_eq!(emoji_of(bytes), numbers(&vector["emoji"]));
                assert_eq!(bytes.decimal().map(u64::from).to_vec(), numbers(&vector["decimal"]));
            }
            "sas_session" => session(vector),
            "tie_break" => {
                let side = |name: &str| {
                    let text = |field: &str| vector[name][field].as_str().unwrap().to_owned();
                    let party = Party::new(
                        UserId::parse(&text("user")).unwrap(),
                        DeviceId::parse(&text("device")).unwrap(),
                    );
                    (party, Method::parse(&text("method")))
                };
                let (a, b) = (side("a"), side("b"));
                assert_eq!(vector["winner"], "a");
                assert_eq!(tie_break((&a.0, &a.1), (&b.0, &b.1)), TieBreak::First);
                assert_eq!(tie_break((&b.0, &b.1), (&a.0, &a.1)), TieBreak::Second);
            }
            other => panic!("{other}"),
        }
    }
    assert_eq!(done, 7);
}

struct Side {
    user: String,
    device: String,
    private: [u8; 32],
    public: EphemeralPublicKey,
}

fn side(value: &Value) -> Side {
    let private = hex(&value["private_hex"]);
    let public = EphemeralPublicKey::from_base64(value["public"].as_str().unwrap()).unwrap();
    assert_eq!(EphemeralKey::from_bytes(&private).public_key(), public);
    let text = |field: &str| value[field].as_str().unwrap().to_owned();
    Side { user: text("user"), device: text("device"), private, public }
}

fn session(vector: &Value) {
    let (starter, accepter) = (side(&vector["starter"]), side(&vector["accepter"]));
    let id = vector["transaction_id"].as_str().unwrap();
    let secret = EphemeralKey::from_bytes(&starter.private).agree(&accepter.public).unwrap();
    assert_eq!(secret, EphemeralKey::from_bytes(&accepter.private).agree(&starter.public).unwrap());
    assert_eq!(*secret.as_bytes(), hex(&vector["shared_secret_hex"]));
    let party = |side: &'static Side| SasParty {
        user_id: UserId::parse(&side.user).unwrap(),
        device_id: DeviceId::parse(&side.device).unwrap(),
        public_key: &side.public,
    };
    let (starter, accepter): (&'static Side, &'static Side) =
        (Box::leak(Box::new(starter)), Box::leak(Box::new(accepter)));
    for (agreement, expected) in [
        (KeyAgreement::Curve25519HkdfSha256, vector),
        (KeyAgreement::Curve25519, &vector["legacy_curve25519"]),
    ] {
        let bytes = secret.sas_bytes(agreement, party(starter), party(accepter), id);
        assert_eq!(*bytes.as_bytes(), hex(&expected["sas_bytes_hex"]));
        assert_eq!(emoji_of(bytes), numbers(&expected["emoji"]));
        assert_eq!(bytes.decimal().map(u64::from).to_vec(), numbers(&expected["decimal"]));
        if let Some(names) = expected["emoji_names"].as_array() {
            assert_eq!(bytes.emoji().map(Emoji::name).to_vec(), *names);
        }
    }
    macs(vector, &secret, starter, accepter, id);
}

fn macs(vector: &Value, secret: &SharedSecret, starter: &Side, accepter: &Side, id: &str) {
    let info = MacInfo {
        sender_user: UserId::parse(&starter.user).unwrap(),
        sender_device: DeviceId::parse(&starter.device).unwrap(),
        receiver_user: UserId::parse(&accepter.user).unwrap(),
        receiver_device: DeviceId::parse(&accepter.device).unwrap(),
        transaction_id: id,
    };
    let expected = &vector["mac_from_starter"];
    let keys = expected["keys"].as_object().unwrap();
    for (method, field) in [
        (MacMethod::HkdfHmacSha256V2, "hkdf_hmac_sha256_v2"),
        (MacMethod::HkdfHmacSha256, "hkdf_hmac_sha256_libolm"),
    ] {
        for (key_id, key) in keys {
            assert_eq!(secret.mac(method, info, key_id, key.as_str().unwrap()), expected[field][key_id]);
        }
        // In whatever order the IDs are given.
        assert_eq!(
            secret.keys_mac(method, info, keys.keys().map(String::as_str).rev()),
            expected[field]["KEY_IDS"]
        );
    }
}

#[test]
fn the_emoji_are_those_of_the_specification_in_every_language() {
    let table: Value = serde_json::from_str(include_str!("../data/sas-emoji.json")).unwrap();
    let table = table.as_array().unwrap();
    assert_eq!(table.len(), 64);
    let mut names = 0;
    for (number, entry) in (0..).zip(table) {
        let emoji = Emoji::from_index(number).unwrap();
        assert_eq!(entry["number"], number);
        assert_eq!(emoji.symbol(), entry["emoji"]);
        assert_eq!(emoji.name(), entry["description"]);
        let translated = entry["translated_descriptions"].as_object().unwrap();
        for (language, name) in translated {
            assert_eq!(emoji.name_in(language), name.as_str(), "{language}");
            names += usize::from(name.is_string());
        }
        let mut languages: Vec<&str> = translated.keys().map(String::as_str).collect();
        languages.insert(0, "en");
        assert_eq!(Emoji::languages().collect::<Vec<_>>(), languages);
    }
    assert_eq!(names, 1885);
    let cat = Emoji::from_index(1).unwrap();
    assert_eq!(
        (cat.name_in("pt-BR"), cat.name_in("zh_Hans"), cat.name_in("xx")),
        (Some("Gato"), Some("猫"), None)
    );
    assert_eq!(cat.name_in("szl"), None, "a language without names");
    assert_eq!((cat.name_in(""), cat.name_in("en|Dog")), (None, None), "no language");
    assert_eq!(Emoji::from_index(64), None);
    assert_eq!(format!("{cat:?}"), "🐱 Cat");
}
