use matrix_identity::{AcceptedTerms, Terms};

use crate::json;

const TERMS: &str = r#"{"policies": {
    "terms_of_service": {"version": "2.0",
        "en": {"name": "Terms of Service", "url": "https://example.org/terms-2.0-en.html"},
        "fr": {"name": "Conditions", "url": "https://example.org/terms-2.0-fr.html"}},
    "privacy_policy": {"version": 1.2,
        "en": {"name": "Privacy Policy", "url": "https://example.org/privacy-1.2-en.html"}}}}"#;

fn terms(text: &str) -> Terms {
    Terms::parse(text.as_bytes()).unwrap()
}

fn accepted(urls: &[&str]) -> AcceptedTerms {
    let mut accepted = AcceptedTerms::default();
    accepted.add(urls.iter().map(|url| (*url).to_owned()));
    accepted
}

fn pending(urls: &[&str]) -> Vec<String> {
    terms(TERMS).pending(&accepted(urls)).into_iter().map(|policy| policy.id.clone()).collect()
}

#[test]
fn msc2140_one_language_of_a_document_is_enough() {
    let privacy = "https://example.org/privacy-1.2-en.html";
    assert_eq!(pending(&[]), ["privacy_policy", "terms_of_service"]);
    assert_eq!(pending(&["https://example.org/terms-2.0-fr.html"]), ["privacy_policy"]);
    assert_eq!(pending(&["https://example.org/terms-2.0-en.html"]), ["privacy_policy"]);
    assert_eq!(pending(&["https://example.org/terms-1.0-en.html", privacy]), ["terms_of_service"]);
    assert!(pending(&[privacy, "https://example.org/terms-2.0-fr.html"]).is_empty());
    assert!(terms(r#"{"policies": {}}"#).pending(&accepted(&[])).is_empty());
}

#[test]
fn msc2140_a_document_shared_by_services_is_agreed_to_once() {
    let other = r#"{"policies": {"x": {"version": "1", "en": {"name": "x", "url": "https://example.org/privacy-1.2-en.html"}}}}"#;
    assert!(terms(other).pending(&accepted(&["https://example.org/privacy-1.2-en.html"])).is_empty());
}

#[test]
fn the_version_is_no_language() {
    let terms = terms(TERMS);
    let versions: Vec<_> = terms.policies.iter().map(|policy| policy.version.as_deref()).collect();
    assert_eq!(versions, [Some("1.2"), Some("2.0")]);
    assert_eq!(terms.policies[1].documents.keys().collect::<Vec<_>>(), ["en", "fr"]);
}

#[test]
fn languages_are_chosen_by_preference() {
    let terms = terms(
        r#"{"policies": {"a": {"en": {"url": "https://e"}, "de": {"url": "https://d"}, "pt-BR": {"url": "https://p"}},
            "b": {"zh-Hant": {"url": "https://z"}, "ja": {"url": "https://j"}}}}"#,
    );
    let url =
        |place: usize, languages: &[&str]| terms.policies[place].document(languages).unwrap().url.clone();
    assert_eq!(url(0, &["pt-BR", "de"]), "https://p");
    assert_eq!(url(0, &["pt-PT", "de-AT"]), "https://d");
    assert_eq!(url(0, &["fr"]), "https://e");
    assert_eq!(url(0, &[]), "https://e");
    assert_eq!(url(1, &["fr"]), "https://j");
    assert_eq!(url(1, &["zh-Hant-TW", "ja"]), "https://z");
    assert_eq!(url(1, &["zh", "zh-", "-"]), "https://j");
    assert_eq!(terms.policies[0].documents["de"].name, "https://d", "a document without a name");
}

#[test]
fn what_cannot_be_read_cannot_be_agreed_to() {
    let odd = r#"{"policies": {"a": 1, "b": {}, "c": {"version": "1"}, "d": {"en": 1}, "e": {"en": {"name": "x"}},
        "f": {"en": {"url": ""}}, "g": {"en": {"url": 1}, "de": {"url": "https://g"}}}}"#;
    let terms = terms(odd);
    assert_eq!(terms.policies.len(), 1);
    assert_eq!(terms.policies[0].documents.len(), 1);
    for (bad, kind) in [
        ("", "invalid_json"),
        ("1", "invalid_field"),
        ("{}", "missing_field"),
        (r#"{"policies": []}"#, "invalid_field"),
    ] {
        assert_eq!(Terms::parse(bad.as_bytes()).unwrap_err().kind(), kind);
    }
}

#[test]
fn many_accepted_documents_are_read_at_once() {
    // In a time that grows with their square, these would take minutes.
    let urls: Vec<String> = (0..200_000).map(|number| format!("{number}")).collect();
    let content = serde_json::json!({"accepted": urls}).to_string();
    let accepted = AcceptedTerms::parse(content.as_bytes()).unwrap();
    assert_eq!(accepted.urls(), urls);
    assert!(accepted.contains("199999") && !accepted.contains("200000"));
}

#[test]
fn msc2140_account_data_is_added_to() {
    let content =
        r#"{"accepted": ["https://a", 7, "https://b", "https://a"], "org.example.note": {"x": [1]}}"#;
    let mut accepted = AcceptedTerms::parse(content.as_bytes()).unwrap();
    assert_eq!(accepted.urls(), ["https://a", "https://b"]);
    accepted.add(["https://c".to_owned(), "https://b".to_owned()]);
    let expected = r#"{"accepted": ["https://a", "https://b", "https://c"], "org.example.note": {"x": [1]}}"#;
    assert_eq!(json(&accepted.to_json()), json(expected));
    for nothing in [
        "{}",
        r#"{"accepted": null}"#,
        r#"{"accepted": {"https://a": true}}"#,
        r#"{"accepted": "https://a"}"#,
    ] {
        assert!(AcceptedTerms::parse(nothing.as_bytes()).unwrap().urls().is_empty());
    }
    assert!(AcceptedTerms::parse(b"[]").is_err());
    assert_eq!(json(&AcceptedTerms::default().to_json()), json(r#"{"accepted": []}"#));
    assert_eq!(AcceptedTerms::TYPE, "m.accepted_terms");
}
