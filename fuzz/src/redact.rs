//! Redaction.

use matrix_canonicaljson::{Mode, Object};
use matrix_redaction::{
    EventReader, Redacted, RedactedBytes, Scratch, from_client, is_redaction, redact, redact_in_place,
    target, targets, to_client,
};
use matrix_roomversion::{RoomVersion, RoomVersionRules};

use crate::event::in_each_version;

/// Checks, in every room version, that redaction is idempotent, only takes away, and is the same in its four forms.
pub fn run(data: &[u8]) {
    in_each_version(data, |event, rules| {
        check(event, rules);
        read_target(event, rules);
    });
    over_bytes(data);
}

/// Checks that the bytes of an event are redacted as its tree is.
fn over_bytes(data: &[u8]) {
    let (mut reader, mut scratch) = (EventReader::new(), Scratch::new());
    for mode in [Mode::Strict, Mode::Lenient] {
        let tree = Object::parse(data, mode);
        let event = match reader.read(data, mode) {
            Ok(event) => event,
            Err(error) => {
                assert_eq!(Some(error), tree.err());
                continue;
            }
        };
        let tree = tree.expect("the outline takes what the tree refuses");
        for version in RoomVersion::ALL {
            let rules = &version.rules().redaction;
            let (bytes, tree) = (RedactedBytes::new(&event, rules), Redacted::new(&tree, rules));
            let (bytes, tree) = match (bytes, tree) {
                (Ok(bytes), Ok(tree)) => (bytes, tree),
                (bytes, tree) => {
                    assert_eq!(bytes.err(), tree.err());
                    continue;
                }
            };
            let mut outs = [const { Vec::new() }; 4];
            let [all, signed, all_of_tree, signed_of_tree] = &mut outs;
            bytes.write_canonical(&mut scratch, all);
            bytes.write_signing_bytes(&mut scratch, signed);
            tree.write_canonical(all_of_tree);
            tree.write_signing_bytes(signed_of_tree);
            assert_eq!((all, signed), (all_of_tree, signed_of_tree));
        }
    }
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
