//! Terms of service and what was agreed to.

use matrix_identity::{AcceptedTerms, Response, Service, Terms, UseService};

use crate::lines::Lines;

/// Checks that agreeing to one language of each document leaves none to agree to, that what was agreed to survives
/// writing, and that the way to using a service ends.
///
/// The first line is the content of `m.accepted_terms`, the second the response of `/terms`, the third a status.
pub fn run(data: &[u8]) {
    let mut lines = Lines::new(data);
    let accepted = lines.next().and_then(|content| AcceptedTerms::parse(content).ok()).unwrap_or_default();
    let again = AcceptedTerms::parse(accepted.to_json().as_bytes());
    assert_eq!(again.as_ref(), Ok(&accepted), "what was agreed to changes by being written");
    let body = lines.next().unwrap_or_default();
    let status = lines.next_response().map_or(200, |(status, _)| status);
    if let Ok(terms) = Terms::parse(body) {
        check_terms(&terms, &accepted);
    }
    for registered in [true, false] {
        let UseService::Terms(question) =
            UseService::new(Service::IdentityServer, accepted.clone(), registered)
        else {
            panic!("a service is used without asking for its terms");
        };
        let Ok(next) = question.answer(Some(Response::new(200, body))) else { return };
        follow(next, &accepted, registered, status);
    }
}

fn check_terms(terms: &Terms, accepted: &AcceptedTerms) {
    assert!(terms.policies.is_sorted_by_key(|policy| policy.id.as_str()));
    let pending = terms.pending(accepted);
    let mut all = accepted.clone();
    for policy in &pending {
        assert!(!policy.documents.is_empty() && !policy.is_accepted(accepted));
        let document = policy.document(&["fr-CH", "zz"]).expect("a policy without a document");
        all.add([document.url.clone()]);
        assert!(policy.is_accepted(&all));
    }
    assert!(terms.pending(&all).is_empty());
    assert!(all.urls().starts_with(accepted.urls()));
}

fn follow(mut next: UseService, accepted: &AcceptedTerms, registered: bool, status: u16) {
    let (mut stored, mut told) = (false, false);
    for _ in 0..5 {
        next = match next {
            UseService::Ask(question) => {
                let urls: Vec<String> = question
                    .pending()
                    .iter()
                    .filter_map(|policy| Some(policy.document(&[])?.url.clone()))
                    .collect();
                let agreed = question.agree(urls.iter().map(String::as_str));
                agreed.expect("an agreement to what was asked for counts")
            }
            UseService::Store(question) => {
                assert!(question.accepted().urls().len() > accepted.urls().len());
                stored = true;
                question.stored()
            }
            UseService::Register(question) => {
                assert!(!registered);
                question.registered()
            }
            UseService::Send(question) => {
                assert!(stored, "the account data comes before the service");
                assert!(question.body().contains("user_accepts"));
                told = true;
                match question.answer(Some(Response::new(status, b""))) {
                    Ok(next) => next,
                    Err(error) => {
                        assert!(status != 200 && !error.kind().is_empty());
                        return;
                    }
                }
            }
            UseService::Ready => {
                assert_eq!(stored, told);
                return;
            }
            UseService::Terms(_) => panic!("terms are asked for twice"),
        };
    }
    panic!("no end: {next:?}");
}
