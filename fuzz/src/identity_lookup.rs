//! Look-ups with arbitrary answers.

use matrix_identity::{Algorithm, HashDetails, Lookup, Pepper, Response, ThirdPartyId, lookup_value};

use crate::lines::Lines;

/// Checks that every look-up ends after a bounded number of questions, that no address goes out in plain text without
/// consent, and that users come back for what was asked alone.
///
/// The first line is email addresses and phone numbers, separated by semicolons. Each further line is the next answer: a
/// status and a body, or for consent `y`.
pub fn run(data: &[u8]) {
    let mut lines = Lines::new(data);
    let Some(ids) = lines.next_text() else { return };
    let ids: Vec<ThirdPartyId> = ids
        .split(';')
        .filter_map(|id| ThirdPartyId::email(id).or_else(|_| ThirdPartyId::phone(id)).ok())
        .collect();
    if let Ok(details) = HashDetails::parse(data) {
        assert!(details.negotiate().is_ok() != details.algorithms.is_empty());
        assert_eq!(Pepper::parse(details.pepper.as_str()).as_ref(), Ok(&details.pepper));
    }
    let Ok(mut next) = Lookup::new(ids.clone()) else { return };
    let (mut consented, mut questions) = (false, 0);
    loop {
        questions += 1;
        assert!(questions <= 7, "details, consent, request, and all once more");
        let response =
            |lines: &mut Lines<'_>| lines.next_response().map(|(status, body)| (status, body.to_vec()));
        let answered = match next {
            Lookup::HashDetails(question) => {
                let answer = response(&mut lines);
                question.answer(answer.as_ref().map(|(status, body)| Response::new(*status, body)))
            }
            Lookup::Consent(question) => {
                assert!(!consented && !question.addresses().is_empty());
                consented = true;
                match lines.next() {
                    Some(b"y") => Ok(question.accept()),
                    _ => Err(question.decline()),
                }
            }
            Lookup::Send(question) => {
                assert!(consented || question.algorithm() == Algorithm::Sha256);
                let body: serde_json::Value =
                    serde_json::from_str(&question.body()).expect("a body that is no JSON");
                let pepper = Pepper::parse(body["pepper"].as_str().expect("a pepper")).expect("no pepper");
                let mut values: Vec<String> =
                    ids.iter().map(|id| lookup_value(id, question.algorithm(), &pepper)).collect();
                values.sort();
                values.dedup();
                assert_eq!(body["addresses"], serde_json::json!(values));
                let answer = response(&mut lines);
                question.answer(answer.as_ref().map(|(status, body)| Response::new(*status, body)))
            }
            Lookup::Done(found) => {
                assert!(found.users.keys().all(|id| ids.contains(id)));
                return;
            }
        };
        match answered {
            Ok(question) => next = question,
            Err(error) => {
                assert!(!error.kind().is_empty() && !error.to_string().is_empty());
                return;
            }
        }
    }
}
