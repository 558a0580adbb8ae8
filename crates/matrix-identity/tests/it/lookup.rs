use matrix_identity::{
    Algorithm, ConsentQuery, Error, HashDetails, HashDetailsQuery, Lookup, LookupQuery, MAX_LOOKUP_ADDRESSES,
    MAX_PEPPER_BYTES, Pepper, ThirdPartyId, lookup_value,
};

use crate::{email, failed, json, ok};

const HASHES: &str = r#"{"lookup_pepper": "matrixrocks", "algorithms": ["none", "sha256", "bcrypt"]}"#;
const PLAIN: &str = r#"{"lookup_pepper": "matrixrocks", "algorithms": ["none"]}"#;
const ALICE: &str = "4kenr7N9drpCJ4AfalmlGQVsOn3o2RHjkADUpXJWZUc";

fn ids() -> [ThirdPartyId; 2] {
    [email("alice@example.com"), email("bob@example.com")]
}

fn start() -> HashDetailsQuery {
    match Lookup::new(ids()).unwrap() {
        Lookup::HashDetails(question) => question,
        other => panic!("{other:?}"),
    }
}

fn sent(next: Result<Lookup, Error>) -> LookupQuery {
    match next.unwrap() {
        Lookup::Send(question) => question,
        other => panic!("{other:?}"),
    }
}

fn consent(next: Result<Lookup, Error>) -> ConsentQuery {
    match next.unwrap() {
        Lookup::Consent(question) => question,
        other => panic!("{other:?}"),
    }
}

fn refused(algorithm: &str, pepper: &str) -> String {
    format!(
        r#"{{"errcode": "M_INVALID_PEPPER", "error": "x", "algorithm": "{algorithm}", "lookup_pepper": "{pepper}"}}"#
    )
}

