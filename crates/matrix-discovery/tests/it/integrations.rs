use matrix_discovery::{
    ClientWellKnown, FindManager, HttpUrl, IntegrationManager, MAX_INTEGRATION_MANAGERS, ManagerSource,
    preferred_managers, read_integrations_well_known,
};

use crate::{ok, redirect, server};

fn manager(name: &str) -> IntegrationManager {
    let url = HttpUrl::parse(&format!("https://{name}")).unwrap();
    IntegrationManager { api_url: url.clone(), ui_url: url }
}

fn managers(list: &str) -> Vec<IntegrationManager> {
    let body = format!(r#"{{"m.integrations": {{"managers": {list}}}}}"#);
    ClientWellKnown::parse(body.as_bytes()).unwrap().integration_managers
}

#[test]
fn msc1957_managers_of_the_homeserver_are_read_one_by_one() {
    let one = |list: &str| managers(list).into_iter().next();
    assert_eq!(one(r#"[{"api_url": "https://a"}]"#), Some(manager("a")));
    assert_eq!(one(r#"[{"api_url": "https://a", "ui_url": null}]"#), Some(manager("a")));
    let templated =
        one(r#"[{"api_url": "http://a", "ui_url": "http://a/?n=$matrix_display_name"}]"#).unwrap();
    assert_eq!(templated.ui_url.as_str(), "http://a/?n=$matrix_display_name");
    for bad in ["{}", "null", "[7]", "[{}]", r#"[{"api_url": 1}]"#, r#"[{"api_url": "ftp://a"}]"#] {
        assert_eq!(one(bad), None, "{bad}");
    }
    assert_eq!(one(r#"[{"api_url": "https://a", "ui_url": "file:///x"}]"#), None, "it could not be shown");
    let many: Vec<_> = (0..100).map(|n| format!(r#"{{"api_url": "https://m{n}"}}"#)).collect();
    assert_eq!(managers(&format!("[{}]", many.join(","))).len(), MAX_INTEGRATION_MANAGERS);
}

#[test]
fn msc1957_widgets_name_managers() {
    let read = |content: &str| IntegrationManager::from_widget(content.as_bytes());
    let widget =
        r#"{"type": "m.integration_manager", "url": "https://a/ui", "data": {"api_url": "https://a"}}"#;
    let found = read(widget).unwrap();
    assert_eq!((found.api_url.as_str(), found.ui_url.as_str()), ("https://a", "https://a/ui"));
    for (bad, kind) in [
        (r#"{"data": {"api_url": "https://a"}}"#, "missing_field"),
        (r#"{"url": "https://a"}"#, "missing_field"),
        (r#"{"url": "https://a", "data": {}}"#, "missing_field"),
        (r#"{"url": "https://a", "data": []}"#, "invalid_field"),
        (r#"{"url": "https://a", "data": {"api_url": "x"}}"#, "invalid_url"),
        (r#"{"type": "m.video", "url": "https://a", "data": {"api_url": "https://a"}}"#, "invalid_field"),
        ("[]", "invalid_field"),
    ] {
        assert_eq!(read(bad).unwrap_err().kind(), kind, "{bad}");
    }
}

#[test]
fn msc1957_users_come_before_homeservers_and_clients() {
    let [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map(manager);
    let (homeserver, client) = ([d.clone(), c.clone()], [e.clone()]);
    // By code points: capitals before small letters, `é` after both.
    let user = [("é", &a), ("z", &b), ("Z", &c)];
    let order = preferred_managers(user, &homeserver, &client);
    let expected = [
        (ManagerSource::User, &c),
        (ManagerSource::User, &b),
        (ManagerSource::User, &a),
        (ManagerSource::Homeserver, &d),
        (ManagerSource::Homeserver, &c),
        (ManagerSource::Client, &e),
    ];
    assert_eq!(order, expected);
    assert_eq!(preferred_managers([], &[], &client)[0], (ManagerSource::Client, &e));
    assert!(preferred_managers([], &[], &[]).is_empty());
}

#[test]
fn msc1957_a_domain_leads_to_its_manager() {
    let FindManager::WellKnown(question) = FindManager::new(server("example.org:1")) else { panic!() };
    assert_eq!(question.url().as_str(), "https://example.org/.well-known/matrix/integrations");
    let FindManager::WellKnown(question) = question.answer(redirect("/x")) else { panic!() };
    let body = r#"{"m.integrations_widget": {"url": "https://i/ui?n=$x", "data": {"api_url": "https://i"}, "more": [1]}}"#;
    let FindManager::Done(Ok(found)) = question.answer(ok(body)) else { panic!() };
    assert_eq!(found.manager.api_url.as_str(), "https://i");
    let widget: serde_json::Value = serde_json::from_str(&found.widget).unwrap();
    assert_eq!(widget, serde_json::from_str::<serde_json::Value>(body).unwrap()["m.integrations_widget"]);
    for bad in ["", "{}", r#"{"m.integrations_widget": 1}"#, r#"{"m.integrations_widget": {}}"#] {
        assert!(read_integrations_well_known(bad.as_bytes()).is_err(), "{bad}");
    }
    let FindManager::WellKnown(question) = FindManager::new(server("example.org")) else { panic!() };
    assert!(matches!(question.answer(None), FindManager::Done(Err(_))));
}
