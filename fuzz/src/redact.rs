//! Redaction.

use matrix_canonicaljson::Object;
use matrix_redaction::{
    Redacted, from_client, is_redaction, redact, redact_in_place, target, targets, to_client,
};
use matrix_roomversion::RoomVersionRules;

use crate::event::in_each_version;

/// Checks, in every room version, that redaction is idempotent, only takes away, and is the same in its three forms.
pub fn run(data: &[u8]) {
    in_each_version(data, |event, rules| {
        check(event, rules);
        read_target(event, rules);
    });
}

fn check(event: &Object, rules: &RoomVersionRules) {
    let rules = &rules.redaction;
    let mut in_place = event.clone();
    let redacted = match redact(event, rules) {
        Ok(redacted) => redacted,
        Err(error) => {
            assert_eq!(redact_in_place(&mut in_place, rules), Err(error.clone()));
            assert_eq!(in_place, *event, "a failed redaction has changed the event");
            assert!(Redacted::new(event, rules).is_err() && !error.to_string().is_empty());
            return;
        }
    };
    assert_eq!(redact(&redacted, rules).as_ref(), Ok(&redacted), "not idempotent");
    assert_eq!(redact_in_place(&mut in_place, rules), Ok(()));
    assert_eq!(in_place, redacted);
    assert!(!redacted.contains_key("unsigned"));
    for (key, value) in redacted.iter().filter(|(key, _)| *key != "content") {
        assert_eq!(event.get(key), Some(value));
    }
    for key in ["signatures", "hashes", "type", "sender", "state_key", "prev_events", "auth_events", "depth"]
    {
        assert_eq!(event.get(key), redacted.get(key));
    }
    let content = redacted.get_object("content").expect("no content is left");
    for (key, _) in content {
        assert!(event.get_object("content").is_some_and(|content| content.contains_key(key)));
    }
    let selection = Redacted::new(event, rules).expect("redact takes what Redacted refuses");
    let (mut all, mut signed) = (Vec::new(), Vec::new());
    selection.write_canonical(&mut all);
    selection.write_signing_bytes(&mut signed);
    assert_eq!(all, redacted.to_canonical());
    let mut unsigned = redacted;
    unsigned.remove("signatures");
    assert_eq!(signed, unsigned.to_canonical());
}

fn read_target(event: &Object, rules: &RoomVersionRules) {
    let rules = &rules.redaction;
    if let (Ok(Some(one)), Ok(all)) = (target(event, rules), targets(event, rules)) {
        assert_eq!(all, [one]);
        assert!(is_redaction(event));
    }
    let mut client = event.clone();
    to_client(&mut client, rules);
    let once = client.clone();
    to_client(&mut client, rules);
    assert_eq!(client, once, "to_client is not idempotent");
    from_client(&mut client, rules);
}