#[test]
fn msc2134_hashes_are_preferred_and_mapped_back() {
    let question = sent(start().answer(ok(HASHES)));
    assert_eq!(question.algorithm(), Algorithm::Sha256);
    let body = json(&question.body());
    let bob = "LJwSazmv46n0hlMlsb_iYxI0_HXEqy_yj6Jm636cdT8";
    assert_eq!(body["addresses"], serde_json::json!([ALICE, bob]));
    assert_eq!((&body["algorithm"], &body["pepper"]), (&"sha256".into(), &"matrixrocks".into()));
    assert!(!question.body().contains("alice"));
    let answer =
        format!(r#"{{"mappings": {{"{ALICE}": "@alice:b.org", "{bob}": "nobody", "stray": "@x:y"}}}}"#);
    let Lookup::Done(found) = question.answer(ok(&answer)).unwrap() else { panic!() };
    assert_eq!(found.users.len(), 1, "neither what was not asked for nor what is no user");
    assert_eq!(found.users[&ids()[0]], *"@alice:b.org");
    assert_eq!(found.details.unwrap().pepper.as_str(), "matrixrocks");
}

#[test]
fn msc2134_plain_text_needs_consent_and_still_sends_the_pepper() {
    let question = consent(start().answer(ok(PLAIN)));
    assert_eq!(question.addresses(), ids());
    assert_eq!(question.clone().decline(), Error::PlainTextDeclined);
    let question = sent(Ok(question.accept()));
    assert_eq!(question.algorithm(), Algorithm::None);
    let expected = r#"{"addresses": ["alice@example.com email", "bob@example.com email"], "algorithm": "none", "pepper": "matrixrocks"}"#;
    assert_eq!(json(&question.body()), json(expected));
    let Lookup::Done(found) =
        question.answer(ok(r#"{"mappings": {"bob@example.com email": "@b:c"}}"#)).unwrap()
    else {
        panic!()
    };
    assert_eq!(found.users[&ids()[1]], *"@b:c");
}

#[test]
fn msc2134_a_refused_pepper_is_replaced_once() {
    let question = sent(start().answer(ok(HASHES)));
    let again = sent(question.answer(failed(400, &refused("sha256", "newpepper"))));
    assert_eq!(json(&again.body())["pepper"], "newpepper");
    assert!(!again.body().contains(ALICE));
    assert_eq!(
        again.clone().answer(failed(400, &refused("sha256", "third"))),
        Err(Error::PepperRefusedTwice)
    );
    assert!(matches!(again.answer(ok(r#"{"mappings": {}}"#)), Ok(Lookup::Done(_))));
}

#[test]
fn msc2134_an_error_without_a_pepper_leads_back_to_the_details_once() {
    let question = sent(start().answer(ok(HASHES)));
    let bare = r#"{"errcode": "M_INVALID_PEPPER", "error": "x"}"#;
    let Lookup::HashDetails(question) = question.answer(failed(400, bare)).unwrap() else { panic!() };
    let again = sent(question.answer(ok(HASHES)));
    assert_eq!(again.answer(failed(400, bare)), Err(Error::PepperRefusedTwice));
}

#[test]
fn a_server_cannot_get_plain_text_by_refusing_a_pepper() {
    let question = sent(start().answer(ok(HASHES)));
    let question = consent(question.answer(failed(400, &refused("none", "p"))));
    // What was consented to once is not asked for again.
    let question = sent(Ok(question.accept()));
    assert_eq!(question.algorithm(), Algorithm::None);
    let plain = sent(Ok(consent(start().answer(ok(PLAIN))).accept()));
    let again = sent(plain.answer(failed(400, &refused("none", "p2"))));
    assert_eq!(json(&again.body())["pepper"], "p2");
}

#[test]
fn bad_details_and_errors_end_the_look_up() {
    let details = |pepper: &str| format!(r#"{{"lookup_pepper": "{pepper}", "algorithms": ["sha256"]}}"#);
    let too_long = details(&"p".repeat(MAX_PEPPER_BYTES + 1));
    assert!(start().answer(ok(&details(&"p".repeat(MAX_PEPPER_BYTES)))).is_ok());
    for (body, kind) in [
        ("", "invalid_json"),
        ("[]", "invalid_field"),
        ("{}", "missing_field"),
        (r#"{"lookup_pepper": "p"}"#, "missing_field"),
        (r#"{"lookup_pepper": 1, "algorithms": []}"#, "invalid_field"),
        (r#"{"lookup_pepper": "p", "algorithms": "sha256"}"#, "invalid_field"),
        (r#"{"lookup_pepper": "", "algorithms": ["sha256"]}"#, "invalid_pepper"),
        (r#"{"lookup_pepper": "p p", "algorithms": ["sha256"]}"#, "invalid_pepper"),
        (&too_long, "invalid_pepper"),
        (r#"{"lookup_pepper": "p", "algorithms": []}"#, "no_common_algorithm"),
        (r#"{"lookup_pepper": "p", "algorithms": ["SHA256", 7]}"#, "no_common_algorithm"),
    ] {
        assert_eq!(start().answer(ok(body)).unwrap_err().kind(), kind, "{body}");
    }
    let question = || sent(start().answer(ok(HASHES)));
    for (response, kind) in [
        (None, "no_response"),
        (ok("{}"), "missing_field"),
        (ok(r#"{"mappings": []}"#), "invalid_field"),
        (failed(401, ""), "unauthorized"),
        (failed(403, r#"{"errcode": "M_TERMS_NOT_SIGNED", "error": "x"}"#), "terms_not_signed"),
        (failed(404, ""), "too_old"),
        (failed(400, r#"{"errcode": "M_INVALID_PARAM", "error": "x"}"#), "refused"),
        (failed(500, &refused("sha256", "p")), "refused"),
        (failed(400, &refused("md5", "p")), "unsupported_algorithm"),
        (failed(400, &refused("sha256", "p p")), "invalid_pepper"),
    ] {
        assert_eq!(question().answer(response).unwrap_err().kind(), kind, "{response:?}");
    }
    assert_eq!(start().answer(failed(400, "")).unwrap_err(), Error::TooOld);
}

#[test]
fn a_look_up_begins_with_what_is_worth_asking() {
    let Lookup::Done(found) = Lookup::new([]).unwrap() else { panic!() };
    assert_eq!((found.users.len(), found.details), (0, None));
    let many = (0..=MAX_LOOKUP_ADDRESSES).map(|n| email(&format!("{n}@b.org")));
    assert_eq!(Lookup::new(many).unwrap_err().kind(), "too_many_addresses");
    let twice = [email("a@b.org"), email("A@B.org")];
    let Lookup::HashDetails(question) = Lookup::new(twice).unwrap() else { panic!() };
    let details = HashDetails {
        pepper: Pepper::parse("p").unwrap(),
        algorithms: vec![Algorithm::None, Algorithm::Sha256],
    };
    assert_eq!(
        json(&sent(question.answer_from_cache(details)).body())["addresses"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn msc2134_the_proposals_hashes_are_ours() {
    let pepper = Pepper::parse("matrixrocks").unwrap();
    for (id, hash) in [
        (email("alice@example.com"), ALICE),
        (email("carl@example.com"), "jDh2YLwYJg3vg9pEn3kaaXAP9jx-LlcotoH51Zgb9MA"),
        (email("denny@example.com"), "2tZto1arl2fUYtF6tQPJND69il3xke9OBlgFgnUt2ww"),
        (ThirdPartyId::phone("+1 234 567 8910").unwrap(), "S11EvvwnUWBDZtI4MTRKgVuiRx76Z9HnkbyRlWkBqJs"),
    ] {
        assert_eq!(lookup_value(&id, Algorithm::Sha256, &pepper), hash);
        assert_eq!(lookup_value(&id, Algorithm::None, &pepper), format!("{} {}", id.address(), id.medium()));
    }
    for name in ["sha256", "none"] {
        assert_eq!(Algorithm::parse(name).unwrap().to_string(), name);
    }
    assert_eq!(Algorithm::parse("SHA256").unwrap_err().kind(), "unsupported_algorithm");
}
