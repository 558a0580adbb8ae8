use matrix_api::integrations::{IntegrationManager, ManagerSource};
use matrix_api::widget::{
    MAX_TEMPLATE_BYTES, MAX_WIDGET_URL_BYTES, TemplateVariables, fill_template, manager_url, with_widget_id,
};
use matrix_canonicaljson::Object;
use matrix_discovery::HttpUrl;
use matrix_identifiers::{RoomId, UserId};
use proptest::prelude::*;

fn user() -> &'static UserId {
    UserId::parse("@alice:example.org").unwrap()
}

fn variables() -> TemplateVariables<'static> {
    TemplateVariables::new(user(), "20200827_WidgetExample")
}

fn fill(template: &str, variables: &TemplateVariables<'_>) -> String {
    fill_template(template, variables).unwrap()
}

fn data(json: &str) -> Object {
    json.parse().unwrap()
}

#[test]
fn msc2774_every_standard_variable_is_filled_in() {
    let room = RoomId::parse("!r/?#:example.org").unwrap();
    let variables =
        variables().room_id(room).display_name("Alice & Bob 100%").avatar_url("mxc://example.org/a");
    let template = "https://w.example/$matrix_user_id/$matrix_room_id?n=$matrix_display_name&a=$matrix_avatar_url\
        #$matrix_widget_id,$org.matrix.msc2774_widget_id";
    assert_eq!(
        fill(template, &variables),
        "https://w.example/%40alice%3Aexample.org/%21r%2F%3F%23%3Aexample.org?n=Alice%20%26%20Bob%20100%25\
         &a=mxc%3A%2F%2Fexample.org%2Fa#20200827_WidgetExample,20200827_WidgetExample",
    );
}

#[test]
fn what_is_not_known_of_the_user_has_its_default() {
    let template = "https://w.example/?n=$matrix_display_name&a=$matrix_avatar_url&r=$matrix_room_id";
    assert_eq!(fill(template, &variables()), "https://w.example/?n=%40alice%3Aexample.org&a=&r=");
}

