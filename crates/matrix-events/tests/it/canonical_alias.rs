use matrix_canonicaljson::Object;
use matrix_events::new_aliases;
use serde_json::{Value, json};

use crate::object;

fn added(old: Option<Value>, new: Value) -> (Vec<String>, Vec<String>) {
    let old: Option<Object> = old.map(|old| object(&old));
    let new = object(&new);
    let aliases = new_aliases(old.as_ref(), &new);
    (
        aliases.to_check.iter().map(ToString::to_string).collect(),
        aliases.malformed.iter().map(ToString::to_string).collect(),
    )
}

fn check(aliases: &[&str]) -> (Vec<String>, Vec<String>) {
    (aliases.iter().map(|alias| (*alias).to_owned()).collect(), Vec::new())
}

#[test]
fn msc2432_only_new_aliases_are_checked() {
    let old = json!({"alias": "#a:x", "alt_aliases": ["#b:x", "dead"]});
    assert_eq!(added(Some(old.clone()), old.clone()), check(&[]));
    // Moving an alias between the two fields is no news.
    assert_eq!(
        added(Some(old.clone()), json!({"alias": "#b:x", "alt_aliases": ["#a:x", "dead"]})),
        check(&[])
    );
    assert_eq!(
        added(Some(old), json!({"alias": "#c:x", "alt_aliases": ["#b:x", "#d:x", "#d:x"]})),
        check(&["#c:x", "#d:x"])
    );
    assert_eq!(added(None, json!({"alias": "#a:x"})), check(&["#a:x"]));
}

#[test]
fn msc2432_an_absent_or_empty_alias_is_none() {
    for alias in [json!(null), json!("")] {
        assert_eq!(added(None, json!({"alias": alias, "alt_aliases": ["#a:x"]})), check(&["#a:x"]));
    }
    assert_eq!(added(None, json!({"alt_aliases": []})), check(&[]));
    assert_eq!(added(None, json!({"alt_aliases": null})), check(&[]));
}

#[test]
fn msc2432_what_is_no_alias_is_malformed() {
    let long = format!("#{}:x", "a".repeat(255));
    for misfit in [json!("a:x"), json!("#a"), json!(5), json!(long), json!({})] {
        let (to_check, malformed) = added(None, json!({"alias": misfit, "alt_aliases": [misfit, "#a:x"]}));
        assert_eq!((to_check.len(), malformed.len()), (1, 2), "{misfit}");
    }
    // The alternatives are a list.
    assert_eq!(added(None, json!({"alt_aliases": "#a:x"})), (vec![], vec!["\"#a:x\"".to_owned()]));
    assert_eq!(added(Some(json!({"alt_aliases": 5})), json!({"alt_aliases": 5})), check(&[]));
}
