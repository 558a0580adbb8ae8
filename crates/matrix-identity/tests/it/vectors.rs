//! The published cases: every one is run.

use matrix_identity::{Algorithm, Medium, Pepper, Response, ThirdPartyId, fold_email, lookup_value};
use serde_json::Value;

fn cases() -> Value {
    serde_json::from_str(include_str!("../data/threepid_cases.json")).unwrap()
}

#[test]
fn published_hashes_all_hold() {
    let cases = cases();
    let hashes = cases["hashes"].as_array().unwrap();
    assert_eq!(hashes.len(), 5);
    for case in hashes {
        let medium = Medium::parse(case["medium"].as_str().unwrap()).unwrap();
        let id = ThirdPartyId::new(medium, case["address"].as_str().unwrap()).unwrap();
        if let Some(canonical) = case["canonical"].as_str() {
            assert_eq!(id.address(), canonical);
        }
        let pepper = Pepper::parse(case["pepper"].as_str().unwrap()).unwrap();
        for (algorithm, field) in [(Algorithm::Sha256, "sha256"), (Algorithm::None, "none")] {
            assert_eq!(lookup_value(&id, algorithm, &pepper), case[field].as_str().unwrap());
        }
    }
}

#[test]
fn published_foldings_all_hold() {
    let cases = cases();
    let foldings = cases["email_casefold"].as_array().unwrap();
    assert_eq!(foldings.len(), 11);
    for case in foldings {
        let folded = fold_email(case["in"].as_str().unwrap());
        assert_eq!(folded, case["casefold"].as_str().unwrap());
        assert_eq!(
            folded != case["lower"].as_str().unwrap(),
            case["differs_from_lowercase"].as_bool().unwrap()
        );
    }
}

#[test]
fn published_peppers_and_errors_all_hold() {
    let cases = cases();
    for case in cases["pepper_grammar"].as_array().unwrap() {
        assert_eq!(Pepper::parse(case["pepper"].as_str().unwrap()).is_ok(), case["valid"].as_bool().unwrap());
    }
    for status in cases["fallback_to_v1_on_status"].as_array().unwrap() {
        assert!(Response::new(u16::try_from(status.as_u64().unwrap()).unwrap(), b"").falls_back_to_v1());
    }
    for error in cases["errors"].as_object().unwrap().values() {
        let body = format!(r#"{{"errcode": {}, "error": ""}}"#, error["errcode"]);
        let status = u16::try_from(error["status"].as_u64().unwrap()).unwrap();
        assert!(!Response::new(status, body.as_bytes()).falls_back_to_v1(), "{error}");
    }
}