#[test]
fn the_longest_name_is_meant() {
    let object = data(r#"{"room": "short", "roomId": "long", "matrix_user": "x", "r": 1}"#);
    let variables = variables().data(&object);
    for (template, filled) in [
        ("$room", "short"),
        ("$roomId", "long"),
        ("$roomIdX", "longX"),
        ("$roomI", "shortI"),
        ("$roo", "1oo"),
        ("$matrix_user", "x"),
        ("$matrix_user_id", "%40alice%3Aexample.org"),
        ("$matrix_user_idx", "%40alice%3Aexample.orgx"),
        ("$room$roomId", "shortlong"),
        ("$$room", "$short"),
        ("$", "$"),
        ("$$", "$$"),
        ("$unknown/$", "$unknown/$"),
        ("$ROOM", "$ROOM"),
    ] {
        assert_eq!(
            fill(&format!("https://w/{template}"), &variables),
            format!("https://w/{filled}"),
            "{template}"
        );
    }
}

#[test]
fn values_are_not_filled_in_themselves() {
    let object = data(r#"{"a": "$matrix_user_id", "b": "%24a"}"#);
    assert_eq!(fill("https://w/$a/$b", &variables().data(&object)), "https://w/%24matrix_user_id/%2524a");
}

#[test]
fn data_gives_texts_and_simple_values_and_never_a_standard_variable() {
    let object = data(
        r#"{"": "empty", "t": "ü", "n": -5, "y": true, "f": false, "null": null, "o": {}, "l": [],
            "matrix_user_id": "@mallory:example.org", "a$b": "x"}"#,
    );
    let variables = variables().data(&object);
    for (template, filled) in [
        ("$t", "%C3%BC"),
        ("$n", "-5"),
        ("$y", "true"),
        ("$f", "false"),
        ("$o", "$o"),
        ("$l", "$l"),
        ("$matrix_user_id", "%40alice%3Aexample.org"),
        ("$a$b", "$a$b"),
        ("$/", "$/"),
    ] {
        assert_eq!(
            fill(&format!("https://w/{template}"), &variables),
            format!("https://w/{filled}"),
            "{template}"
        );
    }
    assert_eq!(variables.get("null"), None);
    assert_eq!(variables.without_data().get("t"), None);
}

#[test]
fn only_urls_of_the_web_are_filled_in() {
    for right in ["http://w", "HTTPS://w.example:8080/x y", "https://[::1]/", "https://w?$x", "https://w#$x"]
    {
        assert!(fill_template(right, &variables()).is_ok(), "{right}");
    }
    for wrong in [
        "",
        "w.example",
        "javascript:alert(1)//://",
        "javascript://w/%0aalert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "https:///x",
        "https://",
        "https://a b/",
        "https://user:password@w/",
        "//w/",
        "https://$matrix_user_id/",
        "$matrix_user_id://w",
        "https://w:99999/",
        "mxc://w/x",
    ] {
        assert_eq!(fill_template(wrong, &variables()).unwrap_err().kind(), "invalid_url", "{wrong}");
    }
    // Even the beginning may be a variable, but what it is replaced with is one value.
    let object = data(r#"{"url": "https://evil.example", "host": "good.example"}"#);
    assert!(fill_template("$url/", &variables().data(&object)).is_err());
    assert_eq!(fill("https://$host/", &variables().data(&object)), "https://good.example/");
    assert!(fill_template("https://$url/", &variables().data(&object)).is_err());
}

#[test]
fn long_templates_and_long_urls_are_refused() {
    let longest = format!("https://w/{}", "x".repeat(MAX_TEMPLATE_BYTES - 10));
    assert_eq!(fill(&longest, &variables()), longest);
    assert!(fill_template(&format!("{longest}x"), &variables()).is_err());
    let object = data(&format!(r#"{{"a": "{}"}}"#, "/".repeat(1000)));
    let variables = variables().data(&object);
    assert!(fill("https://w/$a$a", &variables).len() < MAX_WIDGET_URL_BYTES);
    assert!(fill_template(&format!("https://w/{}", "$a".repeat(4000)), &variables).is_err());
}

#[test]
fn msc2774_the_old_parameter_is_set_in_the_query() {
    for (url, expected) in [
        ("https://w/x", "https://w/x?widgetId=a%2Fb"),
        ("https://w/x?", "https://w/x?widgetId=a%2Fb"),
        ("https://w/x?y=1", "https://w/x?y=1&widgetId=a%2Fb"),
        ("https://w/x?widgetId=old&y=1&widgetId", "https://w/x?y=1&widgetId=a%2Fb"),
        ("https://w/x?y=1#f?z", "https://w/x?y=1&widgetId=a%2Fb#f?z"),
        ("https://w#f", "https://w?widgetId=a%2Fb#f"),
        ("https://w/?widgetIdentity=1", "https://w/?widgetIdentity=1&widgetId=a%2Fb"),
    ] {
        assert_eq!(with_widget_id(url, "a/b"), expected);
    }
}

#[test]
fn msc1957_data_is_for_managers_that_the_user_named() {
    let url =
        HttpUrl::parse("https://integrations.example.org/ui?displayName=$matrix_display_name&k=$api_url")
            .unwrap();
    let manager = IntegrationManager { api_url: url.clone(), ui_url: url };
    let object = data(r#"{"api_url": "https://integrations.example.org"}"#);
    let variables = variables().display_name("Alice").data(&object);
    let filled = |source| manager_url(&manager, source, &variables).unwrap();
    assert_eq!(
        filled(ManagerSource::User),
        "https://integrations.example.org/ui?displayName=Alice&k=https%3A%2F%2Fintegrations.example.org",
    );
    for source in [ManagerSource::Homeserver, ManagerSource::Client] {
        assert_eq!(filled(source), "https://integrations.example.org/ui?displayName=Alice&k=$api_url");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a value is, it comes back out of the URL, and nothing around it has changed.
    #[test]
    fn a_value_stays_one_value(name in any::<String>(), value in any::<String>()) {
        let mut object = Object::new();
        object.insert("v", value.as_str());
        let variables = variables().display_name(&name).data(&object);
        let url = fill("https://w/?n=$matrix_display_name&v=$v#$v/end", &variables);
        let rest = url.strip_prefix("https://w/?n=").unwrap().strip_suffix("/end").unwrap();
        let (n, rest) = rest.split_once('&').unwrap();
        let (v, fragment) = rest.strip_prefix("v=").unwrap().split_once('#').unwrap();
        prop_assert_eq!(v, fragment);
        for (encoded, expected) in [(n, &name), (v, &value)] {
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
            let decoded = percent_encoding::percent_decode_str(encoded).decode_utf8().unwrap();
            prop_assert_eq!(&*decoded, expected);
        }
    }
}
