//! What holds for any input.

use matrix_identity::{
    AcceptedTerms, Algorithm, Lookup, Pepper, Response, Terms, ThirdPartyId, fold_email, lookup_value, msisdn,
};
use proptest::prelude::*;
use serde_json::json;

proptest! {
    #[test]
    fn the_one_form_of_an_address_is_its_own(text in "\\PC{1,10}@\\PC{1,10}") {
        prop_assert_eq!(fold_email(&fold_email(&text)), fold_email(&text));
        if let Ok(id) = ThirdPartyId::email(&text) {
            prop_assert_eq!(ThirdPartyId::email(id.address()), Ok(id));
        }
    }

    #[test]
    fn numbers_are_digits_however_they_are_written(digits in "[1-9][0-9]{0,14}", gaps in prop::collection::vec("[-. ()/]{0,2}", 15)) {
        let written: String = digits.chars().zip(&gaps).flat_map(|(digit, gap)| [digit.to_string(), gap.clone()]).collect();
        prop_assert_eq!(msisdn(&format!("+{written}")), Ok(digits));
    }

    #[test]
    fn hashes_tell_addresses_media_and_peppers_apart(one in "[a-z]{1,3}@b", other in "[a-z]{1,3}@b", pepper in "[a-zA-Z0-9]{1,9}") {
        let [one, other] = [one, other].map(|address| ThirdPartyId::email(&address).unwrap());
        let pepper = Pepper::parse(&pepper).unwrap();
        let value = |id| lookup_value(id, Algorithm::Sha256, &pepper);
        prop_assert_eq!(value(&one).len(), 43);
        prop_assert_eq!(value(&one) == value(&other), one == other);
        let longer = Pepper::parse(&format!("{}x", pepper.as_str())).unwrap();
        prop_assert_ne!(value(&one), lookup_value(&one, Algorithm::Sha256, &longer));
    }

    #[test]
    fn no_answer_gets_plain_text_out_without_consent(
        statuses in prop::collection::vec(prop_oneof![Just(200_u16), Just(400), any::<u16>()], 6),
        algorithms in prop::collection::vec("(sha256|none|x)", 6),
    ) {
        let mut next = Lookup::new([ThirdPartyId::email("secret@b.org").unwrap()]).unwrap();
        for (status, algorithm) in statuses.into_iter().zip(algorithms) {
            let body = json!({
                "errcode": "M_INVALID_PEPPER", "error": "", "algorithm": algorithm, "lookup_pepper": "p",
                "algorithms": [algorithm],
            }).to_string();
            let response = Some(Response::new(status, body.as_bytes()));
            let result = match next {
                Lookup::HashDetails(question) => question.answer(response),
                Lookup::Send(question) => {
                    prop_assert!(!question.body().contains("secret"));
                    question.answer(response)
                }
                Lookup::Consent(_) | Lookup::Done(_) => break,
            };
            match result {
                Ok(question) => next = question,
                Err(_) => break,
            }
        }
    }

    #[test]
    fn agreeing_to_one_language_of_each_document_leaves_nothing(
        urls in prop::collection::btree_map("[a-z]{1,3}", prop::collection::btree_map("[a-z]{2}", "[a-z]{1,2}", 1..4), 0..5),
        choice: usize,
    ) {
        let policies = urls.iter().map(|(id, languages)| {
            let documents: serde_json::Map<_, _> =
                languages.iter().map(|(language, url)| (language.clone(), json!({"name": id, "url": url}))).collect();
            (id.clone(), serde_json::Value::Object(documents))
        });
        let body = json!({"policies": policies.collect::<serde_json::Map<_, _>>()}).to_string();
        let terms = Terms::parse(body.as_bytes()).unwrap();
        let mut accepted = AcceptedTerms::default();
        prop_assert_eq!(terms.pending(&accepted).len(), urls.len());
        for languages in urls.values() {
            accepted.add([languages.values().nth(choice % languages.len()).unwrap().clone()]);
        }
        prop_assert!(terms.pending(&accepted).is_empty());
        prop_assert_eq!(AcceptedTerms::parse(accepted.to_json().as_bytes()), Ok(accepted));
    }
}
