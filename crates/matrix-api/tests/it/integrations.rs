use http::StatusCode;
use matrix_api::integrations::{
    INTEGRATIONS_REFRESH_MS, IntegrationManager, ManagerAccounts, ManagerPolicy, ManagerRequest,
    ManagerSource, managers_to_show, preferred_managers, refresh_is_due,
};
use matrix_api::{AccessToken, Errcode, MatrixError};
use matrix_discovery::HttpUrl;

fn manager(host: &str) -> IntegrationManager {
    let url = HttpUrl::parse(&format!("https://{host}.example")).unwrap();
    IntegrationManager { api_url: url.clone(), ui_url: url }
}

#[test]
fn msc1957_the_users_managers_come_first_by_state_key() {
    let [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map(manager);
    let homeserver = [c.clone(), b.clone()];
    let client = [d.clone()];
    let show = |user: &[(&'static str, &IntegrationManager)], policy| {
        let user: Vec<(&str, &IntegrationManager)> = user.to_vec();
        let ordered = preferred_managers(user, &homeserver, &client);
        managers_to_show(&ordered, policy).into_iter().map(|(_, manager)| manager.clone()).collect::<Vec<_>>()
    };
    let user = [("z", &e), ("B", &a)];
    assert_eq!(show(&user, ManagerPolicy::First), std::slice::from_ref(&a));
    assert_eq!(show(&user, ManagerPolicy::Preferred), [a.clone(), e.clone()]);
    assert_eq!(show(&user, ManagerPolicy::All), [a.clone(), e.clone(), c.clone(), b.clone(), d.clone()]);
    assert!(show(&user, ManagerPolicy::None).is_empty());
    // Without any of the user's, the homeserver's come first, in its order.
    assert_eq!(show(&[], ManagerPolicy::First), std::slice::from_ref(&c));
    assert_eq!(show(&[], ManagerPolicy::Preferred), [c, b]);
    let client_only = managers_to_show(&preferred_managers([], &[], &client), ManagerPolicy::Preferred);
    assert_eq!(client_only, [(ManagerSource::Client, &d)]);
    assert!(managers_to_show(&[], ManagerPolicy::First).is_empty());
}

#[test]
fn msc1957_the_homeserver_is_asked_at_the_start_and_every_8_hours() {
    assert!(refresh_is_due(None, 0));
    assert!(!refresh_is_due(Some(5), 5 + INTEGRATIONS_REFRESH_MS - 1));
    assert!(refresh_is_due(Some(5), 5 + INTEGRATIONS_REFRESH_MS));
    assert!(refresh_is_due(Some(5), 4));
    assert_eq!(INTEGRATIONS_REFRESH_MS, 28_800_000);
}

#[test]
fn msc1961_a_token_is_for_the_manager_it_came_from() {
    let [a, b] = ["a", "b"].map(manager);
    let mut accounts = ManagerAccounts::default();
    accounts.registered(&a, AccessToken::new("Opaque-String_1="));
    accounts.registered(&b, AccessToken::new("not url/safe"));
    let ManagerRequest::Send(token) = accounts.request(&a) else { panic!() };
    assert_eq!((token.token.expose(), token.is_url_safe), ("Opaque-String_1=", true));
    let ManagerRequest::Send(token) = accounts.request(&b) else { panic!() };
    assert!(!token.is_url_safe);
    assert!(!format!("{accounts:?}").contains("Opaque-String_1="));

    let refused = MatrixError::new(StatusCode::UNAUTHORIZED, Errcode::UnknownToken, "");
    let broken = MatrixError::new(StatusCode::FORBIDDEN, Errcode::TermsNotSigned, "");
    assert!(!accounts.on_error(&a, &broken));
    assert!(accounts.on_error(&a, &refused));
    assert!(!accounts.on_error(&a, &refused));
    assert_eq!(accounts.request(&a), ManagerRequest::Register);
    assert!(matches!(accounts.request(&b), ManagerRequest::Send(_)));
}

#[test]
fn msc1961_logging_out_gives_every_token_back() {
    let [a, b] = ["a", "b"].map(manager);
    let mut accounts = ManagerAccounts::default();
    accounts.registered(&a, AccessToken::new("1"));
    accounts.registered(&b, AccessToken::new("2"));
    assert_eq!(accounts.leave(&a).unwrap().token.expose(), "1");
    assert_eq!(accounts.leave(&a), None);
    accounts.registered(&a, AccessToken::new("3"));
    let left: Vec<_> = accounts.log_out().collect();
    assert_eq!(left.len(), 2);
    assert_eq!((left[0].0.clone(), left[0].1.token.expose()), (a.api_url.clone(), "3"));
    assert_eq!(accounts, ManagerAccounts::default());
}
