use matrix_keybackup::{Keep, KeyBackupData, KeyMetadata, better};

use super::{metadata, object};

fn all() -> impl Iterator<Item = KeyMetadata> {
    let counts = || [0, 1, 5, u64::MAX].into_iter();
    counts().flat_map(move |index| {
        counts().flat_map(move |forwarded| [false, true].map(|verified| metadata(index, forwarded, verified)))
    })
}

/// The three sentences of the specification, one after the other.
fn by_the_text(existing: &KeyMetadata, candidate: &KeyMetadata) -> Keep {
    if existing.is_verified != candidate.is_verified {
        return if candidate.is_verified { Keep::Candidate } else { Keep::Existing };
    }
    if existing.first_message_index != candidate.first_message_index {
        let earlier = candidate.first_message_index < existing.first_message_index;
        return if earlier { Keep::Candidate } else { Keep::Existing };
    }
    if candidate.forwarded_count < existing.forwarded_count { Keep::Candidate } else { Keep::Existing }
}

#[test]
fn msc1219_the_better_key_stays() {
    for existing in all() {
        for candidate in all() {
            let kept = better(&existing, &candidate);
            assert_eq!(kept, by_the_text(&existing, &candidate), "{existing:?} {candidate:?}");
            if existing == candidate {
                assert_eq!(kept, Keep::Existing, "on a tie what is stored stays");
            }
        }
    }
}

#[test]
fn a_key_is_read_as_it_is_written() {
    let json = r#"{"first_message_index":1,"forwarded_count":2,"is_verified":true,"session_data":{"x":[7]}}"#;
    let key = KeyBackupData::from_object(&object(json)).unwrap();
    assert_eq!(key.metadata, metadata(1, 2, true));
    assert_eq!(key.to_object().to_string(), json);
    for (from, to, kind) in [
        (r#""first_message_index":1,"#, "", "missing_field"),
        (r#""forwarded_count":2,"#, "", "missing_field"),
        (r#""is_verified":true,"#, "", "missing_field"),
        (r#","session_data":{"x":[7]}"#, "", "missing_field"),
        (r#"index":1"#, r#"index":-1"#, "invalid_field"),
        (r#"count":2"#, r#"count":"2""#, "invalid_field"),
        ("true", "1", "invalid_field"),
        (r#"{"x":[7]}"#, "[]", "invalid_field"),
    ] {
        let json = json.replace(from, to);
        assert_eq!(KeyBackupData::from_object(&object(&json)).unwrap_err().kind(), kind, "{json}");
    }
}
